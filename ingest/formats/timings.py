"""The "from --> to" lines of captions: found, checked, and told with their line when they are broken.

Mended, because nothing else can be meant: a decimal point for a comma and the other way round, hours left
out, one or two digits of a fraction, an arrow without spaces. Anything else that is no time, or an end
before its start, is an error and not a guess.
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


def _timing(line: str, place: int, path: Path) -> Timing:
    before, _, after = line.partition(_ARROW)
    start, end = _TIME.fullmatch(before.strip()), _TIME.match(after.strip())
    if not start or not end:
        raise Malformed(path, f"has times that cannot be read: {line.strip()[:80]!r}.", _REMEDY, place + 1)
    timing = Timing(_milliseconds(start), _milliseconds(end), place)
    if timing.end_ms < timing.start_ms:
        raise Malformed(path, f"has a cue that ends before it starts: {line.strip()!r}.", _REMEDY, place + 1)
    return timing


def _milliseconds(match: re.Match[str]) -> int:
    hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))
