"""Writes a text file whole or not at all: beside its place first, then into it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rag.errors import ResultsError


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A file to write UTF-8 into, which takes the place of `path` once the block ends well and is gone otherwise.

    Raises ResultsError where the folder or the disk does not take it.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        if error.filename not in (None, str(part)):
            raise
        raise ResultsError(path, f"it cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
