"""The archive: one SQLite file that holds every transcript, turn, passage and vector. The only truth there is.

It does not embed, search or read files. What it changes it notes in `pending`, in the same transaction, for the
derived indexes to take in (`ingest.index`).
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from ingest import rows
from ingest.embed import DEFAULT_MODEL, Vectors
from ingest.errors import ArchiveDamaged, ArchiveMismatch, ArchiveMissing, StorageError
from ingest.holdings import Holdings, read_holdings
from ingest.matching import Criteria, few_matching, matching
from ingest.passages import VERSION as SPLITTER_VERSION
from ingest.rows import Entry, Stored
from ingest.schema import READABLE, SCHEMA_VERSION, TABLES, migrate
from ingest.transcript import Transcript

FILE = "archive.sqlite3"
_OTHERWISE = {
    "embedder": "Either ask for {!r}, or convert it with: ",
    "splitter": "Nothing is lost; bring it up to date with: ",
}


class Archive:
    """An open archive; a context manager. Safe to read from several threads, to write from one process at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._layout = SCHEMA_VERSION
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []

    @classmethod
    def open(cls, folder: Path | str, *, create: bool = False, embedder: str | None = DEFAULT_MODEL) -> Archive:
        """The archive in the folder; with `embedder` None whatever model and splitter made it.

        An archive of an older layout is read as it is; with `create`, or at the first change, it is brought up to date.
        Raises ArchiveMissing when there is none and `create` is False, ArchiveMismatch when it was made with another
        embedding model, splitter or schema, ArchiveDamaged when its file does not read, StorageError when the disk
        refuses.
        """
        archive = cls(Path(folder).expanduser().resolve())
        if not archive._has_tables():
            if not create:
                raise ArchiveMissing(f"There is no archive in {archive.folder}. Make one with: onrecord ingest PATH…")
            archive._create(embedder or DEFAULT_MODEL)
        archive._check(embedder)
        if create and archive._layout != SCHEMA_VERSION:
            with archive.writing():
                pass
        return archive

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file, in every thread."""
        while self._connections:
            self._connections.pop().close()
        self._local = threading.local()

    @property
    def _db(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.folder / FILE, timeout=30, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing. Raises StorageError when the disk is full or may not be written."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            if self._layout != SCHEMA_VERSION:
                migrate(self._db)
            yield self._db
            self._db.execute("COMMIT")
            self._layout = SCHEMA_VERSION
        except sqlite3.OperationalError as error:
            raise StorageError(
                f"The archive in {self.folder} could not be written: {error}. Nothing was lost."
            ) from error
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _has_tables(self) -> bool:
        if not (self.folder / FILE).exists():
            return False
        with self._reading():
            return bool(self._db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'").fetchone()[0])

    def _create(self, embedder: str) -> None:
        stamps = {"id": uuid4().hex, "embedder": embedder, "splitter": SPLITTER_VERSION, "schema": SCHEMA_VERSION}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.folder / FILE, isolation_level=None)) as db:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("BEGIN IMMEDIATE")
                for statement in TABLES:
                    db.execute(statement)
                db.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", stamps.items())
                db.execute("COMMIT")
        except (OSError, sqlite3.OperationalError) as error:
            raise StorageError(f"No archive could be made in {self.folder}: {error}.") from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StorageError(
                f"{self.folder / FILE} cannot be read: {error}. Is the disk full, or the folder not yours to use?"
            ) from error
        except sqlite3.DatabaseError as error:
            raise ArchiveDamaged(
                f"{self.folder / FILE} does not read as an archive ({error}). Restore it from a copy, or move it away "
                "and ingest the files again."
            ) from error

    def _check(self, embedder: str | None) -> None:
        stamps = self.stamps()
        self._layout = stamps.get("schema", "")
        if self._layout not in READABLE:
            raise ArchiveMismatch(
                f"The archive in {self.folder} has layout {stamps.get('schema')}, this program reads {SCHEMA_VERSION}. "
                "Use the version of onrecord that made it, or ingest the files again into a new folder."
            )
        if embedder is None:
            return
        wanted = {"embedder": embedder, "splitter": SPLITTER_VERSION}
        for key, value in wanted.items():
            if stamps.get(key) != value:
                raise ArchiveMismatch(
                    f"The archive in {self.folder} was made with {key} {stamps.get(key)!r}; {value!r} is asked for. "
                    f"{_OTHERWISE[key].format(stamps.get(key))}"
                    f"onrecord reindex --archive '{self.folder}' --embedder '{embedder}'"
                )

    def stamps(self) -> dict[str, str]:
        """What the archive records of itself: id, embedder, splitter, schema. Raises ArchiveDamaged."""
        with self._reading():
            return dict(self._db.execute("SELECT key, value FROM meta"))

    def generation(self) -> int:
        """A number that grows whenever what is stored changes, in this process or another."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return int(row[0]) if row else 0

    def fingerprint(self) -> str:
        """A hash of what is stored and how it is searched: equal for archives of the same files, model and splitter."""
        stamps = self.stamps()
        digest = hashlib.sha256("\0".join([stamps["embedder"], stamps["splitter"], stamps["schema"]]).encode())
        for (sha256,) in self._db.execute("SELECT file_sha256 FROM transcripts ORDER BY 1"):
            digest.update(sha256.encode())
        return digest.hexdigest()

    def passage_spans(self, transcript_id: str) -> tuple[tuple[int, int], ...]:
        """Where the transcript's passages begin and end, as character offsets, in order."""
        query = "SELECT char_start, char_end FROM passages WHERE transcript_id = ? ORDER BY char_start"
        return tuple(self._db.execute(query, (transcript_id,)))

    def sha256_of(self, place: str) -> str | None:
        """The hash of the file that was ingested from the place, None when none was."""
        row = self._db.execute("SELECT file_sha256 FROM transcripts WHERE place = ?", (place,)).fetchone()
        return str(row[0]) if row else None

    def told(self, place: str, origin: str) -> dict[str, str]:
        """The facts of what was ingested from the place that came from `origin`, by name and as text."""
        return rows.read_told(self._db, place, origin) if self._layout == SCHEMA_VERSION else {}

    def places(self) -> tuple[str, ...]:
        """Every file that was ingested."""
        return tuple(row[0] for row in self._db.execute("SELECT place FROM transcripts ORDER BY place"))

    def places_in(self, container: str) -> tuple[str, ...]:
        """What was ingested from a file of many transcripts: places like "news.zip/a.txt" and "news.jsonl#7"."""
        ranges = [(container + mark, container + chr(ord(mark) + 1)) for mark in "#/"]
        query = "SELECT place FROM transcripts WHERE place >= ? AND place < ? ORDER BY place"
        return tuple(row[0] for bounds in ranges for row in self._db.execute(query, bounds))

    def whole_of(self, container: str) -> str | None:
        """The hash a file of many transcripts had when all of it went in, None when that never was."""
        if self._layout != SCHEMA_VERSION:
            return None
        row = self._db.execute("SELECT sha256 FROM containers WHERE place = ?", (container,)).fetchone()
        return str(row[0]) if row else None

    def settle_container(self, container: str, sha256: str) -> None:
        """Notes that all of a file of many transcripts is in."""
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO containers VALUES (?, ?)", (container, sha256))

    def put(self, transcript: Transcript, stored: Sequence[Stored], *, place: str, sha256: str) -> None:
        """Stores the transcript in place of whatever came from the same place, in one transaction."""
        with self.writing() as db:
            rows.forget(db, "place", place)
            rows.insert_transcript(db, transcript, place, sha256)
            rows.insert_passages(db, stored)

    def replace_passages(self, stored: Iterable[Sequence[Stored]], stamps: dict[str, str]) -> None:
        """New passages for the whole archive, and the stamps that go with them, in one transaction."""
        with self.writing() as db:
            rows.forget_passages(db)
            for of_one_transcript in stored:
                rows.insert_passages(db, of_one_transcript)
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", stamps.items())

    def touch(self) -> None:
        """Tells other processes to look at the indexes afresh."""
        with self.writing() as db:
            rows.next_generation(db)

    def remove(self, transcript_id: str) -> None:
        """Deletes the transcript and all that hangs on it, in one transaction."""
        with self.writing() as db:
            rows.forget(db, "id", transcript_id)

    def remove_place(self, place: str) -> None:
        """Deletes what came from the file, in one transaction."""
        with self.writing() as db:
            rows.forget(db, "place", place)

    def holdings(self) -> Holdings:
        """Who speaks, from which outlets and programmes, from when to when."""
        return read_holdings(self._db, self._layout)

    def entries(self) -> tuple[Entry, ...]:
        """The catalogue, newest first, undated last."""
        query = rows.SELECT_ENTRIES.format(added=rows.ADDED[self._layout])
        return tuple(rows.read_entry(row) for row in self._db.execute(query))

    def entry(self, id_or_prefix: str) -> Entry:
        """One line of the catalogue. Raises UnknownTranscript."""
        key = self.resolve(id_or_prefix)
        return next(entry for entry in self.entries() if entry.id == key)

    def transcript(self, id_or_prefix: str) -> Transcript:
        """The transcript of that id, or the only one whose id begins so. Raises UnknownTranscript."""
        return rows.read_transcript(self._db, self.resolve(id_or_prefix), self._layout)

    def resolve(self, id_or_prefix: str) -> str:
        """The full id. Raises UnknownTranscript, naming the ids it could have meant."""
        return rows.resolve(self._db, id_or_prefix)

    def passages(self, ids: Iterable[str]) -> dict[str, Stored]:
        """Passages with their vectors by id; ids that are no longer there are left out."""
        wanted = list(ids)
        query = rows.SELECT_PASSAGES.format(marks=rows.marks(len(wanted)))
        return {row[0]: rows.read_passage(row) for row in self._db.execute(query, wanted)}

    def few_matching(self, criteria: Criteria, most: int) -> tuple[tuple[str, ...], Vectors] | None:
        """Ids and vectors, row by row, of all passages the criteria leave; None where these are more than `most`."""
        return few_matching(self._db, criteria, self._layout, most)

    def matching(self, criteria: Criteria, ids: Iterable[str]) -> frozenset[str]:
        """Those of the passage ids that the criteria leave."""
        return matching(self._db, criteria, self._layout, tuple(ids))

    def passage_count(self) -> int:
        """How many passages the indexes should hold."""
        return int(self._db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def passage_ids(self) -> tuple[str, ...]:
        """The ids of all passages."""
        return tuple(row[0] for row in self._db.execute("SELECT id FROM passages ORDER BY id"))

    def pending(self, limit: int) -> tuple[tuple[str, bool], ...]:
        """Up to `limit` changes that the indexes have yet to take in: (passage id, whether it is removed)."""
        found = self._db.execute("SELECT passage_id, removed FROM pending LIMIT ?", (limit,))
        return tuple((row[0], bool(row[1])) for row in found)

    def pending_count(self) -> int:
        """How many changes wait."""
        return int(self._db.execute("SELECT count(*) FROM pending").fetchone()[0])

    def settle(self, changes: Iterable[tuple[str, bool]]) -> None:
        """Strikes out changes that the indexes have taken in, unless they were changed again since."""
        with self.writing() as db:
            db.executemany("DELETE FROM pending WHERE passage_id = ? AND removed = ?", changes)
