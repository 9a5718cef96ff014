"""How transcripts, turns and passages lie in the archive's tables: rows in, values out. SQL and nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from ingest.embed import Vectors
from ingest.errors import UnknownTranscript
from ingest.transcript import Passage, Transcript, Turn

Row = tuple[Any, ...]

SELECT_ENTRIES = """
SELECT id, title, source, published, format, place, duration_ms, words,
    (SELECT count(*) FROM turns WHERE transcript_id = t.id), (SELECT count(*) FROM passages WHERE transcript_id = t.id),
    speakers, url, {added}
FROM transcripts t ORDER BY published IS NULL, published DESC, title, id
"""
SELECT_TRANSCRIPT = """
SELECT id, title, source, published, url, media_url, duration_ms, text, format, {added} FROM transcripts WHERE id = ?
"""
SELECT_PASSAGES = """
SELECT p.id, p.transcript_id, first_turn, last_turn, char_start, char_end, p.speakers, start_ms, end_ms,
    substr(t.text, char_start + 1, char_end - char_start), interpolated, vector,
    t.title, t.source, t.published, {programme}
FROM passages p JOIN transcripts t ON t.id = p.transcript_id WHERE p.id IN ({marks})
"""
ADDED: Mapping[str, str] = {
    "1": "NULL, NULL, NULL, '{}'",
    **dict.fromkeys(("2", "3", "4", "5"), "programme, language, published_at, origins"),
}
"""The columns of transcripts that layouts after the first brought, as they are asked of an archive of each layout."""
OPENS_STORY: Mapping[str, str] = {
    **dict.fromkeys(("1", "2", "3"), "0"),
    **dict.fromkeys(("4", "5"), "opens_story"),
}
"""The column of turns that layout 4 brought, likewise."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the archive's catalogue. `place` is the file it came from; `duration_ms` is None where unknown.

    `alike` are the ids of transcripts that are nearly the same, word for word.
    """

    id: str
    title: str
    source: str | None
    published: date | None
    format: str
    place: str
    duration_ms: int | None
    words: int
    turns: int
    passages: int
    speakers: tuple[str, ...]
    url: str | None
    programme: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage as the archive keeps it: with its unit vector, and the head of its transcript."""

    passage: Passage
    vector: Vectors = field(repr=False)
    title: str = ""
    source: str | None = None
    published: date | None = None
    programme: str | None = None


def marks(count: int) -> str:
    """Placeholders of an SQL statement, such as "?, ?, ?"."""
    return ", ".join("?" * count)


def read_date(text: str | None) -> date | None:
    """The date of an ISO string, None of None."""
    return date.fromisoformat(text) if text else None


def read_moment(text: str | None) -> datetime | None:
    """The time with its offset of an ISO string, None of None."""
    return datetime.fromisoformat(text) if text else None


def insert_transcript(db: sqlite3.Connection, transcript: Transcript, place: str, sha256: str) -> None:
    """The transcript and its turns."""
    t = transcript
    published = t.published.isoformat()[:10] if t.published else None
    head = (t.id, place, sha256, t.title, t.source, published, t.url, t.media_url, t.duration_ms, t.format, t.words)
    moment = t.published_at.isoformat() if t.published_at else None
    added = (t.programme, t.language, moment, json.dumps(dict(t.origins), sort_keys=True))
    db.execute(f"INSERT INTO transcripts VALUES ({marks(17)})", (*head, json.dumps(t.speakers), t.text, *added))
    db.executemany(f"INSERT INTO turns VALUES ({marks(11)})", (_turn_row(t.id, turn) for turn in t.turns))


def _turn_row(transcript_id: str, turn: Turn) -> Row:
    said = (turn.speaker, turn.role, turn.label, turn.start_ms, turn.end_ms, turn.interpolated)
    return (transcript_id, turn.index, *said, turn.char_start, turn.char_end, turn.opens_story)


def insert_passages(db: sqlite3.Connection, stored: Sequence[Stored]) -> None:
    """The passages, and a note for the indexes to take them in."""
    db.executemany(f"INSERT INTO passages VALUES ({marks(11)})", (_passage_row(each) for each in stored))
    db.executemany("INSERT OR REPLACE INTO pending VALUES (?, 0)", ((each.passage.id,) for each in stored))
    next_generation(db)


def _passage_row(stored: Stored) -> Row:
    p = stored.passage
    where = (p.id, p.transcript_id, p.first_turn, p.last_turn, p.char_start, p.char_end)
    return (*where, json.dumps(p.speakers), p.start_ms, p.end_ms, p.interpolated, stored.vector.astype("<f4").tobytes())


