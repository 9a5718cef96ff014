"""How the quotes of an answer are laid out: in groups where the question or the quotes call for it, else as they come.

The sides of a comparison, broadcasts in the order of their dates where a change over time is asked for, speakers where
they contradict each other. Headings are a speaker, or a title with its date, as the transcripts have them: where these
do not tell the groups apart there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.choose import side_of
from rag.disagreement import disagree
from rag.question import Question
from rag.sentence_features import Candidate

DISAGREE = "Who says what"


@dataclass(frozen=True, slots=True)
class Group:
    """Quotes that stand together; without a heading where the answer has no groups."""

    heading: str
    quotes: tuple[Candidate, ...]


def grouped(question: Question, chosen: Sequence[Candidate]) -> tuple[Group, ...]:
    """The chosen sentences in the groups and the order in which they are shown."""
    return next((groups for rule in _RULES if len(groups := rule(question, chosen)) > 1), (Group("", tuple(chosen)),))


def _by_side(question: Question, chosen: Sequence[Candidate]) -> tuple[Group, ...]:
    """Each side under its speaker, or its broadcast, where all of its quotes share one that the other has not."""
    sides = _parted(chosen, lambda each: side_of(question, each)) if question.parts else {}
    if set(sides) != {0, 1}:
        return ()
    for heading in (_speaker, _broadcast):
        told = {side: {heading(each) for each in sides[side]} for side in (0, 1)}
        if len(told[0]) == len(told[1]) == 1 and told[0] != told[1] and all(told[0] | told[1]):
            return tuple(Group(heading(sides[side][0]), tuple(sides[side])) for side in (0, 1))
    return ()


def _by_date(question: Question, chosen: Sequence[Candidate]) -> tuple[Group, ...]:
    """Each broadcast, oldest first, where several are asked for and all are dated."""
    if not question.various or not all(each.transcript.published for each in chosen):
        return ()
    broadcasts = sorted(_parted(chosen, lambda each: each.transcript.id).values(), key=lambda some: _day(some[0]))
    return tuple(Group(_broadcast(some[0]), tuple(some)) for some in broadcasts)


def _by_speaker(question: Question, chosen: Sequence[Candidate]) -> tuple[Group, ...]:
    """Each speaker, where two of them contradict each other and nobody unnamed is quoted."""
    if not all(each.turn.speaker for each in chosen) or not disagree(question, chosen):
        return ()
    speakers = _parted(chosen, lambda each: each.turn.speaker)
    return tuple(Group(f"{DISAGREE} — {_speaker(some[0])}", tuple(some)) for some in speakers.values())


_RULES: tuple[Callable[[Question, Sequence[Candidate]], tuple[Group, ...]], ...] = (_by_side, _by_date, _by_speaker)


def _parted(chosen: Sequence[Candidate], place: Callable[[Candidate], Hashable]) -> dict[Hashable, list[Candidate]]:
    found: dict[Hashable, list[Candidate]] = {}
    for each in chosen:
        found.setdefault(place(each), []).append(each)
    return found


def _speaker(candidate: Candidate) -> str:
    turn = candidate.turn
    return ", ".join(part for part in (turn.speaker, turn.role) if part) if turn.speaker else ""


def _broadcast(candidate: Candidate) -> str:
    of = candidate.transcript
    return f"{of.title} ({of.published.isoformat()})" if of.published else of.title


def _day(candidate: Candidate) -> date:
    return candidate.transcript.published or date.max
