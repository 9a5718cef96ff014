"""The passages worth ranking: what words and vectors find, within the filters, however few or many these leave.

Filters are applied exactly. Where few passages are left their vectors are all scored, straight from the archive; where
many are, the indexes are asked for more and more until enough of what they find has passed. It ranks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np

from ingest.archive import Archive
from ingest.embed import Vectors
from ingest.index import Index
from ingest.rows import Stored
from ingest.words import Run
from rag.filters import Filters
from rag.query import Query

FEW_VECTORS = 5_000
"""Up to so many passages are read and scored one by one, in about 20 ms; from there on asking the index is faster."""
FEW_IDS = 1_000
"""Up to so many ids the word index is asked about by name; more take it longer than finding them all."""
_MORE = 4


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages by id, and what each search says of them: BM25 by `words`, where it found them, and cosines for all."""

    stored: Mapping[str, Stored]
    words: Mapping[str, float]
    vectors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: terms, runs of terms with their weights, the question's vector, and how many are wanted."""

    query: Query
    together: Mapping[Run, float]
    vector: Vectors
    wanted: int


class Gatherer:
    """Asks both indexes of one archive. Safe to use from several threads."""

    def __init__(self, archive: Archive, index: Index, *, few: int = FEW_VECTORS, few_ids: int = FEW_IDS) -> None:
        self._archive = archive
        self._index = index
        self._few = few
        self._few_ids = few_ids

    def gather(self, asked: Asked, filters: Filters) -> Candidates:
        """The candidates that the filters leave: the best by words and the best by vectors, all scored by vectors."""
        few = self._archive.few_matching(filters, self._few) if filters else None
        if few is not None:
            by_words, near = self._among_few(asked, *few)
        elif filters:
            by_words, near = self._among_many(asked, filters)
        else:
            by_words = self._by_words(asked, asked.wanted)
            near = self._index.vectors.search(asked.vector, asked.wanted)
        stored = self._archive.passages({**by_words, **near})
        known = {key: score for key, score in by_words.items() if key in stored}
        return Candidates(stored, known, _cosines(stored, asked.vector))

    def _among_few(
        self, asked: Asked, ids: tuple[str, ...], vectors: Vectors
    ) -> tuple[dict[str, float], dict[str, float]]:
        if not ids:
            return {}, {}
        scores = cosines(vectors, asked.vector)
        nearest = sorted(zip(-scores, ids, strict=True))[: asked.wanted]
        near = {key: -float(score) for score, key in nearest}
        if len(ids) <= self._few_ids:
            return self._by_words(asked, asked.wanted, among=ids), near
        return self._words_passing(asked, frozenset(ids).intersection), near

    def _among_many(self, asked: Asked, filters: Filters) -> tuple[dict[str, float], dict[str, float]]:
        def passing(ids: Collection[str]) -> frozenset[str]:
            return self._archive.matching(filters, ids)

        near = enough(lambda limit: self._index.vectors.search(asked.vector, limit), passing, asked.wanted)
        return self._words_passing(asked, passing), near

    def _words_passing(self, asked: Asked, passing: Callable[[Collection[str]], Collection[str]]) -> dict[str, float]:
        return enough(lambda limit: self._by_words(asked, limit), passing, asked.wanted)

    def _by_words(self, asked: Asked, limit: int, among: Collection[str] | None = None) -> dict[str, float]:
        return self._index.words.search(asked.query.terms, limit, together=asked.together, among=among)


def enough(
    search: Callable[[int], Mapping[str, float]], passing: Callable[[Collection[str]], Collection[str]], wanted: int
) -> dict[str, float]:
    """The first `wanted` of what `search` finds that pass; it is asked for more until they do or it finds no more."""
    limit = wanted * _MORE
    while True:
        found = search(limit)
        kept = passing(found)
        if len(kept) >= wanted or len(found) < limit:
            return {key: found[key] for key in [key for key in found if key in kept][:wanted]}
        limit *= _MORE


def cosines(vectors: Vectors, vector: Vectors) -> Vectors:
    """The cosine of each row to the vector. Rows embedded in 16 bits are of unit length to two digits only."""
    # Not `@`: BLAS's second thread costs milliseconds on a busy machine.
    products = np.einsum("ij,j->i", vectors, vector)
    scores: Vectors = products / np.sqrt(np.einsum("ij,ij->i", vectors, vectors) * (vector @ vector))
    return scores


def _cosines(stored: Mapping[str, Stored], vector: Vectors) -> dict[str, float]:
    if not stored:
        return {}
    scores = cosines(np.stack([each.vector for each in stored.values()]), vector)
    return dict(zip(stored, map(float, scores), strict=True))
