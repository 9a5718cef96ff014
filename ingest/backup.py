"""Backups of an archive, taken and put back while it is in use.

A backup is one SQLite file with all that is true; the indexes are derived from it and built when it is put back. Other
programs go on reading all the while: they see the archive as it was, then the one that was put back, never a mixture.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import uuid4

from ingest.archive import FILE, Archive
from ingest.building import KINDS
from ingest.errors import ArchiveDamaged, ArchiveError, ArchiveMismatch, ArchiveMissing, StorageError
from ingest.index import Index
from ingest.lock import write_lock
from ingest.schema import READABLE

_ENDS = ("-wal", "-shm", "-journal")
_RESTORING = "restoring.sqlite3"


@dataclass(frozen=True, slots=True)
class Copied:
    """What is in a backup that was taken or put back, and where it is."""

    path: Path
    transcripts: int
    passages: int


def backup(archive: Path | str, path: Path | str) -> Copied:
    """Copies the archive as it is at one moment into the file, which is replaced once the copy is complete and sound.

    Raises ArchiveMissing, ArchiveDamaged where what is to be copied is not sound, StorageError when the disk refuses.
    """
    target = Path(path).expanduser().resolve()
    with Archive.open(archive, embedder=None) as store:
        if target.is_relative_to(store.folder):
            raise StorageError(f"{target} is in the archive's own folder. A backup belongs somewhere else.")
        with _refusals(target), _passing(target.with_name(f".{target.name}.new")) as fresh:
            with closing(sqlite3.connect(fresh)) as copy:
                store.db.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            counts = _looked_through(fresh, store.path)
            fresh.replace(target)
    return Copied(target, *counts)


def restore(archive: Path | str, path: Path | str) -> Copied:
    """Puts the backup in the place of whatever the archive's folder holds, in one step once its indexes are built.

    A database that does not read is put aside, not deleted. Raises StorageError, ArchiveDamaged or ArchiveMismatch
    where the file is no backup that can be used, ArchiveLocked.
    """
    source, folder = Path(path).expanduser().resolve(), Path(archive).expanduser().resolve()
    if not source.is_file():
        raise StorageError(f"There is no backup {source}. Name a file that onrecord backup has written.")
    counts = _looked_through(source, source)
    with write_lock(folder), _refusals(folder), _passing(folder / _RESTORING) as fresh:
        before = _live(folder)
        with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(fresh)) as copy:
            held.backup(copy)
            copy.execute("PRAGMA journal_mode = WAL")
            _make_it_another(copy, before)
        with Archive.open(folder, embedder=None, file=_RESTORING) as restored:
            index = Index(restored)
            with restored.writing():
                index.rebuild()
            with closing(sqlite3.connect(folder / FILE, timeout=30)) as live:
                restored.db.backup(live)
            index.close()
        with Archive.open(folder, embedder=None) as live_archive:
            index = Index(live_archive)
            index.settle_in()
            index.close()
    return Copied(folder, *counts)


def _live(folder: Path) -> dict[str, str]:
    """What the archive that is there records of itself. One that does not read is put aside."""
    try:
        with Archive.open(folder, embedder=None) as store:
            if store.db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                return store.stamps()
    except ArchiveMissing:
        return {}
    except (ArchiveError, sqlite3.DatabaseError):
        pass
    aside = next(path for number in count(1) if not (path := folder / f"{FILE}.damaged-{number}").exists())
    (folder / FILE).rename(aside)
    for end in _ENDS:
        (folder / f"{FILE}{end}").unlink(missing_ok=True)
    return {}


def _make_it_another(copy: sqlite3.Connection, before: Mapping[str, str]) -> None:
    """Gives the copy an id of its own, since what it is a copy of may go on, and has it come after what was there.

    The indexes in use are named as they were, so that its own are built in the other places.
    """
    [own] = copy.execute("SELECT coalesce(max(value), '0') FROM meta WHERE key = 'generation'").fetchone()
    latest = max(int(own), int(before.get("generation", 0))) + 1
    stamps = {"id": uuid4().hex, "generation": str(latest), "indexes": before.get("indexes", " ".join(KINDS))}
    copy.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", stamps.items())
    copy.commit()


def _looked_through(path: Path, named: Path) -> tuple[int, int]:
    """The numbers of transcripts and passages in the file, which is a sound archive of a layout that is known."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            [(found,), *_] = db.execute("PRAGMA integrity_check(1)")
            layout = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0]
            counts = db.execute("SELECT (SELECT count(*) FROM transcripts), (SELECT count(*) FROM passages)").fetchone()
    except sqlite3.OperationalError as error:
        raise ArchiveDamaged(f"{named} is no backup of an archive ({error}).") from error
    except (sqlite3.DatabaseError, TypeError) as error:
        raise ArchiveDamaged(f"{named} is damaged, or no backup of an archive ({error}).") from error
    if found != "ok":
        raise ArchiveDamaged(f"{named} is damaged ({found}). Use an earlier backup; see also: onrecord doctor")
    if layout not in READABLE:
        raise ArchiveMismatch(
            f"{named} has layout {layout}. Use the version of onrecord that wrote it, or a later one."
        )
    return int(counts[0]), int(counts[1])


@contextmanager
def _passing(path: Path) -> Iterator[Path]:
    """A file that is there for a while; whatever is left of it is deleted."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _delete(path)
    try:
        yield path
    finally:
        _delete(path)


def _delete(path: Path) -> None:
    for end in ("", *_ENDS):
        path.with_name(path.name + end).unlink(missing_ok=True)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise StorageError(f"{path} could not be written: {error}. Nothing was changed.") from error
