"""Transcripts that were read into the archive: counted, cut and embedded in batches, a transaction for each batch."""

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

    What turns out to be boilerplate is not in the passages that are stored.
    """

    transcript: Transcript
    passages: tuple[Passage, ...]
    place: str
    sha256: str
    known: bool


def store_all(reads: Iterable[Read], store: Archive, index: Index, embedder: Embedder) -> Iterator[Read]:
    """Stores each and gives it back once it is stored. The indexes follow now and then, not at the end.

    What a transcript brings to light in earlier ones of its source, or the other way round, is in its transaction.
    """
    since_flush = 0
    for batch in _batches(reads):
        with store.writing():
            for read in batch:
                store.put(read.transcript, place=read.place, sha256=read.sha256)
            cut_waiting(store, embedder, {read.transcript.id: (read.transcript, read.passages) for read in batch})
        yield from batch
        since_flush += sum(len(read.passages) for read in batch)
        if since_flush >= _PASSAGES_A_FLUSH:
            index.catch_up()
            since_flush = 0


def _batches(reads: Iterable[Read]) -> Iterator[list[Read]]:
    batch: list[Read] = []
    for read in reads:
        batch.append(read)
        if sum(len(each.passages) for each in batch) >= PASSAGES_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
