"""The times of captions: read, checked, and told with their line when they are broken.

Mended, because nothing else can be meant: a decimal point for a comma and the other way round, hours left
out, one or two digits of a fraction, an arrow without spaces. Anything else that is no time, or an end
before its start, is an error and not a guess. A caption without length stays one, and captions may overlap.
Where a format says nothing about order (SubStation, TTML, SAMI) captions are put in order of time; SubRip,
WebVTT and SubViewer keep the file's order, and a turn ends where the times run backwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.errors import Malformed

_ARROW = "-->"
_TIME = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})(?!\d)")
_LOOSE = re.compile(r"^[ \t]*\d{1,3}:[\w:.,]{2,12}[ \t]*-->", re.MULTILINE)
_REMEDY = "Mend the time, or take the cue out."


class Timing(NamedTuple):
    """When a cue is shown, in milliseconds, and the index of its line."""

    start_ms: int
    end_ms: int
    line: int


def has_timings(text: str) -> bool:
    """Whether any line looks like a timing line, broken ones too."""
    return bool(_LOOSE.search(text))


def read_timings(lines: Sequence[str], path: Path) -> list[Timing]:
    """The timings of all lines with an arrow, in order. Raises Malformed, with the line, for a broken one."""
    return [_timing(line, place, path) for place, line in enumerate(lines) if _ARROW in line]


def read_time(text: str) -> int | None:
    """Milliseconds of "1:02:03.45", "01:02:03,450" or "02:03.450"; None when the text is no such time."""
    match = _TIME.fullmatch(text.strip())
    return _milliseconds(match) if match else None


def timed(start_ms: int | None, end_ms: int | None, shown: str, place: int, path: Path) -> Timing:
    """The timing of a caption whose times stand on the line of that index, as `shown`.

    Raises Malformed, with the line, when a time is missing or the end comes before the start.
    """
    if start_ms is None or end_ms is None:
        raise broken("has times that cannot be read", shown, place, path)
    if end_ms < start_ms:
        raise broken("has a cue that ends before it starts", shown, place, path)
    return Timing(start_ms, end_ms, place)


def broken(what: str, shown: str, place: int, path: Path) -> Malformed:
    """The error of a time on the line of that index: what the file does wrong, and what it shows."""
    return Malformed(path, f"{what}: {shown.strip()[:80]!r}.", _REMEDY, place + 1)


def _timing(line: str, place: int, path: Path) -> Timing:
    before, _, after = line.partition(_ARROW)
    end = _TIME.match(after.strip())
    return timed(read_time(before), _milliseconds(end) if end else None, line, place, path)


def _milliseconds(match: re.Match[str]) -> int:
    hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))
