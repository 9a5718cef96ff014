"""What an archive holds, in short: who speaks, from where, from when to when. SQL and nothing else."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from ingest.rows import ADDED, read_date


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everyone named as speaking, all outlets and programmes, each once and in alphabetical order, and the first and
    last day anything was published, None where nothing has a date."""

    speakers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


EMPTY = Holdings()


def read_holdings(db: sqlite3.Connection, layout: str) -> Holdings:
    """The holdings of an archive of that layout."""
    named = db.execute("SELECT DISTINCT speaker FROM turns WHERE speaker IS NOT NULL ORDER BY speaker")
    speakers = tuple(row[0] for row in named)
    names = db.execute(f"SELECT DISTINCT source, {ADDED[layout].split(',')[0]} FROM transcripts").fetchall()
    sources = tuple(sorted({name for row in names for name in row if name}))
    first, last = db.execute("SELECT min(published), max(published) FROM transcripts").fetchone()
    return Holdings(speakers, sources, read_date(first), read_date(last))
