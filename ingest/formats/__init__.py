"""Files of every format we read to Transcripts: `parse(path)`. One module a format, chosen from `PARSERS`.

The content decides which format a file is; its ending only breaks ties.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnknownFormat
from ingest.formats import labelled, markdown, script, subrip, webvtt
from ingest.formats.assemble import assemble
from ingest.formats.document import Document
from ingest.formats.prose import not_prose
from ingest.formats.source import MAX_BYTES, read_bytes
from ingest.text import decode
from ingest.transcript import Transcript

__all__ = [
    "MAX_BYTES",
    "PARSERS",
    "SUFFIXES",
    "VERSION",
    "Format",
    "detect",
    "parse",
    "parse_bytes",
    "read_bytes",
]

VERSION = "1"
_CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Format:
    """A format we read.

    `sniff` says how much a text looks like it: 3 it is, 2 it looks like it, 1 it could be, 0 it is not.
    `parse` may raise Malformed.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[str], int]
    parse: Callable[[str, Path], Document]
    title: str


PARSERS = (
    Format("webvtt", (".vtt",), webvtt.sniff, webvtt.parse, "WebVTT"),
    Format("subrip", (".srt",), subrip.sniff, subrip.parse, "SubRip"),
    Format("labelled", (".txt", ".text"), labelled.sniff, labelled.parse, "labelled talk"),
    Format("script", (".txt", ".text"), script.sniff, script.parse, "broadcast script"),
    Format("markdown", (".md", ".markdown"), markdown.sniff, markdown.parse, "Markdown"),
)
SUFFIXES = frozenset(suffix for each in PARSERS for suffix in each.suffixes)


def detect(text: str, path: Path | str) -> Format:
    """The format of a clean text: the one it looks most like; of two alike, the one the file's ending names.

    Raises UnknownFormat, which says what the text looks like and what is supported.
    """
    suffix = Path(path).suffix.lower()
    sure, best = 0, PARSERS[0]
    for each in sorted(PARSERS, key=lambda form: suffix not in form.suffixes):
        found = each.sniff(text) if sure < _CERTAIN else 0
        if found > sure:
            sure, best = found, each
    if sure:
        return best
    kind = not_prose(text) or "something else"
    known = ", ".join(dict.fromkeys(f"{each.title} ({each.suffixes[0]})" for each in PARSERS))
    raise UnknownFormat(path, f"is no transcript: it looks like {kind}.", f"Supported are {known}.")


def parse(path: Path | str, *, max_bytes: int = MAX_BYTES) -> Transcript:
    """Reads a transcript file.

    Raises TranscriptError: Unreadable, TooLarge, EmptyFile, BinaryFile, BadEncoding, UnknownFormat or
    Malformed.
    """
    return parse_bytes(read_bytes(path, max_bytes=max_bytes), path)


def parse_bytes(data: bytes, path: Path | str) -> Transcript:
    """The transcript of a file's bytes. `path` gives its id, its ending, and a name to fall back on as title.

    Raises TranscriptError as `parse` does.
    """
    path = Path(path)
    text = decode(data, path)
    form = detect(text, path)
    return assemble(form.parse(text, path), path=path, identity=_identity(data, path), form=form.name)


def _identity(data: bytes, path: Path) -> str:
    """The id of a transcript, from its place and its content: the same file twice is the same transcript."""
    place = str(path.resolve()).encode("utf-8", "surrogateescape")
    return hashlib.sha256(place + b"\0" + hashlib.sha256(data).hexdigest().encode()).hexdigest()[:16]
