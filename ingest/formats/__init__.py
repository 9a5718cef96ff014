"""Files of every format we read to Transcripts: `parse(path)`. One module a format, chosen from a table.

Bytes that say what they are (a PDF, a Word document, a recording) are read by `BINARIES`; a gzip layer is taken off
first. All others are text, and `PARSERS` has its formats: the content decides which a text is, its ending only breaks
ties. Text found inside a page or a document goes through the same formats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ingest.errors import BinaryFile, EmptyFile, TranscriptError, UnknownFormat
from ingest.formats import (
    closed_captions,
    docx,
    html_page,
    labelled,
    machine,
    markdown,
    recording,
    sami,
    script,
    subrip,
    substation,
    subviewer,
    timed_lines,
    ttml,
    webvtt,
)
from ingest.formats.assemble import assemble
from ingest.formats.content import Content
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine import youtube
from ingest.formats.prose import not_prose
from ingest.formats.source import MAX_BYTES, digest, read_bytes, read_head
from ingest.gzipped import gunzip, inner_name
from ingest.magic import HEAD, kind_of
from ingest.mending import entities_in, mend_entities
from ingest.repairs import spelt_entities
from ingest.text import clean, decode_telling
from ingest.transcribe import Transcriber
from ingest.transcript import Transcript

__all__ = [
    "BINARIES",
    "MAX_BYTES",
    "PARSERS",
    "SUFFIXES",
    "VERSION",
    "Binary",
    "Format",
    "detect",
    "parse",
    "parse_bytes",
    "read_bytes",
    "read_text",
]

VERSION = "4"
_CERTAIN = 3
_TEXT = (".txt", ".text")


@dataclass(frozen=True, slots=True)
class Format:
    """A format we read.

    `sniff` says how much a text looks like it: 3 it is, 2 it looks like it, 1 it could be, 0 it is not.
    `parse` is told what was stated about the text elsewhere, which wins and helps to tell who speaks. It may raise
    TranscriptError; it may also find text inside the text, which is then read by the format that it looks like.
    `plain` says that the words stand there as they are, so that an HTML entity among them is a slip.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[str], int]
    parse: Callable[[str, Path, Metadata], Document | Content]
    title: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Binary:
    """A format that is no text, told by how its bytes begin: `family` is the one `ingest.magic` says.

    `read` may raise TranscriptError.
    """

    name: str
    family: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, Path, Metadata], Document | Content]
    title: str


PARSERS = (
    Format("webvtt", (".vtt",), webvtt.sniff, webvtt.parse, "WebVTT"),
    Format("subrip", (".srt",), subrip.sniff, subrip.parse, "SubRip"),
    Format("subviewer", (".sbv",), subviewer.sniff, subviewer.parse, "SubViewer"),
    Format("ttml", (".ttml", ".dfxp"), ttml.sniff, ttml.parse, "TTML"),
    Format("substation", (".ass", ".ssa"), substation.sniff, substation.parse, "SubStation Alpha"),
    Format("sami", (".smi", ".sami"), sami.sniff, sami.parse, "SAMI"),
    Format("timedtext", (".srv3", ".srv2", ".srv1", ".ytt", ".xml"), youtube.sniff, youtube.parse, "YouTube timedtext"),
    Format("json", (".json", ".json3"), machine.sniff, machine.parse, "JSON of speech-to-text services"),
    Format("timed_lines", _TEXT, timed_lines.sniff, timed_lines.parse, "lines with times", plain=True),
    Format("closed_captions", _TEXT, closed_captions.sniff, closed_captions.parse, "closed captions", plain=True),
    Format("labelled", _TEXT, labelled.sniff, labelled.parse, "labelled talk", plain=True),
    Format("script", _TEXT, script.sniff, script.parse, "broadcast script", plain=True),
    Format("html", (".html", ".htm", ".xhtml"), html_page.sniff, html_page.parse, "web pages"),
    Format("markdown", (".md", ".markdown"), markdown.sniff, markdown.parse, "Markdown"),
)


def _read_pdf(data: bytes, path: Path, stated: Metadata) -> Content:
    from ingest.formats import pdf  # pypdf takes a tenth of a second to load, and most files are no PDF

    del stated
    return pdf.read(data, path)


BINARIES = (
    Binary("pdf", "pdf", (".pdf",), _read_pdf, "PDF"),
    Binary("docx", "zip", (".docx", ".docm"), docx.read, "Word"),
    Binary("recording", "recording", (), recording.read, "recordings"),
)
SUFFIXES = frozenset(suffix for table in (PARSERS, BINARIES) for each in table for suffix in each.suffixes)


