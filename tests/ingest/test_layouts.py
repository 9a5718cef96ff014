"""An archive of the first layout: read as it is, brought up to date at the first change, and whole at any moment."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ingest.archive import FILE, Archive
from ingest.passages import VERSION as SPLITTER_VERSION
from ingest.schema import SCHEMA_VERSION
from ingest.sync import remove, sync_with
from ingest.transcript import Transcript, Turn
from tests.ingest.builders import HashEmbedder, write_scripts

FIRST_LAYOUT = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE transcripts (
    id TEXT PRIMARY KEY, place TEXT NOT NULL UNIQUE, file_sha256 TEXT NOT NULL, title TEXT NOT NULL, source TEXT,
    published TEXT, url TEXT, media_url TEXT, duration_ms INTEGER, format TEXT NOT NULL, words INTEGER NOT NULL,
    speakers TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE turns (
    transcript_id TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE, "index" INTEGER NOT NULL,
    speaker TEXT, role TEXT, label TEXT, start_ms INTEGER, end_ms INTEGER, interpolated INTEGER NOT NULL,
    char_start INTEGER NOT NULL, char_end INTEGER NOT NULL,
    PRIMARY KEY (transcript_id, "index")
) WITHOUT ROWID;
CREATE TABLE passages (
    id TEXT PRIMARY KEY, transcript_id TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE,
    first_turn INTEGER NOT NULL, last_turn INTEGER NOT NULL, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL,
    speakers TEXT NOT NULL, start_ms INTEGER, end_ms INTEGER, interpolated INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX passages_by_transcript ON passages(transcript_id, char_start);
CREATE TABLE pending (passage_id TEXT PRIMARY KEY, removed INTEGER NOT NULL) WITHOUT ROWID;
"""
TEXT = "The bridge is closed."
OLD = Transcript(
    "a1", "The bridge", "BBC", date(2024, 5, 1), None, None, 60_000, (Turn(0, None, None, 0, 60_000, TEXT, 0),), TEXT
)
MIGRATE_AND_DIE = """
import os, signal, sqlite3, sys
from ingest.schema import migrate
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
migrate(db)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive as the first layout's program left it."""
    made = tmp_path / "archive"
    made.mkdir()
    stamps = {"id": "f" * 32, "embedder": "hash-8", "splitter": SPLITTER_VERSION, "schema": "1", "generation": "3"}
    with sqlite3.connect(made / FILE) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(FIRST_LAYOUT)
        db.executemany("INSERT INTO meta VALUES (?, ?)", stamps.items())
        facts = ("The bridge", "BBC", "2024-05-01", None, None, 60_000)
        row = ("a1", "/news/a.txt", "00", *facts, "script", 4, "[]", TEXT)
        db.execute(f"INSERT INTO transcripts VALUES ({', '.join('?' * len(row))})", row)
        db.execute("INSERT INTO turns VALUES ('a1', 0, NULL, NULL, NULL, 0, 60000, 0, 0, ?)", (len(TEXT),))
        vector = bytes(8 * 4)
        db.execute("INSERT INTO passages VALUES ('p1', 'a1', 0, 0, 0, ?, '[]', 0, 60000, 0, ?)", (len(TEXT), vector))
    db.close()
    return made


def layout_of(folder: Path) -> str:
    with sqlite3.connect(folder / FILE) as db:
        [layout] = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    db.close()
    return str(layout)


def assert_readable(folder: Path) -> None:
    with Archive.open(folder, embedder=None) as archive:
        [entry] = archive.entries()
        assert (entry.id, entry.source, entry.programme, entry.passages) == ("a1", "BBC", None, 1)
        assert archive.transcript("a1") == OLD
        assert archive.transcript("a1").origins == {}
        assert [stored.passage.text for stored in archive.passages(["p1"]).values()] == [TEXT]
        assert archive.told("/news/a.txt", "--set") == {}
        assert archive.boilerplate("a1") == ()


