"""Cuts what waits to be cut: new transcripts, and those in which other boilerplate is found than before.

Passages that come out as they were stay, with their vectors; the others are embedded and replace what went before.
What makes a transcript wait is told in `ingest.archive` and `ingest.repeats`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest import copies, repeats, rows
from ingest.archive import Archive
from ingest.embed import Embedder
from ingest.passages import indexed_text, split
from ingest.rows import Stored
from ingest.schema import SCHEMA_VERSION
from ingest.sentences import Span
from ingest.transcript import Passage, Transcript

PASSAGES_A_BATCH = 256
_TRANSCRIPTS_AT_ONCE = 32

Known = Mapping[str, tuple[Transcript, Sequence[Passage]]]
"""Transcripts by their ids, as they were read just now, with all of each in passages."""

_UNKNOWN: Known = {}


@dataclass(frozen=True, slots=True)
class _Cut:
    transcript: Transcript
    without: tuple[Span, ...]
    gone: tuple[str, ...]
    fresh: tuple[Passage, ...]


def cut_waiting(
    store: Archive, embedder: Embedder, known: Known = _UNKNOWN, told: Callable[[str], None] = lambda title: None
) -> None:
    """Cuts and embeds all that waits; `told` hears the title of each transcript that is done.

    Transactions are of some transcripts each, or it is part of the one that is open.
    """
    _count(store)
    while waiting := repeats.uncut(store.db, _TRANSCRIPTS_AT_ONCE):
        with store.writing() as db:
            cuts = (_cut(db, key, known, afresh=afresh) for key, afresh in waiting)
            for batch in _batches(cuts):
                _store(db, batch, embedder)
                for each in batch:
                    told(each.transcript.title)


def _count(store: Archive) -> None:
    """Counts what has not been, as in an archive of a layout that did not count."""
    last = ""
    while keys := repeats.uncounted(store.db, last, _TRANSCRIPTS_AT_ONCE):
        last = keys[-1]
        with store.writing() as db:
            for key in keys:
                repeats.judge(db, repeats.count_in(db, _read(db, key)))


def _cut(db: sqlite3.Connection, key: str, known: Known, *, afresh: bool) -> _Cut:
    transcript, whole = known[key] if key in known else (_read(db, key), None)
    without = repeats.boilerplate_of(db, transcript)
    held = frozenset(row[0] for row in db.execute("SELECT id FROM passages WHERE transcript_id = ?", (key,)))
    if held and not afresh and without == repeats.read_marked(db, key):
        return _Cut(transcript, without, (), ())
    passages = split(transcript, without=without) if without or whole is None else whole
    kept = frozenset() if afresh else held.intersection(each.id for each in passages)
    fresh = tuple(each for each in passages if each.id not in kept)
    return _Cut(transcript, without, tuple(held - kept), fresh)


def _read(db: sqlite3.Connection, key: str) -> Transcript:
    return rows.read_transcript(db, key, SCHEMA_VERSION)


def _batches(cuts: Iterable[_Cut]) -> Iterator[list[_Cut]]:
    batch: list[_Cut] = []
    for cut in cuts:
        batch.append(cut)
        if sum(len(each.fresh) for each in batch) >= PASSAGES_A_BATCH:
            yield batch
            batch = []
    yield batch


def _store(db: sqlite3.Connection, batch: Sequence[_Cut], embedder: Embedder) -> None:
    texts = [indexed_text(each.transcript, passage) for each in batch for passage in each.fresh]
    vectors = iter(embedder.embed(texts) if texts else ())
    for each in batch:
        rows.forget_passages(db, each.gone)
        rows.insert_passages(db, [Stored(passage, next(vectors)) for passage in each.fresh])
        repeats.mark(db, each.transcript.id, each.without)
        copies.link(db, each.transcript.id)
