"""The archive's tables (SQLite). Text is kept once, in `transcripts.text`; turns and passages are offsets into it.

`pending` is the outbox: what the derived indexes have yet to take in, written in the same transaction as the change.
`transcripts.origins` is JSON: by a fact's name, where it comes from. `containers` are files of many transcripts that
went in whole: the hash they had then. What sources say again and again is counted in `occasions` (who said something,
and when) and `signs` (hashes of what was said, see `ingest.boilerplate`); `repeated` are the signs that came back
often enough, `boilerplate` where they stand, `uncut` the transcripts whose passages do not know of it yet, `afresh`
where vectors are out of date too (those of layout 2, which did not know of programmes). `alike` are pairs of
transcripts that are nearly the same, the lesser id first; `sketches` and `bands` are what such pairs are found by (see
`ingest.copies`).

An archive of an older layout is read as it is and brought up to date, in one transaction, when it is first written to.
"""

from __future__ import annotations

import sqlite3

SCHEMA_VERSION = "5"
READABLE = frozenset(("1", "2", "3", "4", SCHEMA_VERSION))

_CONTAINERS = "CREATE TABLE IF NOT EXISTS containers (place TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID"
_REPEATS = (
    """CREATE TABLE IF NOT EXISTS occasions (
    number INTEGER PRIMARY KEY, transcript_id TEXT NOT NULL UNIQUE REFERENCES transcripts(id) ON DELETE CASCADE,
    source TEXT NOT NULL, occasion TEXT NOT NULL
)""",
    "CREATE INDEX IF NOT EXISTS occasions_by_source ON occasions(source, occasion)",
    """CREATE TABLE IF NOT EXISTS signs (
    key INTEGER NOT NULL, number INTEGER NOT NULL REFERENCES occasions(number) ON DELETE CASCADE,
    PRIMARY KEY (key, number)
) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS signs_by_occasion ON signs(number)",
    "CREATE TABLE IF NOT EXISTS repeated (key INTEGER PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS thresholds (source TEXT PRIMARY KEY, least INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS boilerplate (
    transcript_id TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE,
    char_start INTEGER NOT NULL, char_end INTEGER NOT NULL, PRIMARY KEY (transcript_id, char_start)
) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS uncut (
    transcript_id TEXT PRIMARY KEY REFERENCES transcripts(id) ON DELETE CASCADE, afresh INTEGER NOT NULL
) WITHOUT ROWID""",
)
_COPIES = (
    """CREATE TABLE IF NOT EXISTS sketches (
    number INTEGER PRIMARY KEY, transcript_id TEXT NOT NULL UNIQUE REFERENCES transcripts(id) ON DELETE CASCADE
)""",
    """CREATE TABLE IF NOT EXISTS bands (
    key INTEGER NOT NULL, number INTEGER NOT NULL REFERENCES sketches(number) ON DELETE CASCADE,
    PRIMARY KEY (key, number)
) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS bands_by_number ON bands(number)",
    """CREATE TABLE IF NOT EXISTS alike (
    one TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE,
    other TEXT NOT NULL REFERENCES transcripts(id) ON DELETE CASCADE, PRIMARY KEY (one, other)
) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS alike_by_other ON alike(other)",
)
# All that filters ask of a transcript, so that no page of its text is read to answer them.
_FACTS = "CREATE INDEX IF NOT EXISTS transcripts_by_facts ON transcripts(published, source, programme, speakers, id)"
_ALL_UNLINKED = "INSERT OR IGNORE INTO uncut SELECT id, 0 FROM transcripts"
_ALL_UNCUT = (
    "INSERT INTO uncut SELECT id, programme IS NOT NULL AND programme IS NOT source FROM transcripts"
    " WHERE coalesce(source, programme, '') != ''"
)

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
    char_start INTEGER NOT NULL, char_end INTEGER NOT NULL, opens_story INTEGER NOT NULL DEFAULT 0,
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
    *_REPEATS,
    *_COPIES,
    _FACTS,
)
_ADDED = {
    "2": (
        "ALTER TABLE transcripts ADD COLUMN programme TEXT",
        "ALTER TABLE transcripts ADD COLUMN language TEXT",
        "ALTER TABLE transcripts ADD COLUMN published_at TEXT",
        "ALTER TABLE transcripts ADD COLUMN origins TEXT NOT NULL DEFAULT '{}'",
        _CONTAINERS,
    ),
    "3": (
        *_REPEATS,
        _ALL_UNCUT,
    ),
    "4": ("ALTER TABLE turns ADD COLUMN opens_story INTEGER NOT NULL DEFAULT 0",),
    "5": (*_COPIES, _FACTS, _ALL_UNLINKED),
}


def migrate(db: sqlite3.Connection) -> None:
    """Adds what layouts after the archive's own have brought. The caller holds the transaction."""
    layout = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0]
    for version, statements in _ADDED.items():
        if int(layout) < int(version):
            for statement in statements:
                db.execute(statement)
    db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (SCHEMA_VERSION,))
