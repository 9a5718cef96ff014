"""Search by meaning: a Chroma collection of passage vectors in a folder, or on a server. Derived, never a truth.

Only this file knows chromadb. HNSW's `ef_search` is raised far above its default, which loses neighbours; telemetry
is off; a client is closed before its folder is opened again, since Chroma keeps stale readers otherwise. Which server
is told in `ingest.chroma_server`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from ingest.chroma_server import ChromaServer
from ingest.embed import Vectors
from ingest.errors import IndexDamaged, StorageError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.config import System

_COLLECTION = "passages"
_UNREADABLE = "The vector index in {} cannot be read: {}. What mends it: onrecord doctor --mend"
_PERSISTED = "index_metadata.pickle"
_DATABASE = "chroma.sqlite3"
_EF_SEARCH = 400
_BATCH = 2000
_OPENING = threading.Lock()
_FILES: WeakKeyDictionary[System, int] = WeakKeyDictionary()
"""By what Chroma has open, the number of the database file that it opened: a path may come to name another."""


def lasting(folder: Path) -> Iterator[Path]:
    """The files of the index that only a writer changes, and that are loaded without a check."""
    for marker in sorted(folder.glob(f"*/{_PERSISTED}")):
        yield from sorted(path for path in marker.parent.iterdir() if path.is_file())


class VectorIndex:
    """The collection in `folder`, made when it is not there. Vectors are unit length, the score is the cosine.

    `where` tells the folder afresh whenever it is opened again. With a `server` the collection is there instead, under
    a name made from the folder's.
    """

    def __init__(
        self, folder: Path, where: Callable[[], Path] | None = None, server: ChromaServer | None = None
    ) -> None:
        self._where = where or (lambda: folder)
        self._server = server
        self._using = threading.RLock()
        self._is_open = False
        self._count: int | None = None
        self._open()

    def _open(self) -> None:
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.errors import ChromaError

        self._folder = self._where()
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._client = _client(self._folder, self._server)
            self._collection: Collection = self._client.get_or_create_collection(
                self._server.collection(self._folder) if self._server else _COLLECTION,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": _EF_SEARCH, "ef_construction": 200}},
            )
        # AttributeError is what Chroma's own clean-up raises; what it had begun to open must not be handed out again.
        except (ChromaError, OSError, ValueError, AttributeError) as error:
            if self._server:
                raise StorageError(self._server.unreachable(error)) from error
            SharedSystemClient.clear_system_cache()
            raise IndexDamaged(f"The vector index in {self._folder} does not open: {error}.") from error
        self._is_open, self._count = True, None

    def __len__(self) -> int:
        # Chroma counts row by row: 5 ms at 100 thousand, as long as the search itself.
        if self._count is None:
            self._count = self._collection.count()
        return self._count

    def apply(self, deletes: Sequence[str], ids: Sequence[str], vectors: Vectors) -> None:
        """Removes the ids `deletes`, then sets the vectors of `ids`, row by row; durable on return.

        Raises StorageError when the disk refuses.
        """
        from chromadb.errors import ChromaError

        try:
            self._apply(deletes, ids, vectors)
        except (ChromaError, OSError) as error:
            raise StorageError(
                f"The vector index could not be written: {error}. The archive itself is unharmed."
            ) from error

    def _apply(self, deletes: Sequence[str], ids: Sequence[str], vectors: Vectors) -> None:
        self._count = None
        for first in range(0, len(deletes), _BATCH):
            self._collection.delete(ids=list(deletes[first : first + _BATCH]))
        for first in range(0, len(ids), _BATCH):
            rows = slice(first, first + _BATCH)
            self._collection.upsert(ids=list(ids[rows]), embeddings=vectors[rows])

    def reload(self) -> None:
        """Sees what another process has written since, where that is now. Waits for searches in other threads."""
        with self._using:
            self.close()
            self._open()

    def search(self, vector: Vectors, limit: int) -> dict[str, float]:
        """Passage ids with their cosine to the vector, best first.

        Raises IndexDamaged when the index cannot be read, not even when it is opened afresh.
        """
        from chromadb.errors import ChromaError

        with self._using:
            try:
                return self._search(vector, limit)
            except ChromaError:
                self.reload()
            try:
                return self._search(vector, limit)
            except ChromaError as error:
                raise IndexDamaged(_UNREADABLE.format(self._folder, error)) from error

    def _search(self, vector: Vectors, limit: int) -> dict[str, float]:
        limit = min(limit, len(self))
        if limit < 1:
            return {}
        found = self._collection.query(query_embeddings=np.atleast_2d(vector), n_results=limit, include=["distances"])
        distances = found["distances"] or [[]]
        return {key: 1.0 - float(gap) for key, gap in zip(found["ids"][0], distances[0], strict=True)}

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those of the ids that the index holds. Raises IndexDamaged."""
        from chromadb.errors import ChromaError

        if not ids:
            return {}
        try:
            found = self._collection.get(ids=list(ids), include=["embeddings"])
        except ChromaError as error:
            raise IndexDamaged(_UNREADABLE.format(self._folder, error)) from error
        rows = found["embeddings"]
        return dict(zip(found["ids"], np.asarray(rows, dtype=np.float32), strict=True))

    def discard(self) -> None:
        """Deletes the collection from the server, where it is on one, and lets go."""
        if self._server:
            self._client.delete_collection(self._server.collection(self._folder))
        self.close()

    def close(self) -> None:
        """Lets go of the folder. Closing twice would close it for others in this process."""
        if self._is_open:
            self._is_open = False
            _close(self._client, self._folder)


def _client(folder: Path, server: ChromaServer | None) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    if server is None:
        with _OPENING:
            _part_with_replaced(folder)
            client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
            _FILES[client._system] = _file(folder)  # type: ignore[attr-defined]
            return client
    settings = Settings(anonymized_telemetry=False, chroma_server_ssl_verify=server.verify if server.ssl else None)
    return chromadb.HttpClient(server.host, server.port, server.ssl, dict(server.headers), settings)


def _part_with_replaced(folder: Path) -> None:
    """Has Chroma open the folder's files, where it would hand out what it has open of a folder deleted since."""
    from chromadb.api.shared_system_client import SharedSystemClient

    system = SharedSystemClient._identifier_to_system.get(str(folder))
    if system is not None and _FILES.get(system) != _file(folder):
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        SharedSystemClient._identifier_to_refcount.pop(str(folder), None)


def _close(client: ClientAPI, folder: Path) -> None:
    """Closes it, unless Chroma would close what was opened in its place since."""
    from chromadb.api import ServerAPI
    from chromadb.api.shared_system_client import SharedSystemClient

    with _OPENING:
        system = SharedSystemClient._identifier_to_system.get(str(folder))
        if system is None or system.instance(ServerAPI) is client._server:  # type: ignore[attr-defined,type-abstract]
            client.close()  # type: ignore[attr-defined]  # Client has it, ClientAPI does not


def _file(folder: Path) -> int:
    path = folder / _DATABASE
    return path.stat().st_ino if path.exists() else -1
