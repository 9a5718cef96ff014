"""A ZIP archive of transcripts, member by member: each becomes a file of its own, "archive.zip/folder/name.txt".

One member at a time is in memory, nothing is written to disk, and bounds are checked before they are reached. What the
members are is left to `ingest.formats`.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ingest.errors import BinaryFile, Malformed, TooLarge, TranscriptError
from ingest.formats import SUFFIXES
from ingest.formats.bulk import SUFFIXES as BULK
from ingest.formats.source import MAX_BYTES
from ingest.magic import HEAD, kind_of
from ingest.zipped import document_in, open_zip, read_entry

MOST_TOTAL_BYTES = 1024 * 1024 * 1024
_PACKED = (".gz", ".zip", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz")
_UTF8 = 0x800
_LONGEST_NAME = 1000


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. `place` is where it is said to be: the archive's path and its name inside."""

    place: Path
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file in an archive that was not unpacked, for its ending says that it is no transcript."""

    place: Path


class _Limits(NamedTuple):
    """The most bytes that one member may have, and all that are still to come."""

    each: int
    left: int


Found = Member | LeftOut | TranscriptError


def is_archive(path: Path) -> bool:
    """Whether the file is a ZIP archive of files, and neither a Word document nor another one packed that way.

    False also of a file that cannot be read: reading it will say why.
    """
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD))
        return kind is not None and kind.family == "zip" and document_in(path, path) is None
    except (OSError, ValueError, TranscriptError):
        return False


def members(archive: Path, *, max_bytes: int = MAX_BYTES, most_bytes: int = MOST_TOTAL_BYTES) -> Iterator[Found]:
    """The files in the ZIP archive, in its order. What is wrong with one comes in its place and stops no other.

    Folders are passed over, and so is what a folder hides (names with a leading dot, __MACOSX). Archives within the
    archive are refused, and so is all that comes after `most_bytes` have been unpacked. Raises TranscriptError when the
    archive itself cannot be read.
    """
    with open_zip(archive, archive) as opened:
        seen: set[Path] = set()
        for info in opened.infolist():
            name = _name(info)
            if name.endswith("/") or _is_hidden(name):
                continue
            limits = _Limits(max_bytes, most_bytes)
            found = _found(opened, info, archive, seen, limits)
            if isinstance(found, Member):
                seen.add(found.place)
                most_bytes -= len(found.data)
            yield found


def _found(opened: zipfile.ZipFile, info: zipfile.ZipInfo, archive: Path, seen: set[Path], limits: _Limits) -> Found:
    try:
        place = _place(archive, _name(info), seen)
        suffix = place.suffix.lower()
        if suffix not in SUFFIXES | BULK and suffix not in _PACKED:
            return LeftOut(place)
        if info.file_size > limits.left:
            raise TooLarge(place, "comes after more than an archive may hold.", "Make several archives of it.")
        data = read_entry(opened, info, place, max_bytes=limits.each)
        _refuse_nested(data, place)
    except TranscriptError as error:
        return error
    return Member(place, data)


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: unmarked ones are UTF-8 more often than the code page 437 that the format asks for."""
    name = info.filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in name.split("/"))


def _place(archive: Path, name: str, seen: set[Path]) -> Path:
    """Where the member is said to be. Raises Malformed when its name leads out of the archive or comes twice."""
    parts = PurePosixPath(name).parts
    odd = name.startswith("/") or ".." in parts or ":" in name[1:2] or any(char < " " for char in name)
    if odd or len(name) > _LONGEST_NAME or not parts:
        cause = f"holds a file with the name {name[:80]!r}, which leads out of the archive or is no name."
        raise Malformed(archive, cause, "Pack it again.")
    place = archive.joinpath(*parts)
    if place in seen:
        raise Malformed(place, "is in the archive twice.", "Take one of them out.")
    return place


def _refuse_nested(data: bytes, place: Path) -> None:
    kind = kind_of(data)
    family = kind.family if kind else ""
    if kind and (family in ("archive", "gzip") or (family == "zip" and document_in(data, place) is None)):
        raise BinaryFile(place, f"is {kind.name} inside an archive.", "Unpack it and put the files in one archive.")
