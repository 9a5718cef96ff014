"""Two runs of one question set: what got better, what got worse, and whether that could be chance."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import ResultsError
from rag.evaluate.measures import METRICS, measure
from rag.evaluate.metric import Parts
from rag.evaluate.paired import Paired, paired
from rag.evaluate.record import Record
from rag.evaluate.store import Store

DECISIVE = ("recall@5", "answer", "citation-recall", "answered", "refusal-recall", "verbatim")


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer is worth something else now. `moved` has the decisive measures that differ: (a, b)."""

    id: str
    kind: str
    question: str
    moved: Mapping[str, tuple[float | None, float | None]]
    a_text: str
    b_text: str

    @property
    def better(self) -> bool:
        """Whether nothing that moved got worse."""
        return all((b or 0) >= (a or 0) for a, b in self.moved.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """B against A. `metrics` are paired over the questions in both; `differ` names what else changed between them."""

    a: str
    b: str
    metrics: Mapping[str, Paired]
    changes: tuple[Change, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    differ: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is kept of a record: its measures, not its text."""

    question: str
    parts: Mapping[str, Parts]
    asked: tuple[str, tuple[str, ...], tuple[str, ...]]


def compare(a: Path | str, b: Path | str) -> Comparison:
    """Compares two folders of results. Raises ResultsError when one does not read or they share no question."""
    first, second = Store(a), Store(b)
    differ = _differ(first.about(), second.about())
    before, after = _seen(first), _seen(second)
    both = [key for key in before if key in after]
    if not both:
        raise ResultsError(second.folder, f"has no question in common with {first.folder}.")
    if strangers := [key for key in both if before[key].asked != after[key].asked]:
        cause = f"asks something else than {first.folder} under the id {strangers[0]!r}: these are two question sets."
        raise ResultsError(second.folder, cause)
    moved = {key: change for key in both if (change := _moved(before[key], after[key]))}
    return Comparison(
        str(first.folder),
        str(second.folder),
        _paired(both, before, after),
        tuple(_changes(moved, first, second)),
        tuple(key for key in before if key not in after),
        tuple(key for key in after if key not in before),
        differ,
    )


def _records(store: Store) -> Iterator[Record]:
    return (record for record in store.records() if record.variant == "as asked")


def _seen(store: Store) -> dict[str, _Seen]:
    return {
        record.id: _Seen(record.question, measure(record), (record.question, record.history, record.answers))
        for record in _records(store)
    }


def _paired(both: Sequence[str], before: Mapping[str, _Seen], after: Mapping[str, _Seen]) -> dict[str, Paired]:
    def parts(seen: Mapping[str, _Seen], name: str) -> dict[Hashable, Parts]:
        return {key: seen[key].parts[name] for key in both if name in seen[key].parts}

    pairs = {name: (parts(before, name), parts(after, name)) for name in METRICS}
    return {name: paired(METRICS[name], *pair) for name, pair in pairs.items() if any(pair)}


def _moved(before: _Seen, after: _Seen) -> dict[str, tuple[float | None, float | None]]:
    values = {name: (_value(name, before), _value(name, after)) for name in DECISIVE}
    return {name: pair for name, pair in values.items() if pair[0] != pair[1]}


def _value(name: str, seen: _Seen) -> float | None:
    if name not in seen.parts:
        return None
    value = float(METRICS[name].value(np.array(seen.parts[name])))
    return None if np.isnan(value) else value


def _changes(
    moved: Mapping[str, Mapping[str, tuple[float | None, float | None]]], first: Store, second: Store
) -> Iterator[Change]:
    """The changed questions with both answers, in the first run's order."""
    texts = {record.id: record.text or record.error for record in _records(second) if record.id in moved}
    for record in _records(first):
        if record.id in moved:
            said = record.text or record.error
            yield Change(record.id, record.kind, record.question, moved[record.id], said, texts[record.id])


def _differ(a: Mapping[str, Any], b: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What else is not the same between the runs, so that a difference is not put down to the wrong cause."""
    left, right = _flat(a), _flat(b)
    return {name: (left.get(name), right.get(name)) for name in {**left, **right} if left.get(name) != right.get(name)}


def _flat(about: Mapping[str, Any]) -> dict[str, Any]:
    prints = dict(about.get("fingerprint", {}))
    settings = prints.pop("settings", {})
    machine = {f"machine {key}": value for key, value in about.get("machine", {}).items() if key != "load"}
    return {**prints, **settings, **about.get("versions", {}), **machine}
