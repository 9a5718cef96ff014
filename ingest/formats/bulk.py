"""Archives in bulk: one file of JSON lines, a JSON list or CSV that holds many transcripts, with their facts beside.

Each record gives a text, read by the ordinary text formats, and facts that win over what the text's own header
says. A record may also be a whole JSON transcript of a speech-to-text service. Which column means what is
guessed from the names, shown with `columns_of`, and overridden by the caller. Nothing is stored here.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from ingest.errors import EmptyFile, Malformed, TranscriptError, UnknownFormat
from ingest.formats import read_text
from ingest.formats.assemble import assemble
from ingest.formats.bulk_rows import Found, Row, csv_rows, json_lines, json_list
from ingest.formats.bulk_shape import SUFFIXES, bulk_kind, columns_of, holds_transcripts, shape_of
from ingest.formats.columns import SYNONYMS, facts_of, guess_columns
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.json_text import clean_json
from ingest.formats.machine import transcribed
from ingest.formats.machine.tree import Node
from ingest.formats.markup import is_marked_up, plain_text
from ingest.formats.source import MAX_BYTES
from ingest.text import decode_telling
from ingest.transcript import Transcript

__all__ = ["SUFFIXES", "Record", "bulk_kind", "columns_of", "read_bulk", "transcript_of"]

_CHUNK = 1 << 20
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_LONGEST_ID = 200
_ORIGIN = "columns"
_SAY = "Say which column is the text, for instance text=body."
_EXPORT = "Export it as one of these, with a column of text."
_KINDS = {"jsonl": json_lines, "json": json_list, "csv": csv_rows}


@dataclass(frozen=True, slots=True)
class Record:
    """One transcript of an archive.

    `line` is where it begins, `key` what tells it from the others: its id, or its line where it has none or the
    id stood before. `metadata` is what the columns state, `text` the column of text ("" where the record is a
    JSON transcript), `document` what was read from it, facts included, `form` the format, `sha256` of all of it.
    """

    line: int
    key: str
    metadata: Metadata
    text: str = field(repr=False)
    document: Document = field(repr=False)
    form: str
    sha256: str


def read_bulk(
    source: BinaryIO | Iterable[str], path: Path | str, columns: Mapping[str, str] | None = None
) -> Iterator[Record | TranscriptError]:
    """The records of an archive, in order, each as soon as it is read; an error stands for one that cannot be.

    `source` is an open file of bytes, or its text in pieces. `columns` overrides the guess: {"text": "body"}.
    Raises Malformed when `columns` names a column we do not have, UnknownFormat when the file is no archive of
    transcripts.
    """
    path, chosen = Path(path), dict(columns or {})
    unknown = next((column for column in chosen if column not in SYNONYMS), None)
    if unknown is not None:
        raise Malformed(path, f"has no meaning for a column of {unknown!r}.", f"Columns are {', '.join(SYNONYMS)}.")
    pieces = _pieces(source)
    head = _head(pieces)
    shape = shape_of(head, path)
    if shape is None:
        raise UnknownFormat(path, "is no archive: neither JSON lines, a JSON list of objects nor CSV.", _EXPORT)
    if "text" not in chosen and not holds_transcripts(shape, path):
        names = ", ".join(clean_json(name[:40]) for name in list(shape.first)[:12])
        raise UnknownFormat(path, f"has records with the columns {names}, none of which looks like the text.", _SAY)
    whole = chain([head.lstrip("\ufeff")], pieces)
    return _records(_KINDS[shape.kind](whole if shape.kind == "json" else _whole_lines(whole), path), path, chosen)


def transcript_of(record: Record, path: Path | str, stated: Metadata = NOTHING) -> Transcript:
    """The transcript of a record of the archive at that path; its id comes from its place and its content.

    The name of the archive is no title for any of its records; a record's id may be. `stated` is known from elsewhere
    and wins over the columns. Raises EmptyFile.
    """
    place = f"{Path(path).resolve()}#{record.key}".encode("utf-8", "surrogateescape")
    identity = hashlib.sha256(place + b"\0" + record.sha256.encode()).hexdigest()[:16]
    document = _told(record, Path(path), stated)
    return assemble(document, path=Path(record.key), identity=identity, form=record.form)


def _told(record: Record, path: Path, stated: Metadata) -> Document:
    """The record's document; read again where a title stated elsewhere may tell who speaks in its text."""
    if record.text and stated.title:
        read = read_text(record.text, path.with_suffix(".txt"), stated.or_else(record.metadata)).document
        return replace(read, mended=record.document.mended)
    return replace(record.document, metadata=stated.or_else(record.document.metadata))


