"""SubStation Alpha subtitles (.ass, .ssa): the actor's name is the speaker, what is only seen is left out.

Left out are comments, drawings, karaoke effects, crawling banners, styles made for signs, credits and songs
(unless there is nothing else), and a second copy of a line laid over itself. Lines are put in order of time,
for the file's order is the editor's.

pysubs2 is not used here: it takes the columns in its own order whatever "Format:" says, gives up the whole
file for one style without a font size, knows no line numbers, keeps the co-ordinates of drawings as words,
and its time grows with the square of the override tags in a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.formats.captions import document
from ingest.formats.cue import Cue, words_of
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.timings import Timing, read_time, timed, with_sound_ends

_SECTION = re.compile(r"^\[(?:Script Info|V4\+? Styles|Events)\]", re.MULTILINE | re.IGNORECASE)
_DIALOGUE = re.compile(r"^Dialogue:", re.MULTILINE | re.IGNORECASE)
_COLUMNS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_SAME_COLUMNS = {"actor": "name", "marked": "layer"}
_OVERRIDE = re.compile(r"(\{[^{}]*\})")
_DRAWING = re.compile(r"\\p(\d+)")
_BREAKS = {r"\N": "\n", r"\n": " ", r"\h": " "}
_BREAK = re.compile(r"\\[Nnh]")
_NO_NAME = frozenset(("", "ntp", "default", "n/a"))
_NO_TITLE = re.compile(r"(?:<?untitled>?|default\b.*|new subtitles?|script generated\b.*)?", re.IGNORECASE)
_SEEN_EFFECT = re.compile(r"\s*(?:fx|karaoke|template|code|banner|scroll)\b", re.IGNORECASE)
_SEEN_STYLE = re.compile(
    r"(?:^|[\W_\d])(?:signs?|karaoke|kara|lyrics?|songs?|credits?|(?-i:OP|ED)|opening|ending)(?:$|[\W_\d])",
    re.IGNORECASE,
)


class _Event(NamedTuple):
    """A dialogue line."""

    timing: Timing
    name: str | None
    style: str
    words: str


def sniff(text: str) -> int:
    """3 for a SubStation heading with dialogue below it."""
    return 3 if _SECTION.search(text[:20_000]) and _DIALOGUE.search(text) else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of SubStation text. Raises Malformed, with the line, for broken times."""
    lines = text.split("\n")
    events = list(_events(lines, path))
    said = [event for event in events if not _SEEN_STYLE.search(event.style)] or events
    once: dict[tuple[int, int, str], _Event] = {}
    for event in said:
        once.setdefault((event.timing.start_ms, event.timing.end_ms, event.words), event)
    ordered = sorted(once.values(), key=lambda event: event.timing.start_ms)
    timings = with_sound_ends([event.timing for event in ordered], path)
    cues = [Cue(timing, ((event.name, event.words),)) for timing, event in zip(timings, ordered, strict=True)]
    return document(cues, stated.or_else(_stated(lines)))


def _events(lines: Sequence[str], path: Path) -> Iterator[_Event]:
    columns: Sequence[str] = _COLUMNS
    inside = False
    for place, line in enumerate(lines):
        key, _, value = line.partition(":")
        key = key.strip().lower()
        if line.startswith("["):
            inside = key == "[events]"
        elif inside and key == "format":
            columns = [_SAME_COLUMNS.get(each, each) for each in value.lower().replace(" ", "").split(",")]
        elif inside and key == "dialogue":
            cells = dict(zip(columns, value.split(",", len(columns) - 1), strict=False))
            if not _SEEN_EFFECT.match(cells.get("effect", "")):
                yield _event(cells, line, place, path)


def _event(cells: Mapping[str, str], line: str, place: int, path: Path) -> _Event:
    start, end = (read_time(cells.get(name, "")) for name in ("start", "end"))
    name = words_of(cells.get("name", ""))
    return _Event(
        timed(start, end, line, place, path),
        None if name.lower() in _NO_NAME else name,
        cells.get("style", ""),
        words_of("".join(_spoken(cells.get("text", "")))),
    )


def _spoken(text: str) -> Iterator[str]:
    """The words between override tags, without what is drawn."""
    drawing = False
    for place, piece in enumerate(_OVERRIDE.split(text)):
        if place % 2:
            scales = _DRAWING.findall(piece)
            drawing = scales[-1].strip("0") != "" if scales else drawing
        elif not drawing:
            yield _BREAK.sub(lambda match: _BREAKS[match[0]], piece)


def _stated(lines: Sequence[str]) -> Metadata:
    titles = (line[6:].strip() for line in lines[:500] if line.lower().startswith("title:"))
    title = next(titles, "")
    return Metadata(title=None if _NO_TITLE.fullmatch(title) else title)
