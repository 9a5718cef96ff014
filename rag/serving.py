"""What of an engine hangs on the archive's embedding model, and going over to another while questions are asked.

An archive may be converted to another model while programs ask it (`onrecord reindex --embedder`). The old index
serves until that is done; the next search goes over to the new model. What was under way when the models changed may
have seen vectors of both, so it is thrown away and looked for again. It does not understand or answer questions.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ingest.archive import Archive
from ingest.embed import PACKAGED, Warming, warming_embedder
from ingest.errors import ArchiveError
from ingest.index import Index, open_index
from ingest.transcript import Transcript
from rag.config import Settings
from rag.quote import Quoter
from rag.retrieve import Retriever

_CUT_OFF = (ArchiveError, ValueError, LookupError, OSError, sqlite3.Error)
"""What a search may run into whose indexes are exchanged under it, vectors of another length among it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What was made for one embedding model."""

    index: Index
    embedder: Warming
    retriever: Retriever
    quoter: Quoter


class Serving:
    """The parts for the model that the archive is of. Safe to use from several threads."""

    def __init__(self, archive: Archive, settings: Settings, transcript_of: Callable[[str], Transcript]) -> None:
        self._archive, self._settings, self._transcript_of = archive, settings, transcript_of
        self._lock = threading.RLock()
        self._users = Counter[Parts]()
        self._warm = False
        self.parts = self._made(self._model())
        self._open = [self.parts]
        self._embedders = [self.parts.embedder]

    def search(self, look: Callable[[Retriever], T]) -> T:
        """What `look` finds with the newest that is in the archive, all of it by one model.

        Raises ArchiveMismatch where the archive was converted to another model than the settings name.
        """
        while True:
            with self._using() as parts:
                try:
                    found = look(parts.retriever)
                except _CUT_OFF:
                    if self._model() == parts.embedder.name:
                        raise
                    continue
                if self._model() == parts.embedder.name:
                    return found

    def warm(self) -> None:
        """Begins to load what embeds faster, for this model and for those that come after it."""
        with self._lock:
            self._warm = True
            self.parts.embedder.warm()

    def settle(self) -> None:
        """Waits for what is being loaded."""
        for embedder in tuple(self._embedders):
            embedder.settle()

    def close(self) -> None:
        """Lets go of the indexes."""
        with self._lock:
            while self._open:
                self._open.pop().index.close()

    @contextmanager
    def _using(self) -> Iterator[Parts]:
        """The parts as they should be now; they stay open for as long."""
        with self._lock:
            self._go_along()
            parts = self.parts
            self._users[parts] += 1
        try:
            yield parts
        finally:
            with self._lock:
                self._users[parts] -= 1
                self._let_go()

    def _go_along(self) -> None:
        model = self._model()
        if model == self.parts.embedder.name or "embedder" in self._settings.model_fields_set:
            self.parts.index.refresh()
            return
        self.parts = self._made(model)
        self._open.append(self.parts)
        self._embedders.append(self.parts.embedder)
        if self._warm:
            self.parts.embedder.warm()
        self._let_go()

    def _let_go(self) -> None:
        for parts in [each for each in self._open if each is not self.parts and not self._users[each]]:
            self._open.remove(parts)
            del self._users[parts]
            parts.index.close()

    def _model(self) -> str:
        return self._archive.stamps()["embedder"]

    def _made(self, model: str) -> Parts:
        embedder, settings = warming_embedder(model), self._settings
        index = open_index(self._archive)
        retriever = Retriever(
            self._archive, index, embedder, candidates=settings.candidates, words_weight=settings.words_weight
        )
        return Parts(index, embedder, retriever, Quoter(index, embedder, self._transcript_of, settings.quotes))


def open_archive(folder: Path | str, settings: Settings) -> Archive:
    """The archive, of the model that the settings name; where they name none, of any that is on this machine.

    Raises ArchiveError as `Archive.open` does.
    """
    wanted = settings.embedder
    if "embedder" not in settings.model_fields_set:
        with Archive.open(folder, embedder=None) as archive:
            model = archive.stamps()["embedder"]
        wanted = model if model in PACKAGED or Path(model).is_dir() else wanted
    return Archive.open(folder, embedder=wanted)
