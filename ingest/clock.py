"""Time, in integer milliseconds: reading it, writing it, and working it out where a file does not state it.

Whatever is worked out here is an estimate, spread evenly over the characters spoken, and is shown with a ≈.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.transcript import Turn

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]?\d)(?:[.,](\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, and whether that is an estimate."""

    start_ms: int | None
    end_ms: int | None
    interpolated: bool


def parse_clock(text: str) -> int | None:
    """Milliseconds of "3:04", "01:02:03" or "00:01:02,500"; None when the text is no clock time."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def format_clock(ms: int, *, interpolated: bool = False) -> str:
    """ "0:42", "1:02:03", with a leading ≈ where the time is interpolated. Fractions of a second are cut."""
    seconds = ms // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return f"≈{clock}" if interpolated else clock


def interpolate(char: int, length: int, duration_ms: int) -> int:
    """When the character is spoken if every character of the text takes equally long."""
    return round(duration_ms * char / length) if length else 0


def quote_span(turn: Turn, char_start: int, char_end: int) -> Span:
    """The time of the characters `char_start` to `char_end` of the transcript, which lie inside the turn.

    The turn's own times where the quote begins with the turn or the turn's end is not known; else an estimate within
    them, which is marked so.
    """
    if turn.start_ms is None or turn.end_ms is None:
        return Span(turn.start_ms, turn.end_ms, turn.interpolated)
    length, spoken = len(turn.text), turn.end_ms - turn.start_ms
    start = turn.start_ms + interpolate(char_start - turn.char_start, length, spoken)
    end = turn.start_ms + interpolate(char_end - turn.char_start, length, spoken)
    return Span(start, end, turn.interpolated or start != turn.start_ms)
