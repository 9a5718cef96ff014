"""Search by meaning: a Chroma collection of passage vectors in a folder. Derived from the archive, never a truth.

Only this file knows chromadb. HNSW's `ef_search` is raised far above its default, which loses neighbours; telemetry
is off; a client is closed before its folder is opened again, since Chroma keeps stale readers otherwise.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.embed import Vectors
from ingest.errors import IndexDamaged, StorageError

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_COLLECTION = "passages"
_EF_SEARCH = 400
_BATCH = 2000


class VectorIndex:
    """The collection in `folder`, made when it is not there. Vectors are unit length, the score is the cosine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._using = threading.RLock()
        self._open()

    def _open(self) -> None:
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._client = chromadb.PersistentClient(str(self._folder), Settings(anonymized_telemetry=False))
            self._collection: Collection = self._client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": _EF_SEARCH, "ef_construction": 200}},
            )
        # AttributeError is what Chroma's own clean-up raises; what it had begun to open must not be handed out again.
        except (ChromaError, OSError, ValueError, AttributeError) as error:
            SharedSystemClient.clear_system_cache()
            raise IndexDamaged(f"The vector index in {self._folder} does not open: {error}.") from error

    def __len__(self) -> int:
        return self._collection.count()

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
        for first in range(0, len(deletes), _BATCH):
            self._collection.delete(ids=list(deletes[first : first + _BATCH]))
        for first in range(0, len(ids), _BATCH):
            rows = slice(first, first + _BATCH)
            self._collection.upsert(ids=list(ids[rows]), embeddings=vectors[rows])

    def reload(self) -> None:
        """Sees what another process has written since. Waits for searches under way in other threads."""
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
                raise IndexDamaged(f"The vector index in {self._folder} cannot be read: {error}.") from error

    def _search(self, vector: Vectors, limit: int) -> dict[str, float]:
        limit = min(limit, len(self))
        if limit < 1:
            return {}
        found = self._collection.query(query_embeddings=np.atleast_2d(vector), n_results=limit, include=["distances"])
        distances = found["distances"] or [[]]
        return {key: 1.0 - float(gap) for key, gap in zip(found["ids"][0], distances[0], strict=True)}

    def close(self) -> None:
        """Lets go of the folder."""
        self._client.close()  # type: ignore[attr-defined]  # Client has it, ClientAPI does not
