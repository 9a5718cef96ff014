"""How long a question takes when nothing is loaded yet: from the start of a process to its end."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.cases import ROOT
from tests.benchmarks.pipelines import Name

_ANSWERED = {0, 4}
_COMMANDS: dict[Name, Callable[[Path, str], list[str]]] = {
    "ours": lambda folder, question: [
        str(Path(sys.executable).with_name("onrecord")),
        "ask",
        question,
        "--archive",
        str(folder),
    ],
    "plain": lambda folder, question: [sys.executable, "-m", "tests.benchmarks.plain", str(folder), question],
}


def cold_seconds(name: Name, folder: Path, question: str) -> float:
    """How long a process lives that answers one question. Raises RuntimeError with what it said if it failed."""
    command = _COMMANDS[name](folder, question)
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode not in _ANSWERED:
        raise RuntimeError(f"{name} ended with {done.returncode}: {done.stderr}")
    return seconds
