"""What narrows a search: who speaks, when it was published, in which outlet or programme. Plain values.

It neither reads them off a question (`rag.narrow`) nor applies them (`rag.retrieve`).
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.dates import months
from rag.errors import QuestionError


@dataclass(frozen=True, slots=True)
class Filters:
    """Passages in which one of `speakers` speaks, of transcripts published from `since` to `until`, both included,
    and of one of `sources`, an outlet or a programme compared without case.

    What is empty or None narrows nothing. `only` is for filters set by hand: nothing is added that the question's
    wording asks for. Raises QuestionError when `since` lies after `until`.
    """

    speakers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    only: bool = False

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise QuestionError(f"Nothing is from {self.since} or later and from {self.until} or earlier. Swap them.")

    def __bool__(self) -> bool:
        return bool(self.speakers or self.since or self.until or self.sources)

    @property
    def dated(self) -> bool:
        """Whether a time narrows."""
        return bool(self.since or self.until)

    def describe(self) -> tuple[str, ...]:
        """Each filter for people to read: "said by Jen Psaki", "March 2022", "from BBC"."""
        said = f"said by {_either(self.speakers)}" if self.speakers else ""
        source = f"from {_either(self.sources)}" if self.sources else ""
        return tuple(part for part in (said, period(self.since, self.until), source) if part)


NO_FILTERS = Filters()


def merged(by_hand: Filters, found: Filters) -> Filters:
    """The two together; by hand goes before found, one by one, and a period counts as one. `only` leaves out found."""
    if by_hand.only:
        return replace(by_hand, only=False)
    when = by_hand if by_hand.dated else found
    return Filters(by_hand.speakers or found.speakers, when.since, when.until, by_hand.sources or found.sources)


def period(since: date | None, until: date | None) -> str:
    """A period for people to read: "2022", "March 2022", "3 May 2023", "since 1 June 2021"; empty without bounds."""
    if since and until:
        return _between(since, until)
    return f"since {_day(since)}" if since else f"until {_day(until)}" if until else ""


def _between(since: date, until: date) -> str:
    if since == until:
        return _day(since)
    if (since, until) == months(since.year, 1, 12):
        return str(since.year)
    if (since, until) == months(since.year, since.month, since.month):
        return f"{month_name[since.month]} {since.year}"
    return f"{_day(since)} to {_day(until)}"


def _day(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
