"""The archive's tables (SQLite). Text is kept once, in `transcripts.text`; turns and passages are offsets into it.

`pending` is the outbox: what the derived indexes have yet to take in, written in the same transaction as the change.
`transcripts.origins` is JSON: by a fact's name, where it comes from. `containers` are files of many transcripts that
went in whole: the hash they had then. An archive of an older layout is read as it is and
brought up to date, in one transaction, when it is first written to.
"""

from __future__ import annotations

import sqlite3

SCHEMA_VERSION = "2"
READABLE = frozenset(("1", SCHEMA_VERSION))

_CONTAINERS = "CREATE TABLE IF NOT EXISTS containers (place TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID"

TABLES = (
    """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS transcripts (
    id TEXT PRIMARY KEY, place TEXT NOT NULL UNIQUE, file_sha256 TEXT NOT NULL, title TEXT NOT NULL, source TEXT,
    published TEXT, url TEXT, media_url TEXT, duration_ms INTEGER, format TEXT NOT NULL, words INTEGER NOT NULL,
    speakers TEXT NOT NULL, text TEXT NOT NULL,
    programme TEXT, language TEXT, published_at TEXT, origins TEXT NOT NULL DEFAULT '{}'
)""",
    """CREATE TABLE IF NOT EXISTS turns (
    transcript_id TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE, "index" INTEGER NOT NULL,
    speaker TEXT, role TEXT, label TEXT, start_ms INTEGER, end_ms INTEGER, interpolated INTEGER NOT NULL,
    char_start INTEGER NOT NULL, char_end INTEGER NOT NULL,
    PRIMARY KEY (transcript_id, "index")
) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, transcript_id TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE,
    first_turn INTEGER NOT NULL, last_turn INTEGER NOT NULL, char_start INTEGER NOT NULL, char_end INTEGER NOT NULL,
    speakers TEXT NOT NULL, start_ms INTEGER, end_ms INTEGER, interpolated INTEGER NOT NULL, vector BLOB NOT NULL
)""",
    """CREATE INDEX IF NOT EXISTS passages_by_transcript ON passages(transcript_id, char_start)""",
    """CREATE TABLE IF NOT EXISTS pending (passage_id TEXT PRIMARY KEY, removed INTEGER NOT NULL) WITHOUT ROWID""",
    _CONTAINERS,
)
_ADDED = {
    "2": (
        "ALTER TABLE transcripts ADD COLUMN programme TEXT",
        "ALTER TABLE transcripts ADD COLUMN language TEXT",
        "ALTER TABLE transcripts ADD COLUMN published_at TEXT",
        "ALTER TABLE transcripts ADD COLUMN origins TEXT NOT NULL DEFAULT '{}'",
        _CONTAINERS,
    )
}


def migrate(db: sqlite3.Connection) -> None:
    """Adds what layouts after the archive's own have brought. The caller holds the transaction."""
    layout = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0]
    for version, statements in _ADDED.items():
        if int(layout) < int(version):
            for statement in statements:
                db.execute(statement)
    db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (SCHEMA_VERSION,))
