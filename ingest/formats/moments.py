"""Times of day with their zone, as files state them: "Aired April 13, 2015 - 22:00 ET". Nothing is guessed.

A time without a zone, with a zone that may be several (IST, CST), or with one that was not in force on that day ("EST"
in July) is none: then only the day is known. Daylight saving is looked up in the tz database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ingest.formats.dates import LED_BY, parse_date


class _Zone(NamedTuple):
    """A zone of the tz database; `only` is the abbreviation that must have been in force there."""

    key: str
    only: str | None = None


_ZONE_LIST: Mapping[str, tuple[str, ...]] = {
    "America/New_York": ("ET", "EST", "EDT", "Eastern"),
    "America/Chicago": ("CT", "CDT", "Central"),
    "America/Denver": ("MT", "MST", "MDT", "Mountain"),
    "America/Los_Angeles": ("PT", "PST", "PDT", "Pacific"),
    "Europe/London": ("BST",),
    "Europe/Paris": ("CET", "CEST"),
    "Europe/Athens": ("EET", "EEST"),
    "Asia/Tokyo": ("JST",),
    "UTC": ("UTC", "GMT", "Z"),
}
_ABBREVIATIONS = frozenset(("EST EDT CDT MST MDT PST PDT BST CET CEST EET EEST JST").split())
_ZONES = {
    name.lower(): _Zone(key, name if name in _ABBREVIATIONS else None)
    for key, names in _ZONE_LIST.items()
    for name in names
}
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d\d))?(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?(?:\s*(?P<half>[ap])\.?m\.?)?"
)
_OFFSET = r"(?:utc|gmt)?\s?(?P<sign>[+−-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?"
_NAMED = r"(?P<zone>[a-z](?:\.?[a-z]){0,8}\.?)(?:\s+(?:(?P<kind>standard|daylight)\s+)?time)?"
_MOMENT = re.compile(
    rf"[(\[]?{LED_BY}(?P<date>[^()\[\]]{{6,40}}?)(?:T|[\s,–—-]+(?:at\s+)?){_CLOCK}\s*\(?(?:{_OFFSET}|{_NAMED})\)?[)\]]?",
    re.IGNORECASE,
)
_LONGEST = 120


def parse_moment(text: str) -> datetime | None:
    """The moment that a line or a value states with day, time and zone, with its offset; None for anything less."""
    match = _MOMENT.fullmatch(text.strip()) if len(text) < _LONGEST else None
    day = parse_date(match["date"]) if match else None
    clock = _clock(match) if match else None
    if not match or not day or not clock:
        return None
    local = datetime.combine(day, clock)
    return _at_offset(local, match) if match["sign"] else _in_zone(local, match)


def _clock(match: re.Match[str]) -> time | None:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if not match["minute"] and not half:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    try:
        return time(hour, int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return None


def _at_offset(local: datetime, match: re.Match[str]) -> datetime | None:
    size = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if size > timedelta(hours=14):
        return None
    return local.replace(tzinfo=timezone(-size if match["sign"] in "-−" else size))


def _in_zone(local: datetime, match: re.Match[str]) -> datetime | None:
    """The moment, if the local time stands for exactly one in that zone."""
    zone = _ZONES.get(match["zone"].replace(".", "").lower())
    if not zone or (match["kind"] and zone.only):
        return None
    try:
        place = ZoneInfo(zone.key)
    except ZoneInfoNotFoundError:
        return None
    kind = f"{match['kind'][0]}T".upper() if match["kind"] else ""
    readings = {_fixed(local.replace(tzinfo=place, fold=fold), zone, kind) for fold in (0, 1)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _fixed(moment: datetime, zone: _Zone, kind: str) -> datetime | None:
    """The moment with its offset as a number; None when that time was skipped there, or went by another name."""
    name, offset = moment.tzname() or "", moment.utcoffset() or timedelta()
    there = (moment - offset).replace(tzinfo=UTC).astimezone(moment.tzinfo)
    skipped = there.replace(tzinfo=None, fold=0) != moment.replace(tzinfo=None, fold=0)
    if skipped or (zone.only and name != zone.only) or not name.endswith(kind):
        return None
    return moment.replace(tzinfo=timezone(offset), fold=0)