def forget(db: sqlite3.Connection, column: str, value: str) -> None:
    """Deletes the transcript whose `column` is `value`, if any, and notes its passages for the indexes to drop.

    The file of many transcripts that it came from is no longer in whole.
    """
    db.execute(
        "INSERT OR REPLACE INTO pending SELECT p.id, 1 FROM passages p JOIN transcripts t ON t.id = p.transcript_id"
        f" WHERE t.{column} = ?",
        (value,),
    )
    db.execute(
        "DELETE FROM containers WHERE place IN (SELECT c.place FROM containers c JOIN transcripts t"
        f" ON substr(t.place, 1, length(c.place) + 1) IN (c.place || '/', c.place || '#') WHERE t.{column} = ?)",
        (value,),
    )
    db.execute(f"DELETE FROM transcripts WHERE {column} = ?", (value,))
    next_generation(db)


def forget_passages(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Deletes these passages, and notes it for the indexes."""
    gone = [(key,) for key in ids]
    db.executemany("INSERT OR REPLACE INTO pending VALUES (?, 1)", gone)
    db.executemany("DELETE FROM passages WHERE id = ?", gone)


def next_generation(db: sqlite3.Connection) -> None:
    """Counts one change of what is stored."""
    db.execute(
        "INSERT INTO meta VALUES ('generation', '1')"
        " ON CONFLICT(key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"
    )


def read_entry(row: Row, alike: Mapping[str, Collection[str]]) -> Entry:
    """A line of SELECT_ENTRIES, with what is alike by id."""
    published, speakers = read_date(row[3]), tuple(json.loads(row[10]))
    head, counts = row[:3], row[4:10]
    return Entry(
        *(*head, published, *counts, speakers, *row[11:14], read_moment(row[14]), tuple(sorted(alike.get(row[0], ()))))
    )


def read_passage(row: Row) -> Stored:
    """A line of SELECT_PASSAGES."""
    speakers = tuple(json.loads(row[6]))
    passage = Passage(*(*row[:6], speakers, *row[7:10], bool(row[10])))
    return Stored(passage, np.frombuffer(row[11], dtype="<f4"), row[12], row[13], read_date(row[14]), row[15])


def read_transcript(db: sqlite3.Connection, key: str, layout: str) -> Transcript:
    """The whole transcript of that id, which must be there, from an archive of that layout."""
    head = db.execute(SELECT_TRANSCRIPT.format(added=ADDED[layout]), (key,)).fetchone()
    text = head[7]
    turns = db.execute(
        'SELECT "index", speaker, role, start_ms, end_ms, char_start, char_end, label, interpolated,'
        f' {OPENS_STORY[layout]} FROM turns WHERE transcript_id = ? ORDER BY "index"',
        (key,),
    )
    read = tuple(Turn(*(*t[:5], text[t[5] : t[6]], t[5], t[7], bool(t[8]), bool(t[9]))) for t in turns)
    added = (*head[9:11], read_moment(head[11]), json.loads(head[12]))
    return Transcript(*(*head[:3], read_date(head[3]), *head[4:7], read, text, head[8], *added))


def resolve(db: sqlite3.Connection, id_or_prefix: str) -> str:
    """The full id of the transcript: this one, or the only one that begins so.

    Raises UnknownTranscript, naming the ids it could have meant.
    """
    query = "SELECT id FROM transcripts WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 6"
    found = [str(row[0]) for row in db.execute(query, (len(id_or_prefix), id_or_prefix))]
    if id_or_prefix and (len(found) == 1 or id_or_prefix in found[:1]):
        return found[0]
    several = found and id_or_prefix
    cause = f"is the start of several: {', '.join(found)}" if several else "is in the archive under no id"
    raise UnknownTranscript(f"{id_or_prefix!r} {cause}. See: onrecord list")


def read_told(db: sqlite3.Connection, place: str, origin: str) -> dict[str, str]:
    """The facts of the transcript from the place that came from `origin`, by name and as they are stored."""
    names = ("title", "source", "programme", "published", "published_at", "language", "url", "media_url")
    row = db.execute(f"SELECT origins, {', '.join(names)} FROM transcripts WHERE place = ?", (place,)).fetchone()
    origins = json.loads(row[0]) if row else {}
    return {name: row[1 + at] for at, name in enumerate(names) if origins.get(name) == origin and row[1 + at]}
