"""WebVTT captions (https://www.w3.org/TR/webvtt1/): voices become speakers, other tags are left out.

Cues, notes, styles and regions are told apart by webvtt-py. It drops a cue with broken times without a
word and keeps no line numbers, so times are read and checked first, by `timings`; and it takes a line of
blanks for text. Such a line ends a cue unless words go on below it: YouTube shows an empty upper line so.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from ingest.errors import Malformed
from ingest.formats.captions import document
from ingest.formats.cue import Cue
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.facts import read_facts
from ingest.formats.timings import has_timings, read_timings
from ingest.text import clean

_MAGIC = re.compile(r"\s*WEBVTT(?:[ \t]+(?P<title>[^\n]*))?(?:\n|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+(?P<name>[^<>]{1,120})>|</v>")
_TAG = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang|v|font)(?:[.\s][^<>]{0,200})?>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,200}\}")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_NO_TITLE = re.compile(r"(?:file|captions|subtitles|kind:.*)?", re.IGNORECASE)


def sniff(text: str) -> int:
    """3 for the WEBVTT line, with cues or nothing below it, or for cue times in WebVTT's way without it."""
    magic = _MAGIC.match(text)
    if magic and (has_timings(text) or not magic["title"]):
        return 3
    return 3 if has_timings(text) and re.search(r"\d\.\d{3}[ \t]*-->", text) else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of WebVTT text; words after WEBVTT are the title. Raises Malformed for broken times."""
    lines = text.split("\n")
    timings = read_timings(lines, path)
    for timing in timings:
        lines[timing.line] = f"{_clock(timing.start_ms)} --> {_clock(timing.end_ms)}"
    source = "\n".join(_with_blanks_told(lines)).lstrip()
    try:
        read = webvtt.from_string(source if _MAGIC.match(source) else f"WEBVTT\n\n{source}")
    except (MalformedFileError, MalformedCaptionError) as error:
        raise Malformed(path, f"is WebVTT that cannot be read ({error}).", "Export it again.", 1) from error
    if len(read.captions) != len(timings):
        raise Malformed(path, "has cues that run into each other.", "Put a blank line before each cue.", 1)
    cues = [Cue(timing, tuple(_parts(each.raw_text))) for timing, each in zip(timings, read.captions, strict=True)]
    return document(cues, stated.or_else(_stated(read.header_text, read.metadata)))


def _with_blanks_told(lines: Sequence[str]) -> Iterator[str]:
    """The lines, empty where a cue ends. A blank line that words of the same cue follow is left out.

    So is one right below the times, even one that an editor has emptied. One that is missing above the number of the
    next cue is put there.
    """
    above, below, cues = "", [*lines[1:], "", ""], 0
    for line, following, next_but_one in zip(lines, below, below[1:], strict=False):
        inside = bool(line) or "-->" in above
        cues += "-->" in line
        if line.strip():
            yield from [""] * ("-->" in following and line.strip() in (str(cues), str(cues + 1)))
            yield line
        elif not inside or not _goes_on(following, next_but_one):
            yield ""
        above = line


def _goes_on(line: str, following: str) -> bool:
    return bool(line.strip()) and "-->" not in line + following and not _BLOCK.match(line)


def _parts(raw: str) -> Iterator[tuple[str | None, str]]:
    """The words of a cue by voice, tags taken off."""
    voice, start = None, 0
    for tag in _VOICE.finditer(raw):
        yield voice, _words(raw[start : tag.start()])
        voice, start = tag["name"] and _words(tag["name"]), tag.end()
    yield voice, _words(raw[start:])


def _words(raw: str) -> str:
    return clean(html.unescape(_TAG.sub("", raw))).strip()


def _stated(header: str, lines: Sequence[str]) -> Metadata:
    title = header.strip(" \t:–—-")
    keyed = dict(line.split(":", 1) for line in lines if ":" in line)
    facts = read_facts({key: value.strip() for key, value in keyed.items()})
    return Metadata(title=None if _NO_TITLE.fullmatch(title) else title).or_else(facts)


def _clock(ms: int) -> str:
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
