"""A file's bytes, read with care for what is no readable file: folders, devices, dangling links, giants."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from ingest.errors import TooLarge, Unreadable

MAX_BYTES = 64 * 1024 * 1024
_MIB = 1024 * 1024


def read_bytes(path: Path | str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file. The size is looked at before anything is read.

    Raises Unreadable (no such file, a folder, a device, no permission) and TooLarge (over `max_bytes`).
    """
    with _opened(Path(path)) as file:
        _refuse_giants(Path(path), os.fstat(file.fileno()).st_size, max_bytes)
        data = file.read(max_bytes + 1)
    _refuse_giants(Path(path), len(data), max_bytes)
    return data


def read_head(path: Path | str, size: int) -> bytes:
    """The first bytes of a regular file of any size. Raises Unreadable."""
    with _opened(Path(path)) as file:
        return file.read(size)


def digest(path: Path | str) -> str:
    """The SHA-256 of a regular file of any size, in hexadecimal, read piece by piece. Raises Unreadable."""
    with _opened(Path(path)) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_file(path: Path | str) -> bool:
    """Whether there is a regular file; a name that is too long for the system, or no name, is none."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(path, "is a folder, not a file.", "Name a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(path, "is a device or a pipe, not a file.", "Save its content to a file first.")
        with path.open("rb") as file:
            yield file
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unreadable(path, f"cannot be read ({reason}).", "Check its name and who may read it.") from error
    except ValueError as error:
        raise Unreadable(path, f"is no file name ({error}).", "Check its name.") from error


def _refuse_giants(path: Path, size: int, max_bytes: int) -> None:
    if size > max_bytes:
        cause = f"is {size / _MIB:,.1f} MiB; the limit for one transcript is {max_bytes / _MIB:,.0f} MiB."
        raise TooLarge(path, cause, "Split it into one file for each broadcast.")
