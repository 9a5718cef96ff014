"""Looks an archive through, from the database's pages to the last vector, and mends what is derived.

What the truth itself has lost cannot be mended from anything: then it says to restore a copy or ingest the files again.
It reads everything, which takes about as long as reading the archive's files from disk.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import FILE, Archive
from ingest.building import folders, left_over, stamped
from ingest.errors import ArchiveDamaged, ArchiveError
from ingest.index import Index, state_of
from ingest.lock import write_lock
from ingest.passages import VERSION as SPLITTER_VERSION
from ingest.probe import faults_of_vectors
from ingest.seals import Seal
from ingest.words import WordIndex

_BATCH = 2000
_SHOWN = 5
_LOST = "Restore a backup (onrecord restore FILE), or move the archive away and ingest the files again."
_MEND = "What mends it: onrecord doctor --mend"
_REINDEX = "What mends it: onrecord reindex"
_OUTSIDE = """
SELECT DISTINCT t.id FROM turns x JOIN transcripts t ON t.id = x.transcript_id
WHERE x.char_start < 0 OR x.char_end < x.char_start OR x.char_end > length(t.text)
"""
_ASTRAY = """
SELECT DISTINCT t.id FROM passages p JOIN transcripts t ON t.id = p.transcript_id
LEFT JOIN turns a ON a.transcript_id = t.id AND a."index" = p.first_turn
LEFT JOIN turns z ON z.transcript_id = t.id AND z."index" = p.last_turn
WHERE a.char_start IS NULL OR z.char_end IS NULL OR p.char_start < a.char_start OR p.char_end > z.char_end
    OR p.char_end > length(t.text) OR trim(substr(t.text, p.char_start + 1, p.char_end - p.char_start)) = ''
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: where, what, and what a person does about it. `kind` is the index to build again, if that is it.

    What is not `mendable` is no use asking --mend for.
    """

    where: str
    what: str
    remedy: str
    kind: str = ""

    @property
    def mendable(self) -> bool:
        return self.remedy == _MEND


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was looked at, how much there is, what is wrong now and what was mended."""

    folder: str
    transcripts: int
    passages: int
    faults: tuple[Fault, ...]
    mended: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong any more."""
        return not self.faults


def examine(folder: Path | str, *, mend: bool = False) -> Diagnosis:
    """All that is wrong with the archive; with `mend`, what is derived is built again where it needs it.

    Raises ArchiveMissing, ArchiveMismatch for one of a newer version, ArchiveDamaged where the database does not read,
    and with `mend` ArchiveLocked and StorageError.
    """
    with Archive.open(folder, embedder=None) as archive:
        faults = _faults(archive)
        mended = tuple(fault for fault in faults if fault.mendable) if mend else ()
        if mended:
            with write_lock(archive.folder):
                _mend(archive, {fault.kind for fault in mended if fault.kind})
            faults = _faults(archive)
        transcripts, passages = _counted(archive, damaged=bool(faults))
        return Diagnosis(str(archive.folder), transcripts, passages, faults, mended)


def _counted(archive: Archive, *, damaged: bool) -> tuple[int, int]:
    """Transcripts and passages; none of an archive so damaged that they cannot be counted."""
    try:
        return len(archive.places()), archive.passage_count()
    except sqlite3.DatabaseError:
        if damaged:
            return 0, 0
        raise


def _faults(archive: Archive) -> tuple[Fault, ...]:
    """What is wrong with the truth, or where nothing is, with what is derived from it."""
    try:
        for checks in (_OF_FILE, _OF_TRUTH, _OF_DERIVED):
            if found := tuple(fault for check in checks for fault in check(archive)):
                return found
    except sqlite3.DatabaseError as error:
        raise ArchiveDamaged(f"{archive.path} does not read ({error}). {_LOST}") from error
    return ()


def _of_database(archive: Archive) -> Iterator[Fault]:
    """What SQLite itself finds: broken pages, rows that hang on nothing."""
    try:
        found = [str(row[0]) for row in archive.db.execute("PRAGMA integrity_check(20)")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    if found != ["ok"]:
        yield Fault(FILE, f"the database is damaged: {'; '.join(found[:_SHOWN])}.", _LOST)
        return
    if loose := archive.db.execute("PRAGMA foreign_key_check").fetchall():
        tables = ", ".join(sorted({row[0] for row in loose}))
        yield Fault(FILE, f"{len(loose):,} rows of {tables} belong to no transcript.", _LOST)


def _of_stamps(archive: Archive) -> Iterator[Fault]:
    stamps = archive.stamps()
    if lacking := [key for key in ("id", "embedder", "splitter", "schema") if not stamps.get(key)]:
        yield Fault(FILE, f"it does not say its {', '.join(lacking)}.", _LOST)
    elif stamps["splitter"] != SPLITTER_VERSION:
        yield Fault(FILE, f"its passages were cut by splitter {stamps['splitter']}.", _REINDEX)


def _of_texts(archive: Archive) -> Iterator[Fault]:
    """Turns and passages whose offsets do not lie in the text, in the turns they name, or on words."""
    for table, query in (("turns", _OUTSIDE), ("passages", _ASTRAY)):
        if wrong := [row[0] for row in archive.db.execute(query)]:
            yield Fault(FILE, f"{table} of {_some(wrong)} do not lie in their text.", _LOST)
    if waiting := archive.waiting() if archive.layout not in ("1", "2") else 0:
        yield Fault(FILE, f"{waiting:,} transcripts are not cut into passages.", _REINDEX)


def _of_vectors_stored(archive: Archive) -> Iterator[Fault]:
    """Vectors in the archive itself, which the index is made from."""
    sizes = archive.db.execute("SELECT length(vector), count(*) FROM passages GROUP BY 1 ORDER BY 2 DESC").fetchall()
    if len(sizes) > 1 or any(size % 4 or not size for size, _ in sizes):
        found = ", ".join(f"{count:,} of {size // 4}" for size, count in sizes)
        yield Fault(FILE, f"its vectors have different dimensions: {found}.", _REINDEX)


def _of_outbox(archive: Archive) -> Iterator[Fault]:
    if waiting := archive.pending_count():
        yield Fault(FILE, f"{waiting:,} changes have not reached the indexes.", _MEND)


def _of_words(archive: Archive) -> Iterator[Fault]:
    folder = folders(archive)["words"]
    if not (folder.exists() and stamped(archive, folder)):
        yield Fault(folder.name, "the word index is missing or not this archive's.", _MEND, "words")
        return
    if state_of(archive, "words") is Seal.BROKEN:
        yield Fault(folder.name, "files of the word index are damaged.", _MEND, "words")
        return
    try:
        index = WordIndex(folder)
        ids = archive.passage_ids()
        held = sum(index.held(ids[first : first + _BATCH]) for first in range(0, len(ids), _BATCH))
    except (ArchiveError, ValueError, OSError) as error:
        yield Fault(folder.name, f"the word index does not read ({error}).", _MEND, "words")
        return
    if not len(index) == held == len(ids):
        what = f"the word index has {held:,} of {len(ids):,} passages and {len(index) - held:,} others."
        yield Fault(folder.name, what, _MEND, "words")


def _of_vectors(archive: Archive) -> Iterator[Fault]:
    folder = folders(archive)["chroma"]
    if not (folder.exists() and stamped(archive, folder)):
        yield Fault(folder.name, "the vector index is missing or not this archive's.", _MEND, "chroma")
    elif state_of(archive, "chroma") is Seal.BROKEN:
        yield Fault(folder.name, "files of the vector index are damaged.", _MEND, "chroma")
    else:
        for what in faults_of_vectors(archive.folder):
            yield Fault(folder.name, f"the vector index: {what}.", _MEND, "chroma")


def _of_dead_vectors(archive: Archive) -> Iterator[Fault]:
    if dead := archive.dead_vectors():
        what = f"{dead:,} vectors of removed transcripts are still in the vector index's files."
        yield Fault(folders(archive)["chroma"].name, what, _MEND, "chroma")


def _of_leftovers(archive: Archive) -> Iterator[Fault]:
    """What a program that was killed while it built an index has left lying."""
    for folder in left_over(archive):
        yield Fault(folder.name, "an index that is not in use, left by a program that was stopped.", _MEND)


_Checks = tuple[Callable[[Archive], Iterator[Fault]], ...]
_OF_FILE: _Checks = (_of_database,)
_OF_TRUTH: _Checks = (_of_stamps, _of_texts, _of_vectors_stored)
_OF_DERIVED: _Checks = (_of_outbox, _of_words, _of_vectors, _of_dead_vectors, _of_leftovers)


def _mend(archive: Archive, kinds: set[str]) -> None:
    used = folders(archive)
    for kind in kinds:
        if used[kind].exists():
            shutil.rmtree(used[kind])
    for folder in left_over(archive):
        shutil.rmtree(folder)
    index = Index(archive)
    try:
        index.heal()
    finally:
        index.close()


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
    return ", ".join(ids[:_SHOWN]) + more
