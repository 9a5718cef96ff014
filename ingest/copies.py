"""Keeps in the archive's tables which transcripts are nearly the same: a bulletin repeated, wire copy read twice.

What a source says again and again (see `ingest.repeats`) is left out of the comparison, so that bulletins that only
begin and end alike are not taken for one another. SQL; what is alike is told in `resemblance`.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ingest.repeats import read_marked
from ingest.resemblance import Said, alike, bands, said_in

Alike = Mapping[str, frozenset[str]]
"""By a transcript's id, those that are nearly the same."""

_MOST_COMPARED = 50
_LIKELY = """
SELECT s.transcript_id, t.text FROM json_each(?) j
JOIN bands b ON b.key = j.value JOIN sketches s ON s.number = b.number
JOIN transcripts t ON t.id = s.transcript_id WHERE s.transcript_id != ?
GROUP BY s.number ORDER BY count(*) DESC, s.transcript_id LIMIT ?
"""
_PLACES = """
SELECT o.place, t.place FROM alike a JOIN transcripts o ON o.id = a.one JOIN transcripts t ON t.id = a.other
"""
_AMONG = """
SELECT a.one, a.other FROM alike a
WHERE a.one IN (SELECT value FROM json_each(?1)) AND a.other IN (SELECT value FROM json_each(?1))
"""


def link(db: sqlite3.Connection, transcript_id: str) -> None:
    """Compares a transcript with all that it may be alike to, and notes which it is; what was noted of it goes."""
    db.execute("DELETE FROM sketches WHERE transcript_id = ?", (transcript_id,))
    db.execute("DELETE FROM alike WHERE one = ?1 OR other = ?1", (transcript_id,))
    text = db.execute("SELECT text FROM transcripts WHERE id = ?", (transcript_id,)).fetchone()[0]
    said = _said(db, transcript_id, text)
    keys = bands(said)
    if not keys:
        return
    likely = db.execute(_LIKELY, (json.dumps(keys), transcript_id, _MOST_COMPARED)).fetchall()
    same = [other for other, text in likely if alike(said, _said(db, other, text))]
    number = db.execute("INSERT INTO sketches (transcript_id) VALUES (?)", (transcript_id,)).lastrowid
    db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", ((key, number) for key in keys))
    db.executemany("INSERT INTO alike VALUES (?, ?)", (sorted((transcript_id, other)) for other in same))


def read_alike(db: sqlite3.Connection) -> Alike:
    """All transcripts that are nearly the same as others."""
    return _both_ways(db.execute("SELECT one, other FROM alike"))


def read_places_alike(db: sqlite3.Connection) -> Mapping[str, tuple[str, ...]]:
    """By the place of a transcript, the places of those that are nearly the same."""
    both = _both_ways(db.execute(_PLACES))
    return {place: tuple(sorted(others)) for place, others in both.items()}


def read_alike_among(db: sqlite3.Connection, ids: Iterable[str]) -> Alike:
    """Those of the transcripts that are nearly the same as others of them."""
    return _both_ways(db.execute(_AMONG, (json.dumps(sorted(set(ids))),)))


def _said(db: sqlite3.Connection, transcript_id: str, text: str) -> Said:
    pieces, end = list[str](), 0
    for first, last in read_marked(db, transcript_id):
        pieces.append(text[end:first])
        end = last
    return said_in(" ".join((*pieces, text[end:])))


def _both_ways(pairs: Iterable[tuple[str, str]]) -> Alike:
    found = defaultdict[str, set[str]](set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return {key: frozenset(others) for key, others in found.items()}
