"""Builds an archive's indexes from scratch, beside those in use, and tells which folders are in use.

Each index has two places, of which the archive names one: "words" or "words-b", "chroma" or "chroma-b".
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from ingest.archive import Archive
from ingest.chroma_server import ChromaServer, chroma_server
from ingest.embed import Vectors
from ingest.errors import StorageError
from ingest.passages import head
from ingest.rows import Stored
from ingest.vectors import VectorIndex
from ingest.words import Document, WordIndex

KINDS = ("words", "chroma")
_BATCH = 2000
_STAMP = "belongs_to"

Told = Callable[[int], None]
"""Told of how many passages are in."""


def folders(archive: Archive) -> dict[str, Path]:
    """Where the indexes in use are."""
    return {kind: archive.home / name for kind, name in zip(KINDS, archive.index_names() or KINDS, strict=True)}


def left_over(archive: Archive) -> list[Path]:
    """Indexes that are not in use, which whoever built them was kept from deleting."""
    used = folders(archive).values()
    places = (archive.home / f"{kind}{end}" for kind in KINDS for end in ("", "-b"))
    return [place for place in places if place not in used and place.exists()]


def spare(archive: Archive, kind: str) -> Path:
    """Where a new index is to be built: the place not in use; the first place where there never was one."""
    used = folders(archive)[kind]
    first, second = archive.home / kind, archive.home / f"{kind}-b"
    return second if used == first and (used / _STAMP).exists() else first


def build(archive: Archive, targets: Mapping[str, Path], server: ChromaServer | None, told: Told) -> None:
    """Builds the indexes of these kinds in these empty folders from the archive as it is.

    Raises StorageError when the disk refuses.
    """
    words = WordIndex(targets["words"]) if "words" in targets else None
    vectors = VectorIndex(targets["chroma"], server=server) if "chroma" in targets else None
    try:
        if vectors is not None and server and len(vectors):
            vectors.discard()
            vectors = VectorIndex(targets["chroma"], server=server)
        ids = archive.passage_ids()
        for first in range(0, len(ids), _BATCH):
            stored = list(archive.passages(ids[first : first + _BATCH]).values())
            if words is not None:
                words.apply((), [document(each) for each in stored])
            if vectors is not None:
                vectors.apply((), [each.passage.id for each in stored], matrix(stored))
            told(min(first + _BATCH, len(ids)))
    finally:
        if vectors is not None:
            vectors.close()
    for folder in targets.values():
        _write(folder / _STAMP, stamp_of(archive))


def stamped(archive: Archive, folder: Path) -> bool:
    """Whether the index in the folder was made from this archive, by its model and splitter."""
    path = folder / _STAMP
    return path.exists() and path.read_text() == stamp_of(archive)


def stamp_of(archive: Archive) -> str:
    """Whose indexes they are and what made them: vectors of another model are as foreign as another archive's."""
    stamps = archive.stamps()
    server = chroma_server(stamps["id"])
    made_of = [stamps[key] for key in ("id", "embedder", "splitter")]
    return " ".join([*made_of, server.address] if server else made_of)


def document(stored: Stored) -> Document:
    """The passage as word search sees it."""
    passage = stored.passage
    top = head(stored.title, stored.published, stored.source, stored.programme)
    return Document(passage.id, top, " ".join(passage.speakers), passage.text)


def matrix(stored: Sequence[Stored]) -> Vectors:
    """The passages' vectors, row by row."""
    return np.stack([each.vector for each in stored]) if stored else np.zeros((0, 0), dtype=np.float32)


def discard(folder: Path, server: ChromaServer | None = None) -> None:
    """Deletes an index, if it is there, from the server too where one holds it."""
    if server:
        VectorIndex(folder, server=server).discard()
    shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text)
    except OSError as error:
        raise StorageError(f"The search indexes could not be written: {path}: {error.strerror or error}.") from error
