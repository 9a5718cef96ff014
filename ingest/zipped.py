"""ZIP files opened with care: how many entries there may be, how large each may get, what holds none of ours.

Used for archives of transcripts and for Word documents, which are ZIP files too. Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ingest.errors import BinaryFile, Malformed, TooLarge, TranscriptError, Unreadable

MOST_ENTRIES = 20_000
_MOST_RATIO = 200
_SMALL = 1024 * 1024
_MIB = 1024 * 1024
_LONGEST_DIRECTORY = MOST_ENTRIES * 300
_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_BIG_END = b"PK\x06\x07"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_AGAIN = "Pack it again, or give the unpacked files."
_BY_TYPE = {"application/epub": "an EPUB book"}
_BY_FOLDER = {
    "word/": "a Word document",
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint presentation",
    "_rels/": "an Office document",
}


def open_zip(source: bytes | Path, path: Path | str) -> zipfile.ZipFile:
    """The opened ZIP file. `path` is named in errors.

    Raises Malformed (broken, or cut off), TooLarge (too many entries) and Unreadable.
    """
    try:
        file: BinaryIO = BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        try:
            _refuse_crowds(file, path)
            return zipfile.ZipFile(file)
        except (*_BROKEN, TranscriptError):
            file.close()
            raise
    except _BROKEN as error:
        raise Malformed(path, f"is a ZIP file that cannot be read ({_reason(error)}).", _AGAIN) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unreadable(path, f"cannot be read ({reason}).", "Check its name and who may read it.") from error


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path | str, *, max_bytes: int) -> bytes:
    """The bytes of an entry. `path` is named in errors.

    Raises TooLarge (unpacked it would be over `max_bytes`, or suspiciously much for its size), BinaryFile (a link,
    encrypted, or packed in a way we do not read) and Malformed.
    """
    _refuse_odd(info, path, max_bytes)
    try:
        with archive.open(info) as file:
            return file.read(max_bytes + 1)
    except (*_BROKEN, OSError) as error:
        cause = f"cannot be unpacked ({_reason(error)})."
        raise Malformed(path, cause, _AGAIN) from error


def _refuse_odd(info: zipfile.ZipInfo, path: Path | str, max_bytes: int) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise BinaryFile(path, "is encrypted with a password.", "Unpack it with the password and give the files.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise BinaryFile(path, "is a link to another file, which is not followed.", "Pack the file itself.")
    if info.compress_type not in _METHODS:
        raise BinaryFile(path, f"is packed with method {info.compress_type}, which is not read.", _AGAIN)
    if info.file_size > max_bytes:
        cause = f"is {info.file_size / _MIB:,.1f} MiB unpacked; the limit is {max_bytes / _MIB:,.0f} MiB."
        raise TooLarge(path, cause, "Split it into one file for each broadcast.")
    if is_bomb(info.compress_size, info.file_size):
        cause = f"unpacks to {info.file_size // max(1, info.compress_size)} times its size, as no transcript does."
        raise TooLarge(path, cause, _AGAIN)


def document_in(source: bytes | Path, path: Path | str) -> str | None:
    """What a ZIP file is when it is one document and no archive of files: "a Word document", "an EPUB book".

    None when it is an archive. Raises TranscriptError when it cannot be opened.
    """
    with open_zip(source, path) as archive:
        names = set(archive.namelist())
        if "mimetype" in names:
            stated = read_entry(archive, archive.getinfo("mimetype"), path, max_bytes=_SMALL).split(b"+")[0]
            return _BY_TYPE.get(stated.decode("latin-1").strip(), "an OpenDocument file")
    office = "[Content_Types].xml" in names
    folders = {name.partition("/")[0] + "/" for name in names} if office else frozenset[str]()
    return next((kind for folder, kind in _BY_FOLDER.items() if folder in folders), None)


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so many bytes made of so few are no text: words shrink to a fifth, the dullest captions to a fiftieth."""
    return unpacked > _SMALL and unpacked > _MOST_RATIO * packed


def _refuse_crowds(file: BinaryIO, path: Path | str) -> None:
    """Looks at the end of the file first: the list of a million entries would fill the memory before it is counted."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - _LONGEST_COMMENT - _END_BYTES))
    tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_BYTES:
        raise zipfile.BadZipFile("its end is missing")
    entries, directory = struct.unpack("<HI", tail[place + 10 : place + 16])
    file.seek(0)
    if entries > MOST_ENTRIES or directory > _LONGEST_DIRECTORY or _BIG_END in tail[max(0, place - 20) : place]:
        raise TooLarge(path, f"holds more than {MOST_ENTRIES:,} files.", "Unpack it and give the folder.")


def _reason(error: BaseException) -> str:
    return str(error).lower().strip(".") or type(error).__name__
