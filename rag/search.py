"""Searches for what a question asks, through its filters: dropped one after another while nothing is left.

Then what the question says of time is weighed: a passage broadcast around a time it names, or the latest, comes
before one that fits as well; then a reader looks at the first of them. Where various
broadcasts are asked for, the best of each comes first. The searching itself is `rag.retrieve`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from typing import Protocol

from rag.arrange import ranked, spread
from rag.filters import NO_FILTERS, Filters, merged
from rag.question import Question
from rag.reread import Rereading
from rag.results import Hit
from rag.timeliness import weighed, weighs_time


class Searches(Protocol):
    """What finds passages: `rag.retrieve.Retriever` is one."""

    def search(
        self,
        question: str,
        limit: int,
        filters: Filters = NO_FILTERS,
        *,
        phrases: tuple[str, ...] = (),
        parts: tuple[str, ...] = (),
    ) -> tuple[Hit, ...]:
        """The `limit` best passages that the filters let through, best first."""
        ...


_WIDER = 2
"""How many times as many passages are looked at where their time will reorder them."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Passages, best first, the filters they were found through, and in words those dropped to find any."""

    hits: tuple[Hit, ...]
    filters: Filters = NO_FILTERS
    dropped: tuple[str, ...] = ()

    @property
    def notice(self) -> str:
        """Where was looked, for people to read; empty where nothing narrowed the search."""
        lacking = f"Nothing was found for: {'; '.join(self.dropped)}." if self.dropped else ""
        only = f"Looked only at: {'; '.join(self.filters.describe())}." if self.filters else ""
        return f"{lacking} {only or 'Looked everywhere.'}".strip() if lacking else only


def seek(
    question: Question,
    retriever: Searches,
    limit: int,
    candidates: int,
    rereading: Rereading | None = None,
    kept: Sequence[Hit] = (),
) -> Sought:
    """The `limit` best passages for the question; at least `candidates` are weighed, and the first of them read.

    `kept` are passages of the answer before, weighed too where the search did not find them.
    """
    wanted = max(limit, candidates * (_WIDER if weighs_time(question) else 1))

    def search(filters: Filters) -> tuple[Hit, ...]:
        return retriever.search(question.searched, wanted, filters, phrases=question.phrases, parts=question.parts)

    tried = ((filters, search(filters)) for filters in looser(question.filters))
    filters, hits = next(((filters, hits) for filters, hits in tried if hits), (NO_FILTERS, ()))
    dropped = tuple(each for each in question.filters.describe() if each not in filters.describe())
    timely = _with(kept, weighed(hits, question), candidates)
    read = rereading.order(timely, question.parts or (question.searched,)) if rereading else timely
    ordered = ranked(spread(read)) if question.various else read
    return Sought(ordered[:limit], filters, dropped)


def _with(kept: Sequence[Hit], hits: tuple[Hit, ...], candidates: int) -> tuple[Hit, ...]:
    """The hits with what is kept and not among the first of them at the place where half of these come before it."""
    held = {hit.passage.id for hit in hits}
    missing = [hit for hit in kept if hit.passage.id not in held]
    if not missing or not hits:
        return hits
    at = min(len(hits), candidates // 10)
    placed = [replace(hit, score=hits[at - 1].score, parts={}, read={}) for hit in missing]
    return ranked([*hits[:at], *placed, *hits[at:]])


def looser(filters: Filters) -> Iterator[Filters]:
    """The filters, then ever fewer of them down to none: the time goes first, then the source, the speaker last."""
    given = [
        part
        for part in (
            Filters(speakers=filters.speakers),
            Filters(sources=filters.sources),
            Filters(since=filters.since, until=filters.until),
        )
        if part
    ]
    for count in range(len(given), -1, -1):
        for chosen in combinations(given, count):
            yield reduce(merged, chosen, NO_FILTERS)
