"""Small archives with real indexes, for tests of the search: transcripts in, a folder out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingest.archive import Archive
from ingest.embed import Embedder
from ingest.index import open_index
from ingest.passages import indexed_text, split
from ingest.rows import Stored
from ingest.transcript import Transcript


def archive_of(folder: Path, transcripts: Iterable[Transcript], embedder: Embedder, budget: int = 40) -> Path:
    """An archive of the transcripts, in passages of at most `budget` words; embedded by `embedder`."""
    with Archive.open(folder, create=True, embedder=embedder.name) as archive:
        for each in transcripts:
            passages = split(each, budget)
            vectors = embedder.embed([indexed_text(each, passage) for passage in passages])
            stored = [Stored(passage, vector) for passage, vector in zip(passages, vectors, strict=True)]
            archive.put(each, stored, place=f"{each.id}.txt", sha256=each.id)
        open_index(archive).close()
    return folder
