"""Files that hold many transcripts, one after another: ZIP archives, and JSON lines, JSON lists and tables of them.

Streams: of a file of any size one transcript is in memory. What is in them is left to `ingest.formats`.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from ingest.containers import LeftOut, Member, members
from ingest.errors import Malformed, TranscriptError, Unreadable
from ingest.formats import VERSION, parse_bytes
from ingest.formats.bulk import SUFFIXES, Record, bulk_kind, columns_of, read_bulk, transcript_of
from ingest.formats.document import Metadata
from ingest.formats.source import read_head
from ingest.gzipped import inner_name
from ingest.magic import HEAD, kind_of
from ingest.outcomes import Failure, Skipped
from ingest.transcript import Transcript

_HEAD = 1 << 20
_LISTS = frozenset((".json",))
_BROKEN = (gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Source:
    """One transcript to be: where it is, the hash of what it is made from, and how to read it.

    `parse` takes what is stated about it elsewhere, and may raise TranscriptError.
    """

    place: str
    content_sha256: str
    parse: Callable[[Metadata], Transcript]


def columns_in(path: Path, chosen: Mapping[str, str]) -> Mapping[str, str]:
    """Which of our columns the file's columns are, if it is a file of records; empty for any other file.

    A file whose ending says so is one, whatever it holds, so that reading it tells what is missing. Raises Unreadable.
    """
    suffix = inner_name(path).suffix.lower()
    if suffix not in SUFFIXES | _LISTS:
        return {}
    head = _head(path)
    if suffix in SUFFIXES or bulk_kind(head, inner_name(path)):
        return {**columns_of(head, inner_name(path)), **chosen} or {"text": ""}
    return {}


def records(path: Path, columns: Mapping[str, str]) -> Iterator[Source | Failure]:
    """The transcripts of a file of records. Raises TranscriptError when it is none."""
    with _opened(path) as file:
        yield from _records(file, path, columns)


def entries(path: Path, columns: Mapping[str, str]) -> Iterator[Source | Failure | Skipped]:
    """The transcripts of a ZIP archive, files of records in it included. Raises TranscriptError when it is none."""
    for found in members(path):
        if isinstance(found, TranscriptError):
            yield Failure(found.path, found)
        elif isinstance(found, LeftOut):
            yield Skipped(str(found.place))
        elif found.place.suffix.lower() in SUFFIXES:
            yield from _inner_records(found, columns)
        else:
            sha256 = hashlib.sha256(found.data).hexdigest()
            yield Source(str(found.place), sha256, partial(parse_bytes, found.data, found.place))


def _inner_records(member: Member, columns: Mapping[str, str]) -> Iterator[Source | Failure]:
    try:
        yield from _records(BytesIO(member.data), member.place, columns)
    except TranscriptError as error:
        yield Failure(str(member.place), error)


def _records(file: BinaryIO, path: Path, columns: Mapping[str, str]) -> Iterator[Source | Failure]:
    for found in read_bulk(file, path, columns):
        if isinstance(found, Record):
            place = f"{path}#{found.key}"
            yield Source(place, f"{found.sha256} {VERSION}", partial(transcript_of, found, path))
        else:
            yield Failure(f"{path}:{found.line}" if found.line else str(path), found)


def _head(path: Path) -> str:
    with _opened(path) as file:
        data = file.read(_HEAD)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8-sig", "replace")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked where it is a gzip file. Raises Unreadable, and Malformed for a broken gzip file."""
    kind = kind_of(read_head(path, HEAD))
    packed = kind is not None and kind.family == "gzip"
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            yield cast("BinaryIO", file)
    except _BROKEN as error:
        cause = f"is a gzip file that cannot be unpacked ({str(error).lower()})."
        raise Malformed(path, cause, "Pack it again, or give the unpacked file.") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unreadable(path, f"cannot be read ({reason}).", "Check its name and who may read it.") from error
