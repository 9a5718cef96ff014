"""Days, months, seasons and years as people write them in English, each as the days it covers.

Only what says its year is read: "May" alone may be a verb, and "05/06/2022" is one day in London and another in
Boston. What the date has to do with the question is for `rag.when` to tell.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?|jul(?:y|\.)?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_PART = r"(?:(?:the )?(?P<part>early|mid|late|beginning of|start of|middle of|end of)(?: in)?[ -])?"
_TO = r"(?:\s*[-–—]\s*|\s+(?:and|to|till|until|through)\s+)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 0}
_ORDINAL = rf"(?P<nth>{'|'.join(_ORDINALS)})"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_THIRDS = {"early": 1, "beginning": 1, "start": 1, "mid": 5, "middle": 5, "late": 9, "end": 9}
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Written:
    """A date found in a text: its place there and the days it covers, both included.

    `since` and `until` are None where no calendar has such a day. `whole_year` tells a bare year from all else.
    """

    start: int
    end: int
    words: str
    since: date | None
    until: date | None
    whole_year: bool = False

    @property
    def exists(self) -> bool:
        """Whether there is such a day: there is no 30 February."""
        return self.since is not None


def dates_in(text: str) -> tuple[Written, ...]:
    """The dates in the text, in their order; where two readings overlap, the longer stands."""
    found = sorted(_readings(text), key=lambda each: (each.start, -each.end))
    kept: list[Written] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _readings(text: str) -> Iterator[Written]:
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            bare = read is _year and not match["part"]
            try:
                since, until = read(match)
            except ValueError:
                yield Written(match.start(), match.end(), match.group(), None, None)
            else:
                yield Written(match.start(), match.end(), match.group(), since, until, bare)


def month_number(name: str) -> int:
    """1 to 12 for an English month, written out or cut to its first three letters or more."""
    return _NAMES.index(name[:3].lower()) + 1


def months(year: int, first: int, last: int) -> Days:
    """From the first day of one month to the last day of another, which may be in a later year: 14 is February."""
    ends_in, ends = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(ends_in, ends, monthrange(ends_in, ends)[1])


def _day_number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _one_day(match: re.Match[str]) -> Days:
    day = date(int(match["year"]), month_number(match["month"]), _day_number(match["day"]))
    return day, day


def _iso(match: re.Match[str]) -> Days:
    day = date(int(match["year"]), int(match["number"]), int(match["day"]))
    return day, day


def _some_days(match: re.Match[str]) -> Days:
    year, month = int(match["year"]), month_number(match["month"])
    return _ordered(date(year, month, _day_number(match["day"])), date(year, month, _day_number(match["last"])))


def _month(match: re.Match[str]) -> Days:
    number = month_number(match["month"])
    return months(int(match["year"]), number, number)


def _some_months(match: re.Match[str]) -> Days:
    first, last = month_number(match["month"]), month_number(match["last"])
    year = int(match["year"]) - (first > last)
    return months(year, first, last + 12 * (first > last))


def _season(match: re.Match[str]) -> Days:
    year = int(match["year"])
    if match["season"].lower() != "winter":
        first = _SEASONS[match["season"].lower()]
        return months(year, first, first + 2)
    return months(year, 12, 14) if match["next"] else (date(year - 1, 12, 1), months(year, 12, 14)[1])


def _fraction(match: re.Match[str]) -> Days:
    length = {"h": 6, "q": 3}[match["unit"][0].lower()]
    nth = _ORDINALS.get(match["nth"].lower(), 0) or (int(match["nth"]) if match["nth"].isdigit() else 12 // length)
    if nth * length > 12:
        raise ValueError(match.group())
    return months(int(match["year"]), (nth - 1) * length + 1, nth * length)


def _year(match: re.Match[str]) -> Days:
    year = int(match["year"])
    if not match["part"]:
        return months(year, 1, 12)
    first = _THIRDS[match["part"].split()[0].lower()]
    return months(year, first, first + 3)


def _some_years(match: re.Match[str]) -> Days:
    return _ordered(date(int(match["year"]), 1, 1), date(int(match["last"]), 12, 31))


def _decade(match: re.Match[str]) -> Days:
    year = int(match["year"][:3] + "0")
    return date(year, 1, 1), date(year + 9, 12, 31)


def _ordered(since: date, until: date) -> Days:
    if since > until:
        raise ValueError(f"{since} lies after {until}")
    return since, until


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./$£€-])(?<!\d,)(?:{pattern})(?![\w/]|[-.]\d)", re.IGNORECASE)


_IN_YEAR = rf",?\s+(?:of |in )?(?P<year>{_YEAR})"
_OF_YEAR = rf"\s+(?:of |in )?(?P<year>{_YEAR})"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days]], ...] = (
    (_form(rf"(?P<year>{_YEAR})-(?P<number>[01]?\d)-(?P<day>[0-3]?\d)"), _iso),
    (_form(rf"(?:the )?(?P<day>{_DAY})(?: of)? (?P<month>{_MONTH}){_IN_YEAR}"), _one_day),
    (_form(rf"(?P<month>{_MONTH}) (?P<day>{_DAY}){_IN_YEAR}"), _one_day),
    (_form(rf"(?P<day>{_DAY}){_TO}(?P<last>{_DAY})(?: of)? (?P<month>{_MONTH}){_IN_YEAR}"), _some_days),
    (_form(rf"(?P<month>{_MONTH}) (?P<day>{_DAY}){_TO}(?P<last>{_DAY}){_IN_YEAR}"), _some_days),
    (_form(rf"(?P<month>{_MONTH}){_TO}(?P<last>{_MONTH}){_IN_YEAR}"), _some_months),
    (_form(rf"{_PART}(?P<month>{_MONTH}){_IN_YEAR}"), _month),
    (_form(rf"{_SEASON}{_OF_YEAR}(?P<next>[-–/](?:20)?\d\d)?"), _season),
    (_form(rf"{_ORDINAL} (?P<unit>half|quarter){_OF_YEAR}"), _fraction),
    (_form(rf"(?P<unit>[HQ])(?P<nth>[1-4]){_OF_YEAR}"), _fraction),
    (_form(rf"(?P<year>{_YEAR}){_TO}(?P<last>{_YEAR})"), _some_years),
    (_form(rf"{_PART}(?P<year>{_YEAR})"), _year),
    (_form(r"(?:the )?(?:(?:early|mid|late)[ -])?(?P<year>(?:1[89]|20)\d0)s"), _decade),
)
