"""The archive: one SQLite file that holds every transcript, turn, passage and vector. The only truth there is.

It does not cut, embed, search or read files. What it changes it notes in `pending`, in the same transaction, for the
derived indexes to take in (`ingest.index`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from ingest import copies, repeats, rows
from ingest.copies import Alike
from ingest.embed import DEFAULT_MODEL, Vectors
from ingest.errors import ArchiveMismatch, ArchiveMissing, StorageError
from ingest.holdings import Holdings, read_holdings
from ingest.matching import Criteria, Spellings, few_matching, matching
from ingest.outbox import Outbox
from ingest.passages import VERSION as SPLITTER_VERSION
from ingest.repeats import KeptOut
from ingest.rows import Entry, Stored
from ingest.schema import READABLE, SCHEMA_VERSION, TABLES
from ingest.sentences import Span
from ingest.transcript import Transcript

FILE = "archive.sqlite3"
_OTHERWISE = {
    "embedder": "Either ask for {!r}, or convert it with: ",
    "splitter": "Nothing is lost; bring it up to date with: ",
}


class Archive(Outbox):
    """An open archive; a context manager. Safe to read from several threads, to write from one process at a time."""

    def __init__(self, folder: Path, file: str = FILE) -> None:
        super().__init__(folder / file)
        self.folder = folder
        self._spellings = Spellings()

    @classmethod
    def open(
        cls, folder: Path | str, *, create: bool = False, embedder: str | None = DEFAULT_MODEL, file: str = FILE
    ) -> Archive:
        """The archive in the folder; with `embedder` None whatever model and splitter made it. `file` is its database.

        An archive of an older layout is read as it is; with `create`, or at the first change, it is brought up to date.
        Raises ArchiveMissing when there is none and `create` is False, ArchiveMismatch when it was made with another
        embedding model, splitter or schema, ArchiveDamaged when its file does not read, StorageError when the disk
        refuses.
        """
        archive = cls(Path(folder).expanduser().resolve(), file)
        if not archive._has_tables():
            if not create:
                raise ArchiveMissing(f"There is no archive in {archive.folder}. Make one with: onrecord ingest PATH…")
            archive._create(embedder or DEFAULT_MODEL)
        archive._check(embedder)
        if create and archive.layout != SCHEMA_VERSION:
            with archive.writing():
                pass
        return archive

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _has_tables(self) -> bool:
        if not self.path.exists():
            return False
        with self.reading():
            return bool(self.db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'").fetchone()[0])

    def _create(self, embedder: str) -> None:
        stamps = {"id": uuid4().hex, "embedder": embedder, "splitter": SPLITTER_VERSION, "schema": SCHEMA_VERSION}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, isolation_level=None)) as db:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("BEGIN IMMEDIATE")
                for statement in TABLES:
                    db.execute(statement)
                db.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", stamps.items())
                db.execute("COMMIT")
        except (OSError, sqlite3.OperationalError) as error:
            raise StorageError(f"No archive could be made in {self.folder}: {error}.") from error

    def _check(self, embedder: str | None) -> None:
        stamps = self.stamps()
        self.layout = stamps.get("schema", "")
        if self.layout not in READABLE:
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
        with self.reading():
            return dict(self.db.execute("SELECT key, value FROM meta"))

    def generation(self) -> int:
        """A number that grows whenever what is stored changes, in this process or another."""
        row = self.db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return int(row[0]) if row else 0

    def fingerprint(self) -> str:
        """A hash of what is stored and how it is searched: equal for archives of the same files, model and splitter."""
        stamps = self.stamps()
        digest = hashlib.sha256("\0".join([stamps["embedder"], stamps["splitter"], stamps["schema"]]).encode())
        for (sha256,) in self.db.execute("SELECT file_sha256 FROM transcripts ORDER BY 1"):
            digest.update(sha256.encode())
        return digest.hexdigest()

    def passage_spans(self, transcript_id: str) -> tuple[tuple[int, int], ...]:
        """Where the transcript's passages begin and end, as character offsets, in order."""
        query = "SELECT char_start, char_end FROM passages WHERE transcript_id = ? ORDER BY char_start"
        return tuple(self.db.execute(query, (transcript_id,)))

    def sha256_of(self, place: str) -> str | None:
        """The hash of the file that was ingested from the place, None when none was."""
        row = self.db.execute("SELECT file_sha256 FROM transcripts WHERE place = ?", (place,)).fetchone()
        return str(row[0]) if row else None

    def places_of(self, sha256: str) -> tuple[str, ...]:
        """The files of that hash that were ingested."""
        query = "SELECT place FROM transcripts WHERE file_sha256 = ? ORDER BY place"
        return tuple(row[0] for row in self.db.execute(query, (sha256,)))

    def told(self, place: str, origin: str) -> dict[str, str]:
        """The facts of what was ingested from the place that came from `origin`, by name and as text."""
        return rows.read_told(self.db, place, origin) if self.layout != "1" else {}

    def places(self) -> tuple[str, ...]:
        """Every file that was ingested."""
        return tuple(row[0] for row in self.db.execute("SELECT place FROM transcripts ORDER BY place"))

    def places_in(self, container: str) -> tuple[str, ...]:
        """What was ingested from a file of many transcripts: places like "news.zip/a.txt" and "news.jsonl#7"."""
        ranges = [(container + mark, container + chr(ord(mark) + 1)) for mark in "#/"]
        query = "SELECT place FROM transcripts WHERE place >= ? AND place < ? ORDER BY place"
        return tuple(row[0] for bounds in ranges for row in self.db.execute(query, bounds))

    def whole_of(self, container: str) -> str | None:
        """The hash a file of many transcripts had when all of it went in, None when that never was."""
        if self.layout == "1":
            return None
        row = self.db.execute("SELECT sha256 FROM containers WHERE place = ?", (container,)).fetchone()
        return str(row[0]) if row else None

    def settle_container(self, container: str, sha256: str) -> None:
        """Notes that all of a file of many transcripts is in."""
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO containers VALUES (?, ?)", (container, sha256))

    def put(self, transcript: Transcript, stored: Sequence[Stored] = (), *, place: str, sha256: str) -> None:
        """Stores the transcript in place of whatever came from the same place, in one transaction.

        Without passages it waits to be cut, and so does what the same source said before, where that is now found to
        be repeated, or no longer (see `ingest.cutting`).
        """
        with self.writing() as db:
            counted_out = repeats.count_out(db, "place", place)
            rows.forget(db, "place", place)
            rows.insert_transcript(db, transcript, place, sha256)
            rows.insert_passages(db, stored)
            repeats.judge(db, counted_out, repeats.count_in(db, transcript))
            if not stored:
                repeats.set_uncut(db, transcript.id)

    def begin_again(self, stamps: Mapping[str, str]) -> None:
        """Deletes all passages and all that was counted, for everything to be cut again under these stamps."""
        with self.writing() as db:
            rows.forget_passages(db, self.passage_ids())
            repeats.count_nothing(db)
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", stamps.items())

    def waiting(self) -> int:
        """How many transcripts wait to be cut."""
        return int(self.db.execute("SELECT count(*) FROM uncut").fetchone()[0])

    def touch(self) -> None:
        """Tells other processes to look at the indexes afresh."""
        with self.writing() as db:
            rows.next_generation(db)

    def remove(self, transcript_id: str) -> None:
        """Deletes the transcript and all that hangs on it, in one transaction.

        What is no longer repeated without it waits to be cut again.
        """
        self._remove("id", transcript_id)

    def remove_place(self, place: str) -> None:
        """Deletes what came from the file, as `remove` does."""
        self._remove("place", place)

    def kept_out(self) -> KeptOut:
        """How much repeated station text is kept out of search."""
        return repeats.read_kept_out(self.db)

    def _remove(self, column: str, value: str) -> None:
        with self.writing() as db:
            repeats.judge(db, repeats.count_out(db, column, value))
            rows.forget(db, column, value)

    def boilerplate(self, transcript_id: str) -> tuple[Span, ...]:
        """What the transcript's source repeats and search leaves out, as character spans of its text, in order."""
        return repeats.read_marked(self.db, transcript_id) if self.layout not in ("1", "2") else ()

    def holdings(self) -> Holdings:
        """Who speaks, from which outlets and programmes, from when to when."""
        return read_holdings(self.db, self.layout)

    def entries(self) -> tuple[Entry, ...]:
        """The catalogue, newest first, undated last."""
        query = rows.SELECT_ENTRIES.format(added=rows.ADDED[self.layout])
        alike = self.alike()
        return tuple(rows.read_entry(row, alike) for row in self.db.execute(query))

    def alike(self) -> Alike:
        """By id, the transcripts that are nearly the same as another, word for word, with the ids of these."""
        return copies.read_alike(self.db) if self._knows_copies else {}

    def places_alike(self) -> Mapping[str, tuple[str, ...]]:
        """The same by the files that they came from."""
        return copies.read_places_alike(self.db) if self._knows_copies else {}

    def alike_among(self, ids: Iterable[str]) -> Alike:
        """As `alike`, of these transcripts alone."""
        return copies.read_alike_among(self.db, ids) if self._knows_copies else {}

    @property
    def _knows_copies(self) -> bool:
        return self.layout not in ("1", "2", "3", "4")

    def entry(self, id_or_prefix: str) -> Entry:
        """One line of the catalogue. Raises UnknownTranscript."""
        key = self.resolve(id_or_prefix)
        return next(entry for entry in self.entries() if entry.id == key)

    def transcript(self, id_or_prefix: str) -> Transcript:
        """The transcript of that id, or the only one whose id begins so. Raises UnknownTranscript."""
        return rows.read_transcript(self.db, self.resolve(id_or_prefix), self.layout)

    def resolve(self, id_or_prefix: str) -> str:
        """The full id. Raises UnknownTranscript, naming the ids it could have meant."""
        return rows.resolve(self.db, id_or_prefix)

    def passages(self, ids: Iterable[str]) -> dict[str, Stored]:
        """Passages with their vectors by id; ids that are no longer there are left out."""
        wanted = list(ids)
        programme = rows.ADDED[self.layout].split(",")[0]
        query = rows.SELECT_PASSAGES.format(marks=rows.marks(len(wanted)), programme=programme)
        return {row[0]: rows.read_passage(row) for row in self.db.execute(query, wanted)}

    def few_matching(self, criteria: Criteria, most: int) -> tuple[tuple[str, ...], Vectors] | None:
        """Ids and vectors, row by row, of all passages the criteria leave; None where these are more than `most`."""
        return few_matching(self.db, criteria, self.layout, most, self._spelt())

    def matching(self, criteria: Criteria, ids: Iterable[str]) -> frozenset[str]:
        """Those of the passage ids that the criteria leave."""
        return matching(self.db, criteria, self.layout, tuple(ids), self._spelt())

    def _spelt(self) -> Spellings:
        spellings, generation = self._spellings, self.generation()
        if spellings.generation != generation:
            spellings = self._spellings = Spellings(generation)
        return spellings

    def passage_count(self) -> int:
        """How many passages the indexes should hold."""
        return int(self.db.execute("SELECT count(*) FROM passages").fetchone()[0])

    def passage_ids(self) -> tuple[str, ...]:
        """The ids of all passages, those of a transcript together."""
        return tuple(row[0] for row in self.db.execute("SELECT id FROM passages ORDER BY transcript_id, char_start"))
