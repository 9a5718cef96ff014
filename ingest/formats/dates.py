"""Dates as files state them. A date that could mean two days means none: nothing is guessed."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"

_FORMS = (
    re.compile(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ][\d:.+Z -]*)?"),
    re.compile(rf"{_YEAR}[/.](?P<month>\d\d)[/.](?P<day>\d\d)"),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY}[,.]?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?P<first>\d{{1,2}})[/.-](?P<second>\d{{1,2}})[/.-]{_YEAR}"),
)
_VERB = r"(?:first\s+)?(?:aired|air\s?date|broadcast|published|recorded|posted|updated|date|heard)"
_ZONE = r"(?:(?:utc|gmt)?\s?[+−-]\d{1,2}(?::?\d\d)?|(?:[a-z]\.?){1,5}|eastern|pacific|central|mountain)"
_HALF = r"\s*[ap]\.?m\.?"
_TIME = rf"\d{{1,2}}(?:[:.]\d\d(?::\d\d)?(?:{_HALF})?|{_HALF})"
_NAMED = rf"\s*{_ZONE}(?:\s+(?:(?:standard|daylight)\s+)?time)?"
_CLOCK = rf"(?:[\s,–—-]+(?:at\s+)?(?:{_TIME}(?:{_NAMED})?|\d{{4}}{_NAMED}))?"
LED_BY = rf"(?:{_VERB}(?:\s+on)?:?\s+)?"
_LINE = re.compile(rf"[(\[]?{LED_BY}(?P<date>[^()\[\]]{{6,40}}?){_CLOCK}[)\]]?", re.IGNORECASE)


def parse_date(text: str) -> date | None:
    """The day of "2021-01-20", "January 20, 2021", "20 Jan 2021" or "25/12/2021"; None for anything else.

    "05/06/2021" is None: it is May in one country and June in another.
    """
    for form in _FORMS:
        match = form.fullmatch(text.strip())
        if match:
            return _day(match.groupdict())
    return None


def parse_date_line(line: str) -> date | None:
    """The day of a line that says only when: "Aired April 13, 2015 - 22:00 ET", "(June 14, 2021)"."""
    match = _LINE.fullmatch(line.strip()) if len(line) < 120 else None
    return parse_date(match["date"]) if match else None


def _day(parts: dict[str, str]) -> date | None:
    if "month" in parts:
        month, day = _MONTHS.get(parts["month"].lower()) or int(parts["month"]), int(parts["day"])
    else:
        first, second = int(parts["first"]), int(parts["second"])
        if first <= 12 and second <= 12 and first != second:
            return None
        month, day = (first, second) if second > 12 else (second, first)
    try:
        return date(int(parts["year"]), month, day)
    except ValueError:
        return None
