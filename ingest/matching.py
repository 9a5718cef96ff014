"""Which passages criteria leave, straight from the archive's tables. SQL and nothing else.

Names are compared without case, dates by day; what has no date is in no period.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Protocol

import numpy as np

from ingest.embed import Vectors
from ingest.rows import ADDED, marks

_BATCH = 10_000


class Criteria(Protocol):
    """Passages in which one of `speakers` speaks, published from `since` to `until` (inclusive), of one of `sources`.

    A source is an outlet or a programme. What is empty or None narrows nothing.
    """

    @property
    def speakers(self) -> tuple[str, ...]: ...
    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


def few_matching(
    db: sqlite3.Connection, criteria: Criteria, layout: str, most: int
) -> tuple[tuple[str, ...], Vectors] | None:
    """Ids and vectors, row by row, of all passages that match; None where these are more than `most`."""
    where, values = _where(db, criteria, layout)
    those = f"FROM transcripts t CROSS JOIN passages p ON p.transcript_id = t.id WHERE {where}"
    # Counting first spares the vectors of what turns out to be too many, which are most of what there is to read.
    counted = db.execute(f"SELECT count(*) FROM (SELECT 1 {those} LIMIT ?)", (*values, most + 1)).fetchone()[0]
    if counted > most:
        return None
    found = db.execute(f"SELECT p.id, p.vector {those}", values).fetchall()
    vectors = np.frombuffer(b"".join(row[1] for row in found), dtype="<f4")
    return tuple(row[0] for row in found), vectors.reshape(len(found), -1 if found else 0)


def matching(db: sqlite3.Connection, criteria: Criteria, layout: str, ids: Sequence[str]) -> frozenset[str]:
    """Those of the passage ids that match."""
    where, values = _where(db, criteria, layout)
    query = "SELECT p.id FROM passages p JOIN transcripts t ON t.id = p.transcript_id WHERE p.id IN ({}) AND " + where
    batches = _batches(ids)
    return frozenset(row[0] for some in batches for row in db.execute(query.format(marks(len(some))), (*some, *values)))


def _where(db: sqlite3.Connection, criteria: Criteria, layout: str) -> tuple[str, list[str]]:
    programme = ADDED[layout].split(",")[0]
    bounds = [(sign, day.isoformat()) for sign, day in ((">=", criteria.since), ("<=", criteria.until)) if day]
    clauses, values = [f"t.published {sign} ?" for sign, _ in bounds], [day for _, day in bounds]
    if criteria.sources:
        named = f"SELECT source FROM transcripts UNION SELECT {programme} FROM transcripts"
        spelt = _spellings(db, named, criteria.sources)
        clauses.append(f"(t.source IN ({marks(len(spelt))}) OR {programme} IN ({marks(len(spelt))}))")
        values += [*spelt, *spelt]
    if criteria.speakers:
        spelt = _spellings(db, "SELECT DISTINCT value FROM transcripts, json_each(speakers)", criteria.speakers)
        # A name as JSON, quotation marks and all, stands in the list only as one of its items: json_each is far slower.
        clauses.append(f"({' OR '.join('instr(p.speakers, ?)' for _ in spelt) or '0'})")
        values += map(json.dumps, spelt)
    return " AND ".join(clauses) or "1", values


def _spellings(db: sqlite3.Connection, query: str, names: Sequence[str]) -> list[str]:
    """The names as the archive spells them: SQLite itself knows the case of ASCII letters only."""
    wanted = {name.casefold() for name in names}
    return [row[0] for row in db.execute(query) if row[0] and row[0].casefold() in wanted]


def _batches(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    left = iter(ids)
    while some := tuple(islice(left, _BATCH)):
        yield some
