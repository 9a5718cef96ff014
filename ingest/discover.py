"""Which files a person meant: the files named, and in folders whatever looks like a transcript by its ending.

In folders, recordings are only read where they can be transcribed, and one beside a transcript of its own name is not:
it would be read twice.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import TranscriptError, Unreadable
from ingest.formats import SUFFIXES
from ingest.formats.bulk import SUFFIXES as BULK
from ingest.formats.recording import SUFFIXES as RECORDINGS
from ingest.gzipped import inner_name
from ingest.transcribe import can_transcribe


@dataclass(frozen=True, slots=True)
class Found:
    """Files to read, files of a folder left out for their ending, and places that could not be looked into.

    `recordings` are those of `skipped` that would be transcribed if this machine were set up for it.
    """

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]
    failed: tuple[TranscriptError, ...]
    recordings: tuple[Path, ...] = ()


def discover(paths: Sequence[Path | str], *, listen: bool | None = None) -> Found:
    """The files under the paths, each once, in order. Hidden files and folders are left out of folders.

    `listen` says whether recordings in folders are files to read; None is whether they can be transcribed here.
    """
    files: dict[Path, None] = {}
    skipped: list[Path] = []
    failed: list[TranscriptError] = []
    for path in (Path(each).expanduser() for each in paths):
        if not path.is_dir():
            files[path.resolve()] = None
            continue
        for file in _walk(path.resolve(), failed):
            if looks_like_transcript(file):
                files[file] = None
            else:
                skipped.append(file)
    unheard = _unheard(files, skipped)
    if can_transcribe() if listen is None else listen:
        files |= dict.fromkeys(unheard)
        unheard, skipped = (), [file for file in skipped if file not in files]
    return Found(tuple(files), tuple(skipped), tuple(failed), tuple(unheard))


def looks_like_transcript(file: Path) -> bool:
    """Whether the ending is one of a format we read, packed with gzip or not, or of a file that holds many."""
    return inner_name(file).suffix.lower() in SUFFIXES | BULK or file.suffix.lower() == ".zip"


def _unheard(files: Iterable[Path], skipped: Sequence[Path]) -> tuple[Path, ...]:
    """The recordings among the files left out that have no transcript beside them."""
    written = {inner_name(file).with_suffix("") for file in files}
    return tuple(file for file in skipped if file.suffix.lower() in RECORDINGS and file.with_suffix("") not in written)


def _walk(folder: Path, failed: list[TranscriptError]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        cause = f"cannot be looked into ({error.strerror})."
        failed.append(Unreadable(error.filename or folder, cause, "Check who may read it."))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent) / name for name in sorted(names) if not name.startswith("."))
