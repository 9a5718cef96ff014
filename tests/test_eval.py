"""The packaged questions, asked of the samples: what `make eval` holds the answers to holds in the tests too."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.samples import questions_path
from rag.evaluate import Summary, evaluate
from rag.evaluate.estimate import ALL
from rag.evaluate.gate import read_gate, shortfalls


def test_the_answers_to_the_packaged_questions_reach_the_gate(sample_archive: Path, root: Path, tmp_path: Path) -> None:
    [gate] = re.findall(r"^GATE := (\S+)$", (root / "Makefile").read_text(), re.MULTILINE)
    summary = evaluate(questions_path(), sample_archive, out=tmp_path / "out").summary
    assert not shortfalls(summary, read_gate(gate)), _values(summary, gate)
    assert summary.counts.unlocated_pieces == 0
    assert summary.counts.failed == 0


def _values(summary: Summary, gate: str) -> dict[str, float | None]:
    return {name: summary.groups[ALL][name].value for name in read_gate(gate)}