def _records(rows: Iterable[Found], path: Path, chosen: Mapping[str, str]) -> Iterator[Record | TranscriptError]:
    seen: set[int] = set()
    for row in rows:
        if isinstance(row, TranscriptError):
            yield row
            continue
        try:
            record = _record(row, path, chosen)
        except TranscriptError as error:
            yield type(error)(path, error.cause, error.remedy, row.line)
            continue
        key = hash(record.key)
        yield replace(record, key=str(row.line)) if key in seen else record
        seen.add(key)


def _record(row: Row, path: Path, chosen: Mapping[str, str]) -> Record:
    absent = next((name for name in chosen.values() if name not in row.values), None)
    if absent is not None:
        names = ", ".join(clean_json(name[:40]) for name in list(row.values)[:12])
        raise Malformed(path, f"has a record without the column {absent!r}.", f"It has {names}.")
    columns = {**guess_columns(row.values), **chosen}
    stated = facts_of(row.values, columns).told_by(_ORIGIN)
    text, document, form = _read(row, columns, stated, path, written="text" in chosen)
    if not any(speech.text.strip() for speech in document.speeches):
        raise EmptyFile(path, "has a record in which nobody says anything.", "Take it out, or leave it.")
    whole = json.dumps(row.values, sort_keys=True)
    sha256 = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return Record(row.line, _key(row, columns), stated, text, document, form, sha256)


def _read(
    row: Row, columns: Mapping[str, str], stated: Metadata, path: Path, *, written: bool
) -> tuple[str, Document, str]:
    heard = None if written else transcribed(Node(row.values, path))
    if heard:
        mended = row.mended + heard.mended
        return "", replace(heard, metadata=stated.or_else(heard.metadata), mended=mended), "json"
    value = row.values.get(columns.get("text", ""))
    if not isinstance(value, str):
        raise Malformed(path, "has a record without text.", _SAY)
    text, mended = decode_telling(clean_json(value).encode(), path)
    text = plain_text(text) if is_marked_up(text) else text
    read = read_text(text, path.with_suffix(".txt"), stated, row.mended + mended)
    return text, read.document, read.form


def _key(row: Row, columns: Mapping[str, str]) -> str:
    value = row.values.get(columns.get("id", ""))
    stated = isinstance(value, str | int) and not isinstance(value, bool)
    key = " ".join(clean_json(str(value)[: _LONGEST_ID + 1]).split()) if stated else ""
    return key if 0 < len(key) <= _LONGEST_ID else str(row.line)


def _pieces(source: BinaryIO | Iterable[str]) -> Iterator[str]:
    read = getattr(source, "read", None)
    return _decoded(read) if read else iter(cast("Iterable[str]", source))


def _head(pieces: Iterator[str]) -> str:
    """The beginning of the text, long enough to tell its shape."""
    found: list[str] = []
    while sum(map(len, found)) < _CHUNK:
        piece = next(pieces, None)
        if piece is None:
            break
        found.append(piece)
    return "".join(found)


def _decoded(read: Callable[[int], bytes]) -> Iterator[str]:
    """The text of the file, a piece at a time; bytes that are no UTF-8 stay to be looked at with their record."""
    first = read(_CHUNK)
    wide = first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")("replace" if wide else "surrogateescape")
    while first:
        yield decoder.decode(first)
        first = read(_CHUNK)
    yield decoder.decode(b"", final=True)


def _whole_lines(pieces: Iterable[str]) -> Iterator[str]:
    """The lines of a text in pieces; of one longer than any transcript only so much that this can be seen."""
    held: list[str] = []
    size = 0
    for piece in chain.from_iterable(_LINES.findall(each) for each in pieces):
        if size <= MAX_BYTES:
            held.append(piece)
        size += len(piece)
        if piece.endswith("\n"):
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)
