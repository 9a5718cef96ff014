"""The archive's tables (SQLite). Text is kept once, in `transcripts.text`; turns and passages are offsets into it.

`pending` is the outbox: what the derived indexes have yet to take in, written in the same transaction as the change.
"""

SCHEMA_VERSION = "1"

TABLES = (
    """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS transcripts (
    id TEXT PRIMARY KEY, place TEXT NOT NULL UNIQUE, file_sha256 TEXT NOT NULL, title TEXT NOT NULL, source TEXT,
    published TEXT, url TEXT, media_url TEXT, duration_ms INTEGER, format TEXT NOT NULL, words INTEGER NOT NULL,
    speakers TEXT NOT NULL, text TEXT NOT NULL
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
)
