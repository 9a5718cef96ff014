"""One gzip layer taken off a file, with a bound on what comes out. What is inside is looked at by the callers."""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO
from pathlib import Path

from ingest.errors import EmptyFile, Malformed, TooLarge
from ingest.zipped import is_bomb

_MIB = 1024 * 1024
_MOST_PARTS = 1000


def gunzip(data: bytes, path: Path | str, *, max_bytes: int) -> bytes:
    """The bytes in a gzip file, at most `max_bytes` of them. `path` is named in errors.

    Raises TooLarge, EmptyFile and Malformed (cut off, or broken).
    """
    if data.count(b"\x1f\x8b\x08") > _MOST_PARTS + len(data) // 1000:
        raise TooLarge(path, "is a gzip file of a great many parts.", "Unpack it and give the files.")
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as file:
            inner = file.read(max_bytes + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        cause = f"is a gzip file that cannot be unpacked ({str(error).lower()})."
        raise Malformed(path, cause, "Pack it again, or give the unpacked file.") from error
    if len(inner) > max_bytes or is_bomb(len(data), len(inner)):
        cause = f"unpacks to {'more than ' * (len(inner) > max_bytes)}{min(len(inner), max_bytes) / _MIB:,.0f} MiB."
        raise TooLarge(path, cause, "Split it into one file for each broadcast.")
    if not inner:
        raise EmptyFile(path, "is a gzip file with nothing in it.", "Give a file that has words in it.")
    return inner


def inner_name(path: Path) -> Path:
    """The name of what is inside: "talk.srt.gz" holds talk.srt."""
    return path.with_suffix("") if path.suffix.lower() == ".gz" and path.stem.strip(".") else path
