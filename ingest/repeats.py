"""Counts in the archive's tables what each source says again and again. SQL; what counts is told in `boilerplate`.

An occasion is a day, so that a story in three bulletins of one evening is said once; an undated transcript is an
occasion of its own. What is counted depends on what is in the archive, and not on the order in which it came.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ingest.boilerplate import FEWEST, least, signs, source_of, spans_of
from ingest.sentences import Span
from ingest.transcript import Transcript

Said = Mapping[str, Collection[int]]
"""Keys of signs (see `ingest.boilerplate`) by the source that says them."""

_OCCASION = """
SELECT o.number, o.source FROM occasions o JOIN transcripts t ON t.id = o.transcript_id WHERE t.{column} = ?
"""
_COUNTED = """
SELECT j.value, (SELECT count(*) FROM (
    SELECT DISTINCT o.occasion FROM signs s JOIN occasions o ON o.number = s.number WHERE s.key = j.value LIMIT ?1
)) FROM json_each(?2) j
"""
_SAID_BETWEEN = """
SELECT s.key FROM occasions o JOIN signs s ON s.number = o.number WHERE o.source = ?
GROUP BY s.key HAVING count(DISTINCT o.occasion) >= ? AND count(DISTINCT o.occasion) < ?
"""
_CARRIERS = """
INSERT OR IGNORE INTO uncut SELECT o.transcript_id, 0
FROM json_each(?) j CROSS JOIN signs s ON s.key = j.value JOIN occasions o ON o.number = s.number
"""
_REPEATED_OF = "SELECT r.key FROM json_each(?) j JOIN repeated r ON r.key = j.value"
_REPEATED_IN = """
SELECT s.key FROM occasions o JOIN signs s ON s.number = o.number JOIN repeated r ON r.key = s.key
WHERE o.transcript_id = ?
"""
_UNCOUNTED = """
SELECT u.transcript_id FROM uncut u JOIN transcripts t ON t.id = u.transcript_id
WHERE coalesce(t.source, t.programme, '') != '' AND u.transcript_id > ?
    AND u.transcript_id NOT IN (SELECT transcript_id FROM occasions)
ORDER BY u.transcript_id LIMIT ?
"""
_COUNTS = ("signs", "occasions", "repeated", "thresholds", "boilerplate", "uncut")


@dataclass(frozen=True, slots=True)
class KeptOut:
    """How many passages of repeated station text search leaves out, and the id of a transcript with some."""

    passages: int
    example: str

    def since(self, before: int) -> KeptOut:
        """What there is more than there was before."""
        return KeptOut(self.passages - before, self.example) if self.passages > before else NOTHING


NOTHING = KeptOut(0, "")


def count_in(db: sqlite3.Connection, transcript: Transcript) -> Said:
    """Counts what a transcript says that has not been counted. One without a source is left aside."""
    source = source_of(transcript)
    if not source:
        return {}
    keys = {sign.key for sign in signs(transcript)}
    occasion = transcript.published.isoformat()[:10] if transcript.published else transcript.id
    row = (transcript.id, source, occasion)
    number = db.execute("INSERT INTO occasions (transcript_id, source, occasion) VALUES (?, ?, ?)", row).lastrowid
    db.executemany("INSERT INTO signs VALUES (?, ?)", ((key, number) for key in keys))
    return {source: keys}


def count_out(db: sqlite3.Connection, column: str, value: str) -> Said:
    """Takes back what the transcript whose `column` is `value` counted for, if any."""
    row = db.execute(_OCCASION.format(column=column), (value,)).fetchone()
    if not row:
        return {}
    number, source = row
    keys = {row[0] for row in db.execute("SELECT key FROM signs WHERE number = ?", (number,))}
    db.execute("DELETE FROM occasions WHERE number = ?", (number,))
    return {source: keys}


def judge(db: sqlite3.Connection, *counted: Said) -> None:
    """Says whether what was just counted in or out is repeated, and all that a source's threshold passes over.

    Whoever says something of which that has turned is to be cut again.
    """
    for source in {source for said in counted for source in said}:
        _judge(db, source, {key for said in counted for key in said.get(source, ())})


def count_nothing(db: sqlite3.Connection) -> None:
    """Forgets all counts, and has every transcript counted and cut again."""
    for table in _COUNTS:
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT INTO uncut SELECT id, 0 FROM transcripts")


def set_uncut(db: sqlite3.Connection, transcript_id: str) -> None:
    """Has a transcript cut into passages."""
    db.execute("INSERT OR IGNORE INTO uncut VALUES (?, 0)", (transcript_id,))


def uncut(db: sqlite3.Connection, limit: int) -> tuple[tuple[str, bool], ...]:
    """Transcripts that are to be cut: (id, whether passages that stay are to be embedded again)."""
    found = db.execute("SELECT transcript_id, afresh FROM uncut LIMIT ?", (limit,))
    return tuple((row[0], bool(row[1])) for row in found)


def uncounted(db: sqlite3.Connection, after: str, limit: int) -> tuple[str, ...]:
    """Transcripts that are to be cut and have not been counted though they have a source; by id, those after one."""
    return tuple(row[0] for row in db.execute(_UNCOUNTED, (after, limit)))


def boilerplate_of(db: sqlite3.Connection, transcript: Transcript) -> tuple[Span, ...]:
    """The boilerplate in a counted transcript, by the counts as they are."""
    keys = frozenset(row[0] for row in db.execute(_REPEATED_IN, (transcript.id,)))
    return spans_of(transcript, keys.__contains__) if keys else ()


def read_marked(db: sqlite3.Connection, transcript_id: str) -> tuple[Span, ...]:
    """The boilerplate that is kept out of the transcript's passages, in order."""
    query = "SELECT char_start, char_end FROM boilerplate WHERE transcript_id = ? ORDER BY char_start"
    return tuple(db.execute(query, (transcript_id,)))


