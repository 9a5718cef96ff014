"""Passages and vectors made anew, for another model or splitter, while the archive is read and written as before.

First all that will be needed is embedded, and kept in a file beside the archive: whoever is stopped goes on where that
was. Then, in one transaction, passages and vectors are exchanged and the new indexes built, which readers go over to
when it ends.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from ingest.archive import Archive
from ingest.cutting import cut_waiting
from ingest.embed import Embedder, Vectors
from ingest.errors import StorageError
from ingest.index import open_index
from ingest.lock import write_lock
from ingest.passages import indexed_text, split

FILE = "reindex.sqlite3"
_AT_ONCE = 1024
"""Texts embedded at a time. The model sorts them by length, so that little is spent on filling up short ones."""

Told = Callable[[int, int, str], None]
"""Told how many transcripts are done, of how many, and the title of the last."""


class Remembering:
    """An Embedder that keeps what it has embedded in a file, and embeds no text twice."""

    def __init__(self, embedder: Embedder, path: Path, splitter: str) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS made (by TEXT)")
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        made_by = f"{embedder.name} {splitter}"
        if self._db.execute("SELECT by FROM made").fetchall() != [(made_by,)]:
            for change in ("DELETE FROM vectors", "DELETE FROM made"):
                self._db.execute(change)
            self._db.execute("INSERT INTO made VALUES (?)", (made_by,))

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        keys = [hashlib.sha256(text.encode()).digest()[:16] for text in texts]
        self._learn({key: text for key, text in zip(keys, texts, strict=True) if self._known(key) is None})
        return np.stack([np.frombuffer(self._known(key) or b"", dtype="<f4") for key in keys])

    def lacks(self, text: str) -> bool:
        """Whether the text has yet to be embedded."""
        return self._known(hashlib.sha256(text.encode()).digest()[:16]) is None

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()

    def _learn(self, missing: Mapping[bytes, str]) -> None:
        if missing:
            vectors = self._embedder.embed([*missing.values()]).astype("<f4")
            rows = [(key, row.tobytes()) for key, row in zip(missing, vectors, strict=True)]
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            self._db.execute("COMMIT")

    def _known(self, key: bytes) -> bytes | None:
        row = self._db.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None


def convert(store: Archive, embedder: Embedder, stamps: Mapping[str, str], told: Told) -> None:
    """Makes all passages and vectors anew under these stamps, and the indexes with them.

    Raises StorageError when the disk refuses, ArchiveLocked.
    """
    path = store.folder / FILE
    try:
        with closing(Remembering(embedder, path, stamps["splitter"])) as remembering:
            for texts in _batches(_lacking(store, remembering, told)):
                remembering.embed(texts)
            with write_lock(store.folder):
                _exchange(store, remembering, stamps)
    except (sqlite3.OperationalError, OSError) as error:
        raise StorageError(f"{path} could not be written: {error}. The archive is as it was.") from error
    forget(store.folder)


def rebuild(store: Archive) -> None:
    """Builds the indexes anew from the archive as it is. Raises ArchiveLocked, StorageError."""
    with write_lock(store.folder):
        index = open_index(store)
        try:
            index.rebuild()
        finally:
            index.close()


def forget(folder: Path) -> None:
    """Deletes what an interrupted conversion has kept."""
    for end in ("", "-wal", "-shm", "-journal"):
        (folder / f"{FILE}{end}").unlink(missing_ok=True)


def _exchange(store: Archive, embedder: Embedder, stamps: Mapping[str, str]) -> None:
    index = open_index(store)
    try:
        with store.writing():
            store.begin_again(stamps)
            cut_waiting(store, embedder)
            index.rebuild()
        index.settle_in()
    finally:
        index.close()


def _lacking(store: Archive, remembering: Remembering, told: Told) -> Iterator[str]:
    """The texts of all passages to be that have not been embedded, as far as can be told before they are cut."""
    entries = store.entries()
    for done, entry in enumerate(entries, 1):
        transcript = store.transcript(entry.id)
        for passage in split(transcript, without=store.boilerplate(entry.id)):
            text = indexed_text(transcript, passage)
            if remembering.lacks(text):
                yield text
        told(done, len(entries), entry.title)


def _batches(texts: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) >= _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
