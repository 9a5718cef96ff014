"""Which passages criteria leave, straight from the archive's tables. SQL and nothing else.

Names are compared without case, dates by day; what has no date is in no period.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Protocol

import numpy as np

from ingest.embed import Vectors
from ingest.rows import ADDED, marks

_BATCH = 10_000
_VECTORS = "SELECT p.id, p.vector FROM json_each(?) j CROSS JOIN passages p ON p.rowid = j.value"


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


class Spellings:
    """Names as the archive spells them at one generation, each query read once: SQLite knows the case of ASCII only."""

    def __init__(self, generation: int = -1) -> None:
        self.generation = generation
        self._by_query: dict[str, Mapping[str, Sequence[str]]] = {}

    def of(self, db: sqlite3.Connection, query: str, names: Sequence[str]) -> list[str]:
        """How those of the names that the query finds are spelt, whatever their case."""
        if query not in self._by_query:
            spelt = defaultdict[str, list[str]](list)
            for (name,) in db.execute(query):
                spelt[(name or "").casefold()].append(name)
            self._by_query[query] = spelt
        wanted = {name.casefold() for name in names if name}
        return [spelling for name in sorted(wanted) for spelling in self._by_query[query].get(name, ())]


def few_matching(
    db: sqlite3.Connection, criteria: Criteria, layout: str, most: int, spellings: Spellings
) -> tuple[tuple[str, ...], Vectors] | None:
    """Ids and vectors, row by row, of all passages that match; None where these are more than `most`."""
    where, values = _where(db, criteria, layout, spellings)
    those = f"FROM transcripts t CROSS JOIN passages p ON p.transcript_id = t.id WHERE {where} LIMIT ?"
    with _one_moment(db):
        # Numbers first: they are in the indexes, and spare the vectors of what turns out to be too many.
        numbers = [row[0] for row in db.execute(f"SELECT p.rowid {those}", (*values, most + 1))]
        if len(numbers) > most:
            return None
        found = db.execute(_VECTORS, (json.dumps(numbers),)).fetchall()
    vectors = np.frombuffer(b"".join(row[1] for row in found), dtype="<f4")
    return tuple(row[0] for row in found), vectors.reshape(len(found), -1 if found else 0)


def matching(
    db: sqlite3.Connection, criteria: Criteria, layout: str, ids: Sequence[str], spellings: Spellings
) -> frozenset[str]:
    """Those of the passage ids that match."""
    where, values = _where(db, criteria, layout, spellings)
    query = "SELECT p.id FROM passages p JOIN transcripts t ON t.id = p.transcript_id WHERE p.id IN ({}) AND " + where
    batches = _batches(ids)
    return frozenset(row[0] for some in batches for row in db.execute(query.format(marks(len(some))), (*some, *values)))


def _where(db: sqlite3.Connection, criteria: Criteria, layout: str, spellings: Spellings) -> tuple[str, list[str]]:
    programme = ADDED[layout].split(",")[0]
    bounds = [(sign, day.isoformat()) for sign, day in ((">=", criteria.since), ("<=", criteria.until)) if day]
    clauses, values = [f"t.published {sign} ?" for sign, _ in bounds], [day for _, day in bounds]
    if criteria.sources:
        named = f"SELECT source FROM transcripts UNION SELECT {programme} FROM transcripts"
        spelt = spellings.of(db, named, criteria.sources)
        clauses.append(f"(t.source IN ({marks(len(spelt))}) OR {programme} IN ({marks(len(spelt))}))")
        values += [*spelt, *spelt]
    if criteria.speakers:
        spelt = spellings.of(db, "SELECT DISTINCT value FROM transcripts, json_each(speakers)", criteria.speakers)
        # A name as JSON, quotation marks and all, stands in the list only as one of its items: json_each is far slower.
        # That of the transcript is asked first, which spares the passages of all in which nobody of them speaks.
        for table in ("t", "p"):
            clauses.append(f"({' OR '.join(f'instr({table}.speakers, ?)' for _ in spelt) or '0'})")
            values += map(json.dumps, spelt)
    return " AND ".join(clauses) or "1", values


@contextmanager
def _one_moment(db: sqlite3.Connection) -> Iterator[None]:
    """Reads are of the same state of the archive, whatever others write meanwhile."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


def _batches(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    left = iter(ids)
    while some := tuple(islice(left, _BATCH)):
        yield some