def test_reading_leaves_an_old_archive_as_it_is(folder: Path) -> None:
    before = (folder / FILE).read_bytes()
    assert_readable(folder)
    assert layout_of(folder) == "1"
    assert (folder / FILE).read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_an_old_archive_that_may_not_be_written_is_read(folder: Path) -> None:
    with sqlite3.connect(folder / FILE) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    db.close()
    (folder / FILE).chmod(0o400)
    folder.chmod(0o500)
    try:
        assert_readable(folder)
    finally:
        folder.chmod(0o700)


def test_opening_it_to_write_brings_it_up_to_date_and_loses_nothing(folder: Path) -> None:
    with Archive.open(folder, create=True, embedder="hash-8") as archive:
        assert archive.stamps()["schema"] == SCHEMA_VERSION
    assert layout_of(folder) == SCHEMA_VERSION
    assert_readable(folder)


def test_the_first_change_brings_it_up_to_date(folder: Path) -> None:
    assert remove("a1", folder).id == "a1"
    assert layout_of(folder) == SCHEMA_VERSION
    with Archive.open(folder, embedder=None) as archive:
        assert archive.entries() == ()


def test_it_takes_new_transcripts_and_facts(folder: Path, tmp_path: Path) -> None:
    [path] = write_scripts(tmp_path / "in", 1)
    facts = {"programme": "Newsnight", "language": "en", "date": "2024-05-01 18:00 BST"}
    assert sync_with([path], folder, HashEmbedder(), facts=facts).summary == "1 added"
    with Archive.open(folder, embedder="hash-8") as archive:
        new, old = sorted(archive.entries(), key=lambda entry: entry.place != str(path))
        assert (new.programme, new.language, str(new.published_at)) == ("Newsnight", "en", "2024-05-01 18:00:00+01:00")
        assert (old.id, old.programme, old.language, old.published_at) == ("a1", None, None, None)
        assert archive.transcript("a1") == OLD
        assert archive.waiting() == 0, "what was there has been counted"


def test_a_kill_in_the_middle_leaves_the_old_layout_whole(folder: Path, root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    command = [sys.executable, "-c", MIGRATE_AND_DIE, str(folder / FILE)]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    assert layout_of(folder) == "1"
    assert_readable(folder)
    with Archive.open(folder, create=True, embedder="hash-8"):
        pass
    assert layout_of(folder) == SCHEMA_VERSION
    assert_readable(folder)


def test_a_change_that_fails_leaves_the_old_layout_whole(folder: Path) -> None:
    with Archive.open(folder, embedder=None) as archive:
        with pytest.raises(sqlite3.IntegrityError), archive.writing() as db:
            db.execute("INSERT INTO meta VALUES ('id', 'another')")
        assert archive.transcript("a1") == OLD
    assert layout_of(folder) == "1"


def test_one_that_is_open_elsewhere_goes_on_reading(folder: Path) -> None:
    with Archive.open(folder, embedder=None) as reader:
        assert reader.transcript("a1") == OLD
        with Archive.open(folder, create=True, embedder="hash-8"):
            pass
        assert reader.transcript("a1") == OLD
        assert [entry.id for entry in reader.entries()] == ["a1"]
        reader.touch()
        assert reader.transcript("a1") == OLD


def test_a_new_archive_has_the_tables_and_columns_that_an_old_one_is_given(folder: Path, tmp_path: Path) -> None:
    def columns(of: Path) -> list[tuple[object, ...]]:
        query = (
            "SELECT m.type, m.name, c.* FROM sqlite_schema m LEFT JOIN pragma_table_info(m.name) c ORDER BY 2, c.cid"
        )
        with sqlite3.connect(of / FILE) as db:
            found = db.execute(query).fetchall()
        db.close()
        return found

    with (
        Archive.open(tmp_path / "new", create=True, embedder="hash-8"),
        Archive.open(folder, create=True, embedder="hash-8"),
    ):
        pass
    assert columns(folder) == columns(tmp_path / "new")
