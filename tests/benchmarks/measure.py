"""The measuring itself: ingest, ask in turn, start cold. Gathers numbers and shows none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rag.evaluate import Case
from tests.benchmarks.cases import Dataset
from tests.benchmarks.cold import cold_seconds
from tests.benchmarks.machine import Machine, load_average
from tests.benchmarks.pipelines import NAMES, Name
from tests.benchmarks.score import Outcome, judge
from tests.benchmarks.worker import Asker, Ingested, asker, ingest

COLD_RUNS = 5
_WARM_UP = (
    "What was said about the weather?",
    "Who spoke first?",
    "How many people were there?",
    "Why was it announced on that day?",
)
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured of one pipeline. `asking_peak_bytes` is memory after the last question."""

    ingested: Ingested
    outcomes: tuple[Outcome, ...]
    asking_peak_bytes: int
    cold_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A whole run. `load_after` is as Machine.load, at its end."""

    machine: Machine
    dataset: str
    files: int
    words: int
    questions: int
    measured: dict[Name, Measured]
    load_after: float


def measure(dataset: Dataset, folder: Path, told: Told) -> Results:
    """Runs everything over the dataset; archives and indexes are made under `folder`."""
    machine = Machine()
    ingested = _ingest_all(dataset, folder, told)
    outcomes, peaks = _ask_all(dataset, folder, told)
    cold = _start_cold(dataset, folder, told)
    measured = {name: Measured(ingested[name], tuple(outcomes[name]), peaks[name], tuple(cold[name])) for name in NAMES}
    counts = (len(dataset.files), dataset.words, len(dataset.cases))
    return Results(machine, dataset.name, *counts, measured, load_average())


def _ingest_all(dataset: Dataset, folder: Path, told: Told) -> dict[Name, Ingested]:
    for name in NAMES:
        told(f"warming up: {name} ingests one file")
        ingest(name, dataset.files[:1], folder / "warm-up" / name)
    done: dict[Name, Ingested] = {}
    for name in NAMES:
        told(f"{name} ingests {len(dataset.files)} files")
        done[name] = ingest(name, dataset.files, folder / name)
    return done


def _ask_all(dataset: Dataset, folder: Path, told: Told) -> tuple[dict[Name, list[Outcome]], dict[Name, int]]:
    """Every question to one pipeline and at once to the other, so that a noisy moment meets both."""
    told(f"asking {len(dataset.cases)} questions in turn")
    outcomes: dict[Name, list[Outcome]] = {name: [] for name in NAMES}
    with ExitStack() as stack:
        askers: dict[Name, Asker] = {name: stack.enter_context(asker(name, folder / name)) for name in NAMES}
        for each in askers.values():
            each.settle()
            for question in _WARM_UP:
                each.ask(Case("", question))
        for case in dataset.cases:
            for name, each in askers.items():
                outcomes[name].append(judge(case, each.ask(case), dataset.texts))
        return outcomes, {name: each.peak_bytes() for name, each in askers.items()}


def _start_cold(dataset: Dataset, folder: Path, told: Told) -> dict[Name, list[float]]:
    told(f"starting cold {COLD_RUNS} times, after a warm-up")
    question = next(case.question for case in dataset.cases if case.answerable and not case.history)
    runs = [{name: cold_seconds(name, folder / name, question) for name in NAMES} for _ in range(COLD_RUNS + 1)]
    return {name: [run[name] for run in runs[1:]] for name in NAMES}
