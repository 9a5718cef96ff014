"""The times of captions: read, checked, and told with their line when they are broken.

Mended, because nothing else can be meant: a decimal point for a comma and the other way round, hours left
out, one or two digits of a fraction, an arrow without spaces. An end before its start is taken from the next cue, and
that is told; where more than one cue in ten has it, the times are not to be trusted and the file is refused. Anything
else that is no time is an error and not a guess. A caption without length stays one, and captions may overlap.
Where a format says nothing about order (SubStation, TTML, SAMI) captions are put in order of time; SubRip,
WebVTT and SubViewer keep the file's order, and a turn ends where the times run backwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from ingest.errors import Malformed

_ARROW = "-->"
_TIME = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})(?!\d)")
_LOOSE = re.compile(r"^[ \t]*\d{1,3}:[\w:.,]{2,12}[ \t]*-->", re.MULTILINE)
_REMEDY = "Mend the time, or take the cue out."
_LEAST_SOUND = 10


class Timing(NamedTuple):
    """When a cue is shown, in milliseconds, and the index of its line. `mended`: its end was not as the file has it."""

    start_ms: int
    end_ms: int
    line: int
    mended: bool = False


def has_timings(text: str) -> bool:
    """Whether any line looks like a timing line, broken ones too."""
    return bool(_LOOSE.search(text))


def read_timings(lines: Sequence[str], path: Path) -> list[Timing]:
    """The timings of all lines with an arrow, in order. Raises Malformed, with the line, for a broken one."""
    return with_sound_ends([_timing(line, place, path) for place, line in enumerate(lines) if _ARROW in line], path)


def with_sound_ends(timings: Sequence[Timing], path: Path) -> list[Timing]:
    """The timings, those that end before they start now ending where the next one starts, or at once if that is before.

    Raises Malformed, with the line of the first, when they are more than one in ten.
    """
    early = [timing for timing in timings if timing.end_ms < timing.start_ms]
    if len(early) * _LEAST_SOUND > len(timings):
        raise broken("has a cue that ends before it starts", _shown(early[0]), early[0].line, path)
    return list(_ending_soundly(timings)) if early else list(timings)


def _ending_soundly(timings: Sequence[Timing]) -> Iterator[Timing]:
    for timing, following in zip_longest(timings, timings[1:]):
        if timing.end_ms < timing.start_ms:
            end = max(timing.start_ms, following.start_ms if following else 0)
            yield timing._replace(end_ms=end, mended=True)
        else:
            yield timing


def read_time(text: str) -> int | None:
    """Milliseconds of "1:02:03.45", "01:02:03,450" or "02:03.450"; None when the text is no such time."""
    match = _TIME.fullmatch(text.strip())
    return _milliseconds(match) if match else None


def timed(start_ms: int | None, end_ms: int | None, shown: str, place: int, path: Path) -> Timing:
    """The timing of a caption whose times stand on the line of that index, as `shown`. Its end may be before its start.

    Raises Malformed, with the line, when a time is missing.
    """
    if start_ms is None or end_ms is None:
        raise broken("has times that cannot be read", shown, place, path)
    return Timing(start_ms, end_ms, place)


def broken(what: str, shown: str, place: int, path: Path) -> Malformed:
    """The error of a time on the line of that index: what the file does wrong, and what it shows."""
    return Malformed(path, f"{what}: {shown.strip()[:80]!r}.", _REMEDY, place + 1)


def _shown(timing: Timing) -> str:
    return f"{timing.start_ms / 1000:.3f} s to {timing.end_ms / 1000:.3f} s"


def _timing(line: str, place: int, path: Path) -> Timing:
    before, _, after = line.partition(_ARROW)
    end = _TIME.match(after.strip())
    return timed(read_time(before), _milliseconds(end) if end else None, line, place, path)


def _milliseconds(match: re.Match[str]) -> int:
    hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))
