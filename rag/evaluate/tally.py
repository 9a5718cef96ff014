"""The numbers of a run's records, one after another: parts of the measures by sort of question, and counts.

A record is not kept, only its numbers, eight bytes each: 100,000 questions take some fifty megabytes.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rag.evaluate.bootstrap import Rows
from rag.evaluate.measures import measure
from rag.evaluate.record import Record, Variant

NO_KIND, OTHER_KINDS = "no kind", "other kinds"
MOST_KINDS = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """What is alike for grouping: the groups are unions of cells, so that each number is kept once."""

    variant: Variant
    follow_up: bool
    kind: str


class Tally:
    """Numbers of the records seen so far."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.problems: Counter[str] = Counter()
        self.confidence = array("d")
        self.answerable = bytearray()
        self._kinds: dict[str, None] = {}
        self._parts: dict[Cell, dict[str, array[float]]] = defaultdict(lambda: defaultdict(lambda: array("d")))
        self._width: dict[str, int] = {}

    def add(self, record: Record) -> None:
        """Takes in a record."""
        cell = Cell(record.variant, bool(record.history), self._kind(record.kind))
        for name, parts in measure(record).items():
            self._width[name] = len(parts)
            self._parts[cell][name].extend(parts)
        if record.variant == "without history":
            self.counts["withheld"] += 1
            return
        self._count(record)
        sure = record.confidence
        if sure is not None and math.isfinite(sure) and record.answerable is not None and record.status != "failed":
            self.confidence.append(sure)
            self.answerable.append(record.answerable)
            self.counts["confident"] += 1

    def _count(self, record: Record) -> None:
        labels = {True: "answerable", False: "unanswerable", None: "unlabelled"}
        lost = [each.problem for each in record.relevant if each.problem]
        self.problems.update(lost)
        self.counts.update(
            {
                "questions": 1,
                labels[record.answerable]: 1,
                "drafts": int(record.draft),
                "failed": int(record.status == "failed"),
                "follow_ups": int(bool(record.history)),
                "unlocated_questions": int(bool(lost)),
                "unlocated_pieces": len(lost),
            }
        )

    def _kind(self, kind: str) -> str:
        name = kind or NO_KIND
        if name not in self._kinds and len(self._kinds) >= MOST_KINDS:
            name = OTHER_KINDS
        self._kinds[name] = None
        return name

    def shown_kinds(self) -> tuple[str, ...]:
        """The kinds in order of appearance; none where no question has one."""
        return () if set(self._kinds) <= {NO_KIND} else tuple(self._kinds)

    def rows(self, name: str, belongs: Callable[[Cell], bool]) -> Rows:
        """The parts of the measure of that name over the cells that belong, a row a question; no rows for none."""
        parts = [parts[name] for cell, parts in self._parts.items() if name in parts and belongs(cell)]
        flat = [np.frombuffer(each, dtype=np.float64) for each in parts]
        return np.concatenate([np.empty(0), *flat]).reshape(-1, self._width.get(name, 1))