class Read(NamedTuple):
    """A document and the name of the format it was in."""

    document: Document
    form: str


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
    supported = [each for table in (PARSERS, BINARIES) for each in table if each.suffixes]
    known = ", ".join(dict.fromkeys(f"{each.title} ({each.suffixes[0]})" for each in supported))
    raise UnknownFormat(path, f"is no transcript: it looks like {kind}.", f"Supported are {known}.")


def parse(
    path: Path | str,
    stated: Metadata = NOTHING,
    *,
    max_bytes: int = MAX_BYTES,
    transcriber: Transcriber | None = None,
) -> Transcript:
    """Reads a transcript file; `stated` is known about it from elsewhere and wins.

    A recording may have any size; `transcriber` hears it, or else the one set up here.

    Raises TranscriptError: Unreadable, TooLarge, EmptyFile, BinaryFile, BadEncoding, UnknownFormat or
    Malformed.
    """
    path = Path(path)
    head = read_head(path, HEAD)
    if recording.is_recording(head):
        heard = recording.read_file(path, head, transcriber, stated)
        return assemble(heard, path=path, identity=_identity(digest(path), path), form="recording")
    return parse_bytes(read_bytes(path, max_bytes=max_bytes), path, stated)


def parse_bytes(data: bytes, path: Path | str, stated: Metadata = NOTHING) -> Transcript:
    """The transcript of a file's bytes. `path` gives its id, its ending, and a name to fall back on as title.

    `stated` is known about it from elsewhere and wins, the spelling of a title excepted (see `ingest.metadata`).

    Raises TranscriptError as `parse` does.
    """
    path = Path(path)
    packed = kind_of(data)
    if packed is None or packed.family != "gzip":
        document, form, inner = *_read(data, path, stated), path
    else:
        inner = inner_name(path)
        document, form = _read_packed(gunzip(data, path, max_bytes=MAX_BYTES), inner, path, stated)
    return assemble(document, path=inner, identity=_identity(hashlib.sha256(data).hexdigest(), path), form=form)


def read_text(text: str, path: Path | str, stated: Metadata = NOTHING, mended: tuple[str, ...] = ()) -> Read:
    """The document of a clean text in whatever format it is; `stated` are facts known from elsewhere, which win.

    `mended` tells what was put right in the text before.

    Raises UnknownFormat, Malformed and EmptyFile.
    """
    path = Path(path)
    plain, form = _plain(text, path)
    document = _whole(form.parse(plain, path, stated), path, stated)
    spelt = spelt_entities(entities_in(text)) if plain != text else ()
    return Read(replace(document, mended=mended + spelt + document.mended), form.name)


def _plain(text: str, path: Path) -> tuple[str, Format]:
    """The text, with HTML entities spelt out where it is plain words, and its format."""
    mended = clean(mend_entities(text))
    if mended != text:
        with suppress(UnknownFormat):
            form = detect(mended, path)
            if form.plain:
                return mended, form
    return text, detect(text, path)


def _read(data: bytes, path: Path, stated: Metadata) -> Read:
    kind = kind_of(data)
    form = next((each for each in BINARIES if kind and each.family == kind.family), None)
    if form is None:
        text, mended = decode_telling(data, path)
        return read_text(text, path, stated, mended)
    return Read(_whole(form.read(data, path, stated), path, stated), form.name)


def _whole(read: Document | Content, path: Path, stated: Metadata) -> Document:
    """The document of what was read, and of text inside a page or a document.

    Text inside that text again is nobody's transcript.
    """
    if isinstance(read, Document):
        return read
    return _inside(replace(read, stated=stated.or_else(read.stated)), path)


def _inside(content: Content, path: Path) -> Document:
    if not content.text.strip():
        raise EmptyFile(path, "has no words in it.", "Give a file that has words in it.")
    form = detect(content.text, path)
    read = form.parse(content.text, path, content.stated)
    if isinstance(read, Content):
        raise UnknownFormat(path, f"holds {form.title} as text.", "Give the page or the document itself.")
    return replace(read, metadata=read.metadata.or_else(content.hinted))


def _read_packed(data: bytes, inner: Path, path: Path, stated: Metadata) -> Read:
    """What a gzip file holds; errors name the file that is there. Raises BinaryFile for an archive in the archive."""
    kind = kind_of(data)
    try:
        if kind and kind.family in ("gzip", "archive"):
            raise BinaryFile(path, f"holds {kind.name} inside a gzip archive.", "Unpack it and give the files.")
        return _read(data, inner, stated)
    except TranscriptError as error:
        raise type(error)(path, error.cause, error.remedy, error.line) from error


def _identity(digested: str, path: Path) -> str:
    """The id of a transcript, from its place and its content: the same file twice is the same transcript."""
    place = str(path.resolve()).encode("utf-8", "surrogateescape")
    return hashlib.sha256(place + b"\0" + digested.encode()).hexdigest()[:16]
