"""The periods a question names, and whether it asks for the latest: what a date in it has to do with broadcasts.

Dates themselves are read by `rag.dates`. It knows English only and no dated events: "before the election" is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from rag.dates import Written, dates_in, months

Wish = Literal["latest", "earliest"]

_ONE = timedelta(days=1)
_BROADCAST = (
    "(?:broadcast|programme|program|episode|(?:press )?briefing|gaggle|interview|bulletin|edition|transcript|show"
    "|podcast|newscast|press (?:conference|call)|newsletter)s?"
)
_DEFINITE = r"(?:the |a |an |his |her |their |its )?"
_LINK = r"(?:in|on|of|from|during|dated|since|after|before|until|till|between|throughout)"
_AIRED = rf"(?:aired|broadcast|published|recorded)(?: {_LINK})?"
_BEFORE_BROADCAST = re.compile(rf"\b(?:{_BROADCAST}(?: held)? {_LINK}|{_AIRED}) {_DEFINITE}$", re.IGNORECASE)
_AFTER_BROADCAST = re.compile(rf"^(?:['’]s)? (?:[\w-]+ )??{_BROADCAST}\b", re.IGNORECASE)
_SAID_BEFORE = re.compile(rf"\b(?:say|said|saying|speak|spoke|comment|t[eo]ll?d? us) {_LINK} {_DEFINITE}$", re.I)
_OPENS = re.compile(r"^\W*(?:in|during|on|since|between) (?:the )?$", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:say|said|think|argue|claim|describe|explain)\b", re.IGNORECASE)
_BOUND = re.compile(r"\b(since|after|before|prior to|until|till|up to) $", re.IGNORECASE)
_RANGE = re.compile(r"\b(?:between|from) (?:the )?$", re.IGNORECASE)
_JOIN = re.compile(r"(?:\s*[-–—]\s*|,?\s+(?:and|to|till|until|through|up to)\s+)(?:the )?", re.IGNORECASE)
_WISHES: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    ("latest", re.compile(r"(?<!at the )(?<!at its )\blatest\b|\bnewest\b|\bmost recent(?:ly)?\b|\blast time\b", re.I)),
    ("earliest", re.compile(r"\bearliest\b|\bfirst time\b|\bfirst (?:say|said|mention(?:ed)?|speak|spoke)\b", re.I)),
)


@dataclass(frozen=True, slots=True)
class Period:
    """A time the question names, both days included, None where it is open; `words` are those it was read from.

    `aired` tells that the broadcasts themselves are meant ("the briefing of 3 May 2023", "said in March 2022", "last
    week"); otherwise it is when something happened, which broadcasts of then and of years later may tell of.
    """

    since: date | None
    until: date | None
    words: str
    aired: bool = False

    def overlaps(self, first: date | None, last: date | None) -> bool:
        """Whether any day from `first` to `last` lies in it."""
        starts_late = self.since and last and self.since > last
        ends_early = self.until and first and self.until < first
        return not (starts_late or ends_early)


def periods_in(text: str, today: date) -> tuple[Period, ...]:
    """The periods named, in their order; relative ones ("last week") count from `today`."""
    placed = [*_dated(text), *_relative(text, today)]
    return tuple(period for _, period in sorted(placed, key=lambda each: each[0]))


def wrong_dates(text: str) -> tuple[str, ...]:
    """Dates in no calendar, such as "30 February 2022", as they are written."""
    return tuple(each.words for each in dates_in(text) if not each.exists)


def wish_in(text: str) -> Wish | None:
    """Whether the wording asks for the latest or the earliest there is."""
    return next((wish for wish, pattern in _WISHES if pattern.search(text)), None)


def hull(periods: Sequence[Period]) -> tuple[date | None, date | None]:
    """From when to when all of them are, the gaps included; None where they are open."""
    since = [each.since for each in periods if each.since]
    until = [each.until for each in periods if each.until]
    first = min(since) if since and len(since) == len(periods) else None
    return first, max(until) if until and len(until) == len(periods) else None


def _dated(text: str) -> Iterator[tuple[int, Period]]:
    dates = [each for each in dates_in(text) if each.exists]
    while dates:
        first = dates.pop(0)
        ranged = bool(_RANGE.search(text[: first.start]))
        if dates and ranged and _JOIN.fullmatch(text[first.end : dates[0].start]):
            last = dates.pop(0)
            first = replace(first, end=last.end, words=text[first.start : last.end], until=last.until)
        if not (first.since and first.until and first.since > first.until):
            yield first.start, _bounded(text, first)


def _bounded(text: str, found: Written) -> Period:
    """ "since", "after", "before" and "until" right before a date leave one side open."""
    aired = _is_aired(text, found)
    bound = _BOUND.search(text[: found.start])
    if bound is None or found.since is None or found.until is None:
        return Period(found.since, found.until, found.words, aired)
    side = _SIDES[bound[1].lower()](found.since, found.until)
    return Period(*side, f"{bound[1]} {found.words}", aired)


_SIDES: Mapping[str, Callable[[date, date], tuple[date | None, date | None]]] = {
    "since": lambda since, until: (since, None),
    "after": lambda since, until: (until + _ONE, None),
    "before": lambda since, until: (None, since - _ONE),
    "prior to": lambda since, until: (None, since - _ONE),
    "until": lambda since, until: (None, until),
    "till": lambda since, until: (None, until),
    "up to": lambda since, until: (None, until),
}


def _is_aired(text: str, found: Written) -> bool:
    before, after = text[: found.start], text[found.end :]
    if _BEFORE_BROADCAST.search(before) or _SAID_BEFORE.search(before) or _AFTER_BROADCAST.search(after):
        return True
    return bool(_OPENS.search(before) and _SAYS.search(after))


def _relative(text: str, today: date) -> Iterator[tuple[int, Period]]:
    for pattern, read in _RELATIVES:
        for match in pattern.finditer(text):
            try:
                since, until = read(match, today)
            except (OverflowError, ValueError):
                continue
            yield match.start(), Period(since, until, match.group(), _tells_of_then(text, match))


def _tells_of_then(text: str, match: re.Match[str]) -> bool:
    """News of last week was broadcast last week; of last year's budget, or what was built last year, at any time."""
    after = text[match.end() :]
    if _AFTER_BROADCAST.search(after) or _SAYS.search(text):
        return True
    return not after.startswith(("'s", "’s")) and "year" not in match.group().lower()


def _yesterday(match: re.Match[str], today: date) -> tuple[date, date]:
    return today - _ONE, today - _ONE


def _this(match: re.Match[str], today: date) -> tuple[date, date]:
    return _begin_of(match["unit"].lower(), today), today


def _last(match: re.Match[str], today: date) -> tuple[date, date]:
    unit = match["unit"].lower()
    until = _begin_of(unit, today) - _ONE
    return _begin_of(unit, until), until


def _last_few(match: re.Match[str], today: date) -> tuple[date, date]:
    count, unit = int(match["count"]) if match["count"].isdigit() else _COUNTS[match["count"].lower()], match["unit"]
    if unit.lower() in ("day", "week"):
        return today - timedelta(days=count * (7 if unit.lower() == "week" else 1)), today
    back = count * (12 if unit.lower() == "year" else 1)
    years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    first, last = months(years, month + 1, month + 1)
    return min(first.replace(day=1) + timedelta(days=today.day - 1), last), today


def _today(match: re.Match[str], today: date) -> tuple[date, date]:
    return today, today


def _begin_of(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


_COUNTS = {word: at for at, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)}
_UNIT = "(?P<unit>week|month|year)"
_RELATIVES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], tuple[date, date]]], ...] = (
    (re.compile(r"\byesterday\b(?! once)", re.IGNORECASE), _yesterday),
    (re.compile(rf"\btoday['’]s (?:\w+ )??{_BROADCAST}\b", re.IGNORECASE), _today),
    (re.compile(rf"\bthis {_UNIT}\b", re.IGNORECASE), _this),
    (re.compile(rf"\b(?<!the )last {_UNIT}\b", re.IGNORECASE), _last),
    (
        re.compile(
            rf"\b(?:last|past) (?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}) (?P<unit>day|week|month|year)s\b", re.IGNORECASE
        ),
        _last_few,
    ),
)
