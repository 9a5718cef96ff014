"""Transcripts that were read into the archive: embedded in batches, each stored in a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.archive import Archive
from ingest.embed import Embedder
from ingest.index import Index
from ingest.passages import indexed_text
from ingest.rows import Stored
from ingest.transcript import Passage, Transcript

_PASSAGES_A_BATCH = 256
_PASSAGES_A_FLUSH = 4096


@dataclass(frozen=True, slots=True)
class Read:
    """A transcript on its way in: its passages, its place, the hash to know it by, and whether it was in before."""

    transcript: Transcript
    passages: tuple[Passage, ...]
    place: str
    sha256: str
    known: bool


def store_all(reads: Iterable[Read], store: Archive, index: Index, embedder: Embedder) -> Iterator[Read]:
    """Stores each and gives it back once it is stored. The indexes follow now and then, not at the end."""
    since_flush = 0
    for batch in _batches(reads):
        for read, stored in zip(batch, embedded(batch, embedder), strict=True):
            store.put(read.transcript, stored, place=read.place, sha256=read.sha256)
            yield read
            since_flush += len(stored)
        if since_flush >= _PASSAGES_A_FLUSH:
            index.catch_up()
            since_flush = 0


def embedded(batch: Sequence[Read], embedder: Embedder) -> Iterator[list[Stored]]:
    """The passages of each with their vectors; all of them are embedded in one go."""
    texts = [indexed_text(read.transcript, passage) for read in batch for passage in read.passages]
    vectors = iter(embedder.embed(texts))
    for read in batch:
        yield [Stored(passage, next(vectors)) for passage in read.passages]


def _batches(reads: Iterable[Read]) -> Iterator[list[Read]]:
    batch: list[Read] = []
    for read in reads:
        batch.append(read)
        if sum(len(each.passages) for each in batch) >= _PASSAGES_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
