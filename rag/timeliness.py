"""Weighs when a passage was broadcast against what a question says of time. It reorders and drops nothing.

A question about something that happened "in March 2022" is best answered by broadcasts of those days and, less so, of
the weeks around them; who asks for "the latest" wants the newer of two that fit as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from rag.question import Question
from rag.results import Hit
from rag.when import Period, Wish

AROUND, OF_WISH = 0.3, 0.2
_BEFORE, _AFTER = timedelta(days=14), timedelta(days=45)


def weighs_time(question: Question) -> bool:
    """Whether the question says anything of time that would reorder what is found."""
    return bool(question.wish or _around(question))


def _around(question: Question) -> tuple[Period, ...]:
    return tuple(each for each in question.periods if not each.aired)


def weighed(hits: tuple[Hit, ...], question: Question) -> tuple[Hit, ...]:
    """The hits in the order that their score and their time make, ranked afresh; the same where no time is named."""
    if not hits or not weighs_time(question):
        return hits
    periods = _around(question)
    timely = [_timely(hit.published, periods, question.wish, hits) for hit in hits]
    whole = 1 + AROUND * bool(periods) + OF_WISH * bool(question.wish)
    scored = [_with_time(hit, share, whole) for hit, share in zip(hits, timely, strict=True)]
    ordered = sorted(scored, key=lambda hit: (-hit.score, hit.rank))
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, 1))


def _with_time(hit: Hit, share: float, whole: float) -> Hit:
    parts = {name: part / whole if name.startswith("from_") else part for name, part in hit.parts.items()}
    return replace(hit, score=(hit.score + share) / whole, parts={**parts, "from_time": share / whole})


def _timely(published: date | None, periods: Sequence[Period], wish: Wish | None, hits: Sequence[Hit]) -> float:
    if published is None:
        return 0.0
    around = max((_nearness(published, period) for period in periods), default=0.0)
    return AROUND * around + (OF_WISH * _place(published, wish, hits) if wish else 0.0)


def _nearness(published: date, period: Period) -> float:
    """1 within the period, half of that some weeks before and after, else 0."""
    if _within(published, period.since, period.until):
        return 1.0
    since, until = period.since and period.since - _BEFORE, period.until and period.until + _AFTER
    return 0.5 if _within(published, since, until) else 0.0


def _within(day: date, since: date | None, until: date | None) -> bool:
    return not (since and day < since) and not (until and day > until)


def _place(published: date, wish: Wish, hits: Sequence[Hit]) -> float:
    """Where the day lies between the first and the last of the passages found: 1 is the latest, or the earliest."""
    days = [hit.published.toordinal() for hit in hits if hit.published]
    first, last = min(days), max(days)
    share = (published.toordinal() - first) / (last - first) if last > first else 0.0
    return share if wish == "latest" else 1 - share
