"""The derived indexes, words and vectors, kept in step with the archive; whatever is amiss with them heals from it.

A change is struck from the archive's outbox only after both indexes hold it durably, so a kill at any moment leaves
work to repeat, never work lost. An index that is missing, foreign or of the wrong size is built again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from ingest.archive import Archive
from ingest.embed import Vectors
from ingest.errors import ArchiveLocked, IndexDamaged, StorageError
from ingest.lock import write_lock
from ingest.passages import head
from ingest.rows import Stored
from ingest.vectors import VectorIndex
from ingest.words import Document, WordIndex

_BATCH = 2000
_STAMP = "belongs_to"


class Index:
    """Both indexes of an archive. Open it through `open_index`, which sees that they agree with the archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._folders = {"words": archive.folder / "words", "vectors": archive.folder / "chroma"}
        self._open()

    def _open(self) -> None:
        try:
            self.words = WordIndex(self._folders["words"])
            self.vectors = VectorIndex(self._folders["vectors"])
        except OSError as error:
            raise StorageError(f"The search indexes in {self._archive.folder} could not be opened: {error}.") from error
        self.generation = self._archive.generation()

    def agrees(self) -> bool:
        """Whether both indexes are this archive's, hold as many passages, and nothing waits."""
        count = self._archive.passage_count()
        return self._stamped() and not self._archive.pending(1) and len(self.words) == len(self.vectors) == count

    def refresh(self) -> None:
        """Sees what another process has written since."""
        if self.generation != self._archive.generation():
            self.generation = self._archive.generation()
            self.words.reload()
            self.vectors.reload()

    def catch_up(self, progress: Callable[[int], None] = lambda done: None) -> None:
        """Takes in what waits in the outbox; `progress` is told the number of passages taken in."""
        done = 0
        while changes := self._archive.pending(_BATCH):
            self._apply([key for key, removed in changes if removed], [key for key, removed in changes if not removed])
            self._archive.settle(changes)
            progress(done := done + len(changes))
        self.generation = self._archive.generation()

    def rebuild(self) -> None:
        """Throws both indexes away and builds them from the archive."""
        self.close()
        _discard(self._folders.values())
        self._open()
        ids = self._archive.passage_ids()
        for first in range(0, len(ids), _BATCH):
            self._apply([], ids[first : first + _BATCH])
        while changes := self._archive.pending(_BATCH):
            self._archive.settle(changes)
        self._stamp()
        self._archive.touch()
        self.generation = self._archive.generation()

    def heal(self) -> None:
        """Makes the indexes agree with the archive with as little work as that takes."""
        if self._stamped():
            self.catch_up()
        if not self.agrees():
            self.rebuild()

    def close(self) -> None:
        """Lets go of the folders."""
        self.vectors.close()

    def _apply(self, removed: Sequence[str], added: Sequence[str]) -> None:
        stored = self._archive.passages(added)
        gone = [*removed, *(key for key in added if key not in stored)]
        self.words.apply(gone, [_document(each) for each in stored.values()])
        self.vectors.apply(gone, list(stored), _matrix(list(stored.values())))

    def _stamped(self) -> bool:
        wanted = _stamp_of(self._archive)
        return all(_read(folder / _STAMP) == wanted for folder in self._folders.values())

    def _stamp(self) -> None:
        for folder in self._folders.values():
            (folder / _STAMP).write_text(_stamp_of(self._archive))


def open_index(archive: Archive) -> Index:
    """The archive's indexes, healed where they need it and nobody else is at work on them."""
    try:
        index = Index(archive)
    except IndexDamaged:
        with write_lock(archive.folder):
            _discard((archive.folder / "words", archive.folder / "chroma"))
        index = Index(archive)
    if not index.agrees():
        try:
            with write_lock(archive.folder, wait_s=0):
                index.heal()
        except ArchiveLocked:
            pass
    return index


def _discard(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _stamp_of(archive: Archive) -> str:
    """Whose indexes they are and what made them: vectors of another model are as foreign as another archive's."""
    stamps = archive.stamps()
    return " ".join(stamps[key] for key in ("id", "embedder", "splitter"))


def _document(stored: Stored) -> Document:
    passage = stored.passage
    return Document(
        passage.id,
        head(stored.title, stored.published, stored.source, stored.programme),
        " ".join(passage.speakers),
        passage.text,
    )


def _matrix(stored: Sequence[Stored]) -> Vectors:
    return np.stack([each.vector for each in stored]) if stored else np.zeros((0, 0), dtype=np.float32)


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
