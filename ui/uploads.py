"""Files that are put in through the page: kept beside the archive, ingested by `ingest.sync`, told one by one.

The archive knows a transcript by where its file lies, so each upload gets a lasting place: `uploads/` in the archive's
folder. A file of the same name with other content is kept beside the first; nobody's transcript is written over.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from ingest.archive import Archive
from ingest.errors import ArchiveMissing, StorageError, Unreadable
from ingest.outcomes import Failure
from ingest.report import IngestReport
from ingest.rows import Entry
from ingest.sync import Progress, open_any, sync
from ingest.sync import remove as take_out

FOLDER = "uploads"


@dataclass(frozen=True, slots=True)
class Put:
    """What became of one file: `name` as it was uploaded, `outcome` in a word or two, `detail` a sentence or none."""

    name: str
    outcome: str
    detail: str = ""


def put_in(files: Sequence[Path], folder: Path, progress: Callable[[Progress], None]) -> tuple[Put, ...]:
    """Ingests the files, each from its lasting place. Raises ArchiveError where the archive cannot be written."""
    names = {_kept(file, folder / FOLDER): file.name for file in files}
    report = sync([*names], folder, embedder=_embedder(folder), progress=progress)
    failed = {failure.path for failure in report.failed}
    for path in names:
        if str(path) in failed and not _is_held(path, folder):
            path.unlink(missing_ok=True)
    return tuple(_outcomes(names, report))


def remove(transcript_id: str, folder: Path) -> Entry:
    """Takes a transcript out, and with it its file where that was uploaded. Raises UnknownTranscript, ArchiveError."""
    entry = take_out(transcript_id, folder)
    place = Path(entry.place)
    if place.parent == (folder / FOLDER).resolve():
        place.unlink(missing_ok=True)
    return entry


def _embedder(folder: Path) -> str:
    with open_any(folder) as store:
        return store.stamps()["embedder"]


def _is_held(path: Path, folder: Path) -> bool:
    try:
        with Archive.open(folder, embedder=None) as store:
            return str(path) in store.places() or bool(store.places_in(str(path)))
    except ArchiveMissing:
        return False


def _kept(file: Path, folder: Path) -> Path:
    """Where the upload lies from now on. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = next(each for each in _free(folder, file) if not each.exists() or _same(each, file))
        if not place.exists():
            shutil.copyfile(file, place)
    except OSError as error:
        raise StorageError(f"{file.name} could not be kept in {folder}: {error.strerror or error}.") from error
    return place.resolve()


def _free(folder: Path, file: Path) -> Iterator[Path]:
    name = file.name.lstrip(".") or "transcript.txt"
    stem, dot, ending = name.partition(".")
    yield folder / name
    yield from (folder / f"{stem} ({number}){dot}{ending}" for number in count(2))


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and _sha256(one) == _sha256(other)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _outcomes(names: dict[Path, str], report: IngestReport) -> Iterator[Put]:
    mended = {each.path: " ".join(each.repairs) for each in report.mended}
    words = {"added": "Added", "updated": "Brought up to date", "unchanged": "Here already", "skipped": "Left out"}
    for kind, outcome in words.items():
        for path in getattr(report, kind):
            yield Put(_called(path, names), outcome, mended.get(path, ""))
    for failure in report.failed:
        yield Put(_called(failure.path, names), "Not read", _why(failure))


def _called(path: str, names: dict[Path, str]) -> str:
    """The name as uploaded; for one of many in a file, that file and the rest: "news.zip/a.txt"."""
    for place, name in names.items():
        if path.startswith(str(place)):
            kept = "" if place.name == name else f" (kept as {place.name})"
            return name + path[len(str(place)) :] + kept
    return Path(path).name


def _why(failure: Failure) -> str:
    error = failure.error
    line = f"Line {error.line}: " if error.line else ""
    cause = "It could not be opened." if isinstance(error, Unreadable) else error.cause
    return f"{line}{cause[:1].upper()}{cause[1:]} {error.remedy}".strip()
