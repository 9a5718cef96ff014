"""A question as the report shows it: its record, its number, and what came of it without the conversation before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.evaluate.record import FoundEvidence, Ranked, Record, Sentence
from rag.evaluate.report.misses import Miss, misses_of

MOST_EVIDENCE, MOST_HITS = 20, 10
_MARKER = re.compile(r"(\[\d{1,4}\])")
_STATUS = {
    "grounded": "Answered",
    "partial": "Answered in part",
    "refused": "No answer given",
    "failed": "Error",
}


@dataclass(frozen=True)
class Asked:
    """A question as asked, numbered from 1 in the order of the set; `withheld` is the same one without its history."""

    number: int
    record: Record
    withheld: Record | None = None

    @cached_property
    def misses(self) -> tuple[Miss, ...]:
        """What is wrong with it."""
        return misses_of(self.record)

    @property
    def status(self) -> str:
        """What became of it, in words."""
        return _STATUS[self.record.status]

    @property
    def alone(self) -> str:
        """What became of it without its history, in words; "" where it was not asked so."""
        return _STATUS[self.withheld.status] if self.withheld else ""

    @property
    def pieces(self) -> list[tuple[str, int]]:
        """The answer's text cut at its markers: (text, 0), and (marker, its number) where it marks a citation."""
        markers = {f"[{cited.marker}]": cited.marker for cited in self.record.citations}
        return [(piece, markers.get(piece, 0)) for piece in _MARKER.split(self.record.text) if piece]

    @property
    def evidence(self) -> Sequence[FoundEvidence]:
        """The first pieces of evidence; a search set may have hundreds."""
        return self.record.evidence[:MOST_EVIDENCE]

    @property
    def hits(self) -> Sequence[Ranked]:
        """The first passages found."""
        return self.record.hits[:MOST_HITS]

    @property
    def unsupported(self) -> list[Sentence]:
        """Statements that their citations do not bear out."""
        return [each for each in self.record.sentences if not each.supported]


def asked(records: Iterable[Record]) -> Iterator[Asked]:
    """Every question as asked, in order. What was asked again without its history follows its question directly."""
    number, waiting = 0, None
    for record in records:
        if record.variant == "as asked":
            if waiting:
                yield Asked(number, waiting)
            number, waiting = number + 1, record
        elif waiting and record.id == waiting.id:
            yield Asked(number, waiting, record)
            waiting = None
    if waiting:
        yield Asked(number, waiting)


def only(asked_: Iterable[Asked], numbers: Sequence[int]) -> Iterator[Asked]:
    """Those with these numbers, which rise; nothing is read beyond the last."""
    wanted = iter(numbers)
    sought = next(wanted, None)
    for each in asked_ if sought is not None else ():
        if each.number == sought:
            yield each
            sought = next(wanted, None)
            if sought is None:
                return
