"""Which files a person meant: the files named, and in folders whatever looks like a transcript by its ending."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import TranscriptError, Unreadable
from ingest.formats import SUFFIXES


@dataclass(frozen=True, slots=True)
class Found:
    """Files to read, files of a folder left out for their ending, and places that could not be looked into."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]
    failed: tuple[TranscriptError, ...]


def discover(paths: Sequence[Path | str]) -> Found:
    """The files under the paths, each once, in order. Hidden files and folders are left out of folders."""
    files: dict[Path, None] = {}
    skipped: list[Path] = []
    failed: list[TranscriptError] = []
    for path in (Path(each).expanduser() for each in paths):
        if not path.is_dir():
            files[path.resolve()] = None
            continue
        for file in _walk(path.resolve(), failed):
            if file.suffix.lower() in SUFFIXES:
                files[file] = None
            else:
                skipped.append(file)
    return Found(tuple(files), tuple(skipped), tuple(failed))


def _walk(folder: Path, failed: list[TranscriptError]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        cause = f"cannot be looked into ({error.strerror})."
        failed.append(Unreadable(error.filename or folder, cause, "Check who may read it."))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent) / name for name in sorted(names) if not name.startswith("."))
