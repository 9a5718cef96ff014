"""SubViewer captions: YouTube's .sbv, and SubViewer 2 (.sub) with its heading and [br] for a line end.

A cue is a line "0:00:01.000,0:00:04.000" and the lines below it. No library reads it: pysubs2, webvtt-py and
ttconv do not know the format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from ingest.formats.captions import document
from ingest.formats.cue import Cue, words_of
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.timings import Timing, has_timings, read_time, timed, with_sound_ends

_TIMES = re.compile(r"[ \t]*(\d{1,6}:[\w:.]{4,12}),[ \t]*(\d{1,6}:[\w:.]{4,12})[ \t]*")
_TITLE = re.compile(r"^\[TITLE\][ \t]*([^\n]*)", re.MULTILINE | re.IGNORECASE)
_LINE_END = re.compile(r"\[br\]", re.IGNORECASE)


def sniff(text: str) -> int:
    """3 for text with a line of two times and a comma between, broken ones too."""
    return 3 if any(map(_TIMES.fullmatch, text.split("\n"))) and not has_timings(text) else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of SubViewer text. Raises Malformed, with the line, for broken cue times."""
    lines = text.split("\n")
    matches = {place: match for place, line in enumerate(lines) if (match := _TIMES.fullmatch(line))}
    read = (timed(read_time(match[1]), read_time(match[2]), match[0], place, path) for place, match in matches.items())
    timings = with_sound_ends(list(read), path)
    starts = [*matches, len(lines)]
    bodies = [lines[one + 1 : other] for one, other in pairwise(starts)]
    title = _TITLE.search("\n".join(lines[: starts[0]]))
    facts = stated.or_else(Metadata(title=title[1].strip() or None if title else None))
    return document([_cue(*each) for each in zip(timings, bodies, strict=True)], facts)


def _cue(timing: Timing, body: Sequence[str]) -> Cue:
    return Cue(timing, ((None, words_of(_LINE_END.sub("\n", "\n".join(body)))),))