def read_kept_out(db: sqlite3.Connection) -> KeptOut:
    """How much boilerplate the archive keeps out of search."""
    [passages] = db.execute("SELECT count(*) FROM boilerplate").fetchone()
    latest = "SELECT t.id FROM boilerplate b JOIN transcripts t ON t.id = b.transcript_id ORDER BY t.rowid DESC LIMIT 1"
    row = db.execute(latest).fetchone()
    return KeptOut(passages, row[0]) if row else NOTHING


def mark(db: sqlite3.Connection, transcript_id: str, spans: Sequence[Span]) -> None:
    """Notes the boilerplate that is kept out of the transcript's passages, and that they are cut."""
    db.execute("DELETE FROM boilerplate WHERE transcript_id = ?", (transcript_id,))
    db.executemany("INSERT INTO boilerplate VALUES (?, ?, ?)", ((transcript_id, *span) for span in spans))
    db.execute("DELETE FROM uncut WHERE transcript_id = ?", (transcript_id,))


def _judge(db: sqlite3.Connection, source: str, keys: Collection[int]) -> None:
    enough = _enough(db, source)
    judged = {*keys, *_passed(db, source, enough)}
    as_json = json.dumps([*judged])
    now = {key for key, times in db.execute(_COUNTED, (enough, as_json)) if times >= enough}
    was = {row[0] for row in db.execute(_REPEATED_OF, (as_json,))}
    db.executemany("DELETE FROM repeated WHERE key = ?", ((key,) for key in was - now))
    db.executemany("INSERT INTO repeated VALUES (?)", ((key,) for key in now - was))
    if turned := now ^ was:
        db.execute(_CARRIERS, (json.dumps([*turned]),))


def _enough(db: sqlite3.Connection, source: str) -> int:
    query = "SELECT count(DISTINCT occasion) FROM occasions WHERE source = ?"
    return least(int(db.execute(query, (source,)).fetchone()[0]))


def _passed(db: sqlite3.Connection, source: str, enough: int) -> list[int]:
    """The keys that the source's threshold passes over when it becomes `enough`, which it does."""
    row = db.execute("SELECT least FROM thresholds WHERE source = ?", (source,)).fetchone()
    before = row[0] if row else FEWEST
    if before == enough:
        return []
    db.execute("DELETE FROM thresholds WHERE source = ?", (source,))
    if enough != FEWEST:
        db.execute("INSERT INTO thresholds VALUES (?, ?)", (source, enough))
    return [row[0] for row in db.execute(_SAID_BETWEEN, (source, *sorted((before, enough))))]
