"""Transcripts that were read into the archive: counted, cut and embedded in batches, a transaction for each batch.

What they take the place of, and what a file no longer holds, goes in the same transactions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.archive import Archive
from ingest.cutting import PASSAGES_A_BATCH, cut_waiting
from ingest.embed import Embedder
from ingest.index import Index
from ingest.transcript import Passage, Transcript

_PASSAGES_A_FLUSH = 4096


@dataclass(frozen=True, slots=True)
class Read:
    """A transcript on its way in: all of it in passages, its place, the hash to know it by, whether it was in before.

    What turns out to be boilerplate is not in the passages that are stored. `moved_from` is the place where it was,
    when only its place has changed.
    """

    transcript: Transcript
    passages: tuple[Passage, ...]
    place: str
    sha256: str
    known: bool
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """It was in a file of many transcripts and is there no longer, or its file is gone."""

    place: str


Change = Read | Gone


def store_all(changes: Iterable[Change], store: Archive, index: Index, embedder: Embedder) -> Iterator[Change]:
    """Makes each change and gives it back once it is made. The indexes follow now and then, not at the end.

    What a transcript brings to light in earlier ones of its source, or the other way round, is in its transaction.
    """
    since_flush = 0
    for batch in _batches(changes):
        reads = [each for each in batch if isinstance(each, Read)]
        with store.writing():
            for change in batch:
                _make(change, store)
            cut_waiting(store, embedder, {read.transcript.id: (read.transcript, read.passages) for read in reads})
        yield from batch
        since_flush += sum(len(read.passages) for read in reads)
        if since_flush >= _PASSAGES_A_FLUSH:
            index.catch_up()
            since_flush = 0


def _make(change: Change, store: Archive) -> None:
    if isinstance(change, Gone):
        store.remove_place(change.place)
        return
    if change.moved_from:
        store.remove_place(change.moved_from)
    store.put(change.transcript, place=change.place, sha256=change.sha256)


def _batches(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Batches end after enough passages, and never between a transcript and what goes when it comes."""
    batch, passages = list[Change](), 0
    for change in changes:
        if passages >= PASSAGES_A_BATCH and isinstance(change, Read):
            yield batch
            batch, passages = [], 0
        batch.append(change)
        passages += len(change.passages) if isinstance(change, Read) else 0
    if batch:
        yield batch
