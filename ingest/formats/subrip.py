"""SubRip captions (.srt): numbered cues with times; "NAME:" or ">> NAME:" at a cue's start is its speaker.

pysubs2 is not used here: it takes a last line "42" for the number of a cue, lets 75 minutes pass as a
time, and knows no line numbers. Which digits are a cue's number is decided by where they stand and,
without a blank line above them, by whether they count on.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from ingest.formats.captions import document
from ingest.formats.cue import Cue, words_of
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.timings import has_timings, read_timings


def sniff(text: str) -> int:
    """3 for text with cue times that is not marked as WebVTT."""
    return 3 if has_timings(text) and not text.lstrip().startswith("WEBVTT") else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of SubRip text. Raises Malformed, with the line, for broken cue times."""
    lines = text.split("\n")
    timings = read_timings(lines, path)
    starts = [timing.line for timing in timings] + [len(lines)]
    bodies = [lines[one + 1 : other] for one, other in pairwise(starts)]
    last = len(timings) - 1
    cues = [
        Cue(timing, ((None, words_of("\n".join(body if place == last else _without_number(body, place + 2)))),))
        for place, (timing, body) in enumerate(zip(timings, bodies, strict=True))
    ]
    return document(cues, stated)


def _without_number(body: Sequence[str], following: int) -> Sequence[str]:
    """The lines of a cue without the number of the next one, which counts from 1 (or from 0)."""
    number = body[-1].strip() if body else ""
    if not number.isdecimal():
        return body
    apart = len(body) == 1 or not body[-2].strip()
    return body[:-1] if apart or number.lstrip("0") in (str(following), str(following - 1)) else body
