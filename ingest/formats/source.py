"""A file's bytes, read with care for what is no readable file: folders, devices, dangling links, giants."""

from __future__ import annotations

import stat
from pathlib import Path

from ingest.errors import TooLarge, Unreadable

MAX_BYTES = 64 * 1024 * 1024
_MIB = 1024 * 1024


def read_bytes(path: Path | str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file. The size is looked at before anything is read.

    Raises Unreadable (no such file, a folder, a device, no permission) and TooLarge (over `max_bytes`).
    """
    path = Path(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(path, "is a folder, not a file.", "Name a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(path, "is a device or a pipe, not a file.", "Save its content to a file first.")
        _refuse_giants(path, status.st_size, max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unreadable(
            path, f"cannot be read ({reason}).", "Check its name and who may read it."
        ) from error
    except ValueError as error:
        raise Unreadable(path, f"is no file name ({error}).", "Check its name.") from error
    _refuse_giants(path, len(data), max_bytes)
    return data


def _refuse_giants(path: Path, size: int, max_bytes: int) -> None:
    if size > max_bytes:
        cause = f"is {size / _MIB:,.1f} MiB; the limit for one transcript is {max_bytes / _MIB:,.0f} MiB."
        raise TooLarge(path, cause, "Split it into one file for each broadcast.")
