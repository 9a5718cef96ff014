"""Times as machines write them, to milliseconds: 1.3, "1.3", "1.300s", "00:00:01,300", 13000000 ticks, PT1.3S.

Mended, because nothing else can be meant: a start less than a second before the recording, and (by `words`) an end
less than a second before its start. Refused, with the place: anything else that is negative or runs backwards
inside one segment, NaN, infinity, more than a thousand hours, and what is no time.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from ingest.clock import parse_clock
from ingest.formats.machine.tree import Node

SLIP_MS = 1000
_LONGEST_MS = 1000 * 3_600_000
_NUMBER = re.compile(r"([+-]?\d{1,15}(?:\.\d{0,15})?(?:[eE][+-]?\d{1,3})?)\s*s?")
_ISO = re.compile(r"PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,12})?)S)?")


class Span(NamedTuple):
    """From when to when in milliseconds; both None where the file says neither."""

    start_ms: int | None
    end_ms: int | None


def seconds(node: Node) -> int | None:
    """Milliseconds of a time in seconds, as a number or as text, or of a clock time. Raises Malformed."""
    return time(node, 1000)


def milliseconds(node: Node) -> int | None:
    """Milliseconds of a time in milliseconds. Raises Malformed."""
    return time(node, 1)


def ticks(node: Node) -> int | None:
    """Milliseconds of a time in units of 100 nanoseconds. Raises Malformed."""
    return time(node, 1 / 10_000)


def duration(node: Node) -> int | None:
    """Milliseconds of "1.300s" or of {"seconds": "1", "nanos": 300000000}, Google's ways. Raises Malformed."""
    if not isinstance(node.value, dict):
        return seconds(node)
    return (seconds(node["seconds"]) or 0) + (time(node["nanos"], 1 / 1_000_000) or 0)


def time(node: Node, unit_ms: float) -> int | None:
    """Milliseconds of a number of units, None where the node is none. Raises Malformed."""
    if node.value is None:
        return None
    units = _number(node.value)
    found = _clock_ms(node.value) if units is None else units * unit_ms
    if found is None or not math.isfinite(found):
        raise node.malformed("should have a time")
    if found < -SLIP_MS or found > _LONGEST_MS:
        raise node.malformed("should have a time between zero and a thousand hours")
    return max(0, round(found))


def span(start_ms: int | None, end_ms: int | None, node: Node) -> Span:
    """The span of the node's two times; where one is missing it is the other. It may end a little before it starts.

    Raises Malformed.
    """
    if start_ms is None or end_ms is None:
        known = end_ms if start_ms is None else start_ms
        return Span(known, known)
    if end_ms < start_ms - SLIP_MS:
        cause = f"should not end at {end_ms / 1000:g} s before it starts at {start_ms / 1000:g} s"
        raise node.malformed(cause)
    return Span(start_ms, end_ms)


def _number(value: object) -> float | None:
    if isinstance(value, str):
        match = _NUMBER.fullmatch(value.strip()) if len(value) < 40 else None
        return float(match[1]) if match else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 10**18 else math.inf


def _clock_ms(value: object) -> float | None:
    if not isinstance(value, str) or len(value) > 40:
        return None
    iso = _ISO.fullmatch(value) if value.startswith("PT") and len(value) > 2 else None
    if not iso:
        return parse_clock(value)
    hours, minutes, rest = (float(part or 0) for part in iso.groups())
    return 1000 * (3600 * hours + 60 * minutes + rest)
