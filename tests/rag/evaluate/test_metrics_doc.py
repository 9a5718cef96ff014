"""METRICS.md says what the code measures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rag.evaluate.measures import METRICS


def test_the_document_is_what_the_command_prints(root: Path) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "rag.evaluate.measures"], cwd=root, capture_output=True, check=True, timeout=120
    ).stdout.decode()
    written = (root / "rag" / "evaluate" / "METRICS.md").read_text(encoding="utf-8")
    assert printed == written, "run: python -m rag.evaluate.measures > rag/evaluate/METRICS.md"


def test_the_document_has_every_measure_once(root: Path) -> None:
    lines = (root / "rag" / "evaluate" / "METRICS.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == list(METRICS)
    assert all(row.count("|") == 5 for row in rows)
