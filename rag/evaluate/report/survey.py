"""One pass over the records before the report is written: what failed, which questions to show, how long they took.

It keeps numbers and short lists, never the records, so that the number of questions does not matter.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rag.evaluate.report.asked import Asked

SHOWN = 2_000
LISTED = 200


@dataclass(frozen=True, slots=True)
class Note:
    """Something to warn of: the question's number and id, what is the matter, and words it is about."""

    number: int
    id: str
    problem: str = ""
    words: str = ""


@dataclass(slots=True)
class Survey:
    """What the pass found. `failing` and `passing` are the numbers of the questions to show.

    `misses` counts all questions, `totals` has everyone's milliseconds; the notes are the first LISTED of the pieces of
    evidence that stand nowhere, of the drafts, and of the questions that ended in an error.
    """

    questions: int = 0
    failures: int = 0
    failing: array[int] = field(default_factory=lambda: array("q"))
    passing: array[int] = field(default_factory=lambda: array("q"))
    misses: Counter[str] = field(default_factory=Counter)
    totals: array[float] = field(default_factory=lambda: array("d"))
    unplaced: list[Note] = field(default_factory=list)
    drafts: list[Note] = field(default_factory=list)
    errors: list[Note] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """How many questions are not shown."""
        return self.questions - len(self.failing) - len(self.passing)

    def see(self, asked: Asked) -> None:
        """Takes in one more question."""
        self.questions += 1
        self.failures += bool(asked.misses)
        self.misses.update(miss.name for miss in asked.misses)
        places = self.failing if asked.misses else self.passing
        if len(places) < SHOWN:
            places.append(asked.number)
        if "total" in asked.record.timings:
            self.totals.append(asked.record.timings["total"])
        self._note(asked)

    def _note(self, asked: Asked) -> None:
        record, number = asked.record, asked.number
        lost = [Note(number, record.id, each.problem, each.quote) for each in record.relevant if each.problem]
        _add(self.unplaced, lost)
        _add(self.drafts, [Note(number, record.id)] if record.draft else [])
        _add(self.errors, [Note(number, record.id, record.error)] if record.status == "failed" else [])


def survey(asked: Iterable[Asked]) -> Survey:
    """The survey of all questions. Failures are shown first, SHOWN questions altogether."""
    found = Survey()
    for each in asked:
        found.see(each)
    del found.passing[SHOWN - len(found.failing) :]
    return found


def _add(notes: list[Note], more: list[Note]) -> None:
    notes += more[: LISTED - len(notes)]
