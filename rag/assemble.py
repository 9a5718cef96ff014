"""Puts an answer together of the sentences chosen: quotes that can be read alone, in their groups.

It chooses nothing. Every quote is cut from its transcript by `rag.cite`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.cite import cite
from rag.composed import composed
from rag.extend import extended
from rag.layout import Group, grouped
from rag.question import Question
from rag.results import Answer, Citation, Hit, Section, Short
from rag.sentence_features import Candidate
from rag.short import short_answer


def answers(
    question: Question, hits: Sequence[Hit], chosen: Sequence[Candidate], confidence: float, *, sure: bool
) -> Iterator[Answer]:
    """The answer, one sentence longer each time. It is given in a few words too where `sure` and it has no groups.

    Not so to a follow-up: what it is about is in words of other questions, and the nearest year may be another thing's.
    `chosen` begins with the sentence that answers best.
    """
    groups = grouped(question, chosen)
    shortly = short_answer if sure and len(groups) == 1 and not question.follows_on else None
    for count in range(1, len(chosen) + 1):
        cited, sections = _cited(_first(groups, count))
        found = shortly(question.standalone, chosen[0].text, cited[0].asked) if shortly else ""
        short = Short(found, cited[0].marker) if found else None
        text = composed(cited, sections, short)
        yield Answer(question.text, text, cited, tuple(hits), confidence=confidence, short=short, sections=sections)


def _first(groups: Sequence[Group], count: int) -> Iterator[Group]:
    """The groups as far as the first `count` quotes reach."""
    for group in groups:
        if count > 0:
            yield Group(group.heading, group.quotes[:count])
        count -= len(group.quotes)


def _cited(groups: Iterator[Group]) -> tuple[tuple[Citation, ...], tuple[Section, ...]]:
    cited: list[Citation] = []
    sections: list[Section] = []
    for group in groups:
        quotes = enumerate(_joined(group.quotes), len(cited) + 1)
        added = [cite(each.candidate.transcript, each.start, each.end, marker) for marker, each in quotes]
        cited += added
        if group.heading:
            sections.append(Section(group.heading, tuple(each.marker for each in added)))
    return tuple(cited), tuple(sections)


@dataclass(frozen=True, slots=True)
class _Quote:
    """Characters of one turn that are shown as one quote."""

    candidate: Candidate
    start: int
    end: int

    def touches(self, other: _Quote) -> bool:
        """Whether both are of one turn with at most white space between them."""
        mine, theirs = self.candidate, other.candidate
        if (mine.transcript.id, mine.turn.index) != (theirs.transcript.id, theirs.turn.index):
            return False
        first, second = sorted((self, other), key=lambda each: each.start)
        return not mine.transcript.text[first.end : second.start].strip()

    def joined(self, other: _Quote) -> _Quote:
        """Both as one."""
        return _Quote(self.candidate, min(self.start, other.start), max(self.end, other.end))


def _joined(chosen: Sequence[Candidate]) -> list[_Quote]:
    """The sentences with the neighbours they lean on; those that follow each other in one turn as one quote."""
    joined: list[_Quote] = []
    for each in chosen:
        quote = _Quote(each, *extended(each.turn, each.char_start, each.char_end))
        at = next((at for at, other in enumerate(joined) if quote.touches(other)), len(joined))
        joined[at : at + 1] = [joined[at].joined(quote) if at < len(joined) else quote]
    return joined
