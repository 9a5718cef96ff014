"""A question set's files, read with care: regular files only, and never more of one than the limits say at a time."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import BinaryIO

from rag.errors import QuestionSetError

MAX_LINE = 10_000_000
MAX_DOCUMENT = 256 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end, numbered from 1. `problem` says why there is no text, "" where there is."""

    number: int
    text: str
    problem: str = ""


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError as error:
        raise QuestionSetError(path, 0, f"cannot be read ({_reason(error)}); check its name") from error
    except ValueError as error:
        raise QuestionSetError(repr(str(path)), 0, f"is no file name ({error})") from error


def is_folder(path: Path) -> bool:
    """Whether a folder is there. Raises QuestionSetError where nothing is, or nothing we may look at."""
    return stat.S_ISDIR(_mode(path))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The regular file, open for reading bytes. Raises QuestionSetError where it is none, such as a pipe."""
    mode = _mode(path)
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a device or a pipe"
        raise QuestionSetError(path, 0, f"is {kind}, not a file")
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise QuestionSetError(path, 0, f"cannot be read ({_reason(error)}); check who may read it") from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def head(path: Path) -> str:
    """The first MiB as text, and at least the first line where that may be read; without a byte order mark.

    A character cut in two at the end is left out. Raises QuestionSetError where the file is empty or is not UTF-8 text
    from the start.
    """
    with opened(path) as file:
        start = file.read(_MIB)
        if b"\n" not in start:
            start += file.readline(MAX_LINE - len(start))
    if start.startswith(_UTF_16):
        raise QuestionSetError(path, 0, 'is UTF-16; save it as UTF-8 (in a spreadsheet: "CSV UTF-8")')
    if b"\0" in start.partition(b"\n")[0]:
        raise QuestionSetError(path, 1, "has a NUL byte in it, so it is no text; a question set is a text file")
    text = start.removeprefix(_BOM).decode("utf-8", "ignore")
    if not text.strip():
        raise QuestionSetError(path, 0, "holds no questions: it is empty")
    return text


def lines(path: Path) -> Iterator[Line]:
    """Every line in order, blank ones too. One that is too long, not UTF-8 or has a NUL byte comes with its problem.

    A byte order mark is dropped before any line: files with one may have been put together.
    """
    with opened(path) as file:
        for number in count(1):
            raw = file.readline(MAX_LINE + 1)
            if not raw:
                return
            if len(raw) > MAX_LINE:
                _skip_line(file, raw)
                yield Line(number, "", f"is longer than {MAX_LINE // 1_000_000} MB")
            else:
                yield _decoded(number, raw.removeprefix(_BOM))


def _skip_line(file: BinaryIO, last: bytes) -> None:
    while last and not last.endswith(b"\n"):
        last = file.readline(MAX_LINE)


def _decoded(number: int, raw: bytes) -> Line:
    if b"\0" in raw:
        return Line(number, "", "has a NUL byte in it, so it is no text")
    try:
        return Line(number, raw.decode("utf-8").removesuffix("\n").removesuffix("\r"))
    except UnicodeDecodeError as error:
        return Line(number, "", f"is not UTF-8 (byte 0x{raw[error.start]:02X}); save the file as UTF-8")


def whole(path: Path, limit: int = MAX_DOCUMENT) -> bytes:
    """All bytes but a byte order mark. Raises QuestionSetError where there are more than `limit`."""
    with opened(path) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        cause = f"is larger than {limit // _MIB} MiB, more than is held at once; bring it as JSONL, one question a line"
        raise QuestionSetError(path, 0, cause)
    return data.removeprefix(_BOM)


def digest(files: Sequence[Path]) -> str:
    """The SHA-256 of a file, in hexadecimal; of several, that of their names and digests."""
    sums = [_digest(each) for each in files]
    if len(sums) == 1:
        return sums[0]
    listed = "".join(f"{each.name}\0{found}\n" for each, found in zip(files, sums, strict=True))
    return hashlib.sha256(listed.encode("utf-8", "surrogateescape")).hexdigest()


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with opened(path) as file:
        while block := file.read(_MIB):
            found.update(block)
    return found.hexdigest()
