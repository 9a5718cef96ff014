"""What a reply is worth: at which rank each piece of evidence was found, and how the answer did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.evaluate import Case
from rag.evaluate.match import contains, flat
from tests.benchmarks.match import holds, unmarked
from tests.benchmarks.pipelines import Passage, Quote, Reply, Written


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer judged. Of its `quotes`, so many stand at the offsets cited and in the file itself.

    `in_file` compares with the file as it is, `in_unmarked` with its escapes and tags taken out.
    """

    right: bool
    refused: bool
    quotes: int
    in_place: int
    in_file: int
    in_unmarked: int
    ms: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question's reply judged. `ranks` has where each piece of evidence was found, from 1, or None."""

    id: str
    kind: str
    answerable: bool
    ranks: tuple[int | None, ...]
    ms: float
    answered: Answered | None

    def found(self, top: int) -> bool:
        """Whether any piece of evidence is among the first `top` passages."""
        return any(rank is not None and rank <= top for rank in self.ranks)

    def all_found(self, top: int) -> bool:
        """Whether every piece of evidence is among the first `top` passages."""
        return bool(self.ranks) and all(rank is not None and rank <= top for rank in self.ranks)


def judge(case: Case, reply: Reply, texts: Mapping[str, str]) -> Outcome:
    """The outcome of a question; `texts` has what stands in each file."""
    ranks = tuple(rank_of(each.source, each.quote, reply.passages) for each in case.evidence)
    answered = _answered(case, reply.written, texts) if reply.written else None
    return Outcome(case.id, case.kind, bool(case.answerable), ranks, reply.ms, answered)


def rank_of(source: str, quote: str, passages: Sequence[Passage]) -> int | None:
    """The rank of the first passage of the file that holds the quote."""
    ranked = enumerate(passages, 1)
    return next((rank for rank, each in ranked if each.source == source and holds(each.text, quote)), None)


def _answered(case: Case, written: Written, texts: Mapping[str, str]) -> Answered:
    right = not written.refused and contains(written.text, case.answers, every=case.every)
    in_place = sum(quote.in_place for quote in written.quotes)
    in_file = sum(_stands_in(texts[quote.source], quote) for quote in written.quotes)
    in_unmarked = sum(_stands_in(unmarked(texts[quote.source]), quote) for quote in written.quotes)
    return Answered(right, written.refused, len(written.quotes), in_place, in_file, in_unmarked, written.ms)


def _stands_in(text: str, quote: Quote) -> bool:
    return flat(quote.text) in flat(text)
