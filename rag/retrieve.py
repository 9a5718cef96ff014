"""Finds passages: words and vectors, each scaled to 0..1 over the candidates, then mixed (convex combination).

Bruch, Gai, Ingber 2023, "An analysis of fusion functions for hybrid retrieval" (doi 10.1145/3596512), found the
convex combination better than reciprocal rank fusion; so did we. It does not rerank, and it answers nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ingest.archive import Archive
from ingest.embed import Embedder, Vectors
from ingest.index import Index
from ingest.rows import Stored
from ingest.words import terms
from rag.results import Hit
from rag.stems import STOPWORDS, words


def fuse(by_words: Mapping[str, float], by_vectors: Mapping[str, float], words_weight: float) -> dict[str, float]:
    """Min-max scaled scores mixed, `w * words + (1 - w) * vectors`, best first; what one missed scores 0 there."""
    scaled_words, scaled_vectors = _scaled(by_words), _scaled(by_vectors)
    mixed = {
        key: words_weight * scaled_words.get(key, 0.0) + (1 - words_weight) * scaled_vectors.get(key, 0.0)
        for key in {**scaled_words, **scaled_vectors}
    }
    return dict(sorted(mixed.items(), key=lambda item: (-item[1], item[0])))


def _scaled(scores: Mapping[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    return {key: (score - low) / (high - low) if high > low else 1.0 for key, score in scores.items()}


class Retriever:
    """Searches one archive. Safe to use from several threads."""

    def __init__(
        self, archive: Archive, index: Index, embedder: Embedder, *, candidates: int, words_weight: float
    ) -> None:
        self._archive = archive
        self._index = index
        self._embedder = embedder
        self._candidates = candidates
        self._words_weight = words_weight

    def search(self, question: str, limit: int) -> tuple[Hit, ...]:
        """The `limit` best passages, best first."""
        wanted = max(limit, self._candidates)
        vector = self._embedder.embed([question])[0]
        by_words = self._index.words.search(_query_terms(question), wanted)
        near = self._index.vectors.search(vector, wanted)
        stored = self._archive.passages({**by_words, **near})
        by_vectors = _cosines(stored, vector)
        known_words = {key: score for key, score in by_words.items() if key in stored}
        order = fuse(known_words, by_vectors, self._words_weight)
        parts = {"words": known_words, "vectors": by_vectors}
        return tuple(
            _hit(stored[key], score, rank, {name: part[key] for name, part in parts.items() if key in part})
            for rank, (key, score) in enumerate(list(order.items())[:limit], 1)
        )


def by_speakers(hits: tuple[Hit, ...], speakers: tuple[str, ...]) -> tuple[Hit, ...]:
    """Those hits in which one of the speakers is heard, ranked afresh; all of them when none is."""
    kept = [hit for hit in hits if set(hit.passage.speakers) & set(speakers)]
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(kept, 1)) or hits


def _query_terms(question: str) -> list[str]:
    content = [word for word in words(question) if word not in STOPWORDS]
    return terms(" ".join(content)) or terms(question)


def _cosines(stored: Mapping[str, Stored], vector: Vectors) -> dict[str, float]:
    if not stored:
        return {}
    scores = np.stack([each.vector for each in stored.values()]) @ vector
    return dict(zip(stored, (float(score) for score in scores), strict=True))


def _hit(stored: Stored, score: float, rank: int, parts: Mapping[str, float]) -> Hit:
    return Hit(stored.passage, score, rank, parts, stored.title, stored.source, stored.published)
