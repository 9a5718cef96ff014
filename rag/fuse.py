"""Mixes scores of several searches: each scaled to 0..1 over the candidates, then added by weight (convex combination).

Bruch, Gai, Ingber 2023, "An analysis of fusion functions for hybrid retrieval" (doi 10.1145/3596512), found the
convex combination better than reciprocal rank fusion; so did we. It searches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

Scores = Mapping[str, float]


def scaled(scores: Scores) -> dict[str, float]:
    """The scores from 0, the lowest, to 1, the highest; where all are the same, all 1."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    return {key: (score - low) / (high - low) if high > low else 1.0 for key, score in scores.items()}


def fuse(by_words: Scores, by_vectors: Scores, words_weight: float) -> dict[str, float]:
    """Scaled scores mixed, `w * words + (1 - w) * vectors`, best first; what one search missed scores 0 there.

    Where two are equal the id decides, so that the order is always the same.
    """
    words, vectors = scaled(by_words), scaled(by_vectors)
    mixed = {
        key: words_weight * words.get(key, 0.0) + (1 - words_weight) * vectors.get(key, 0.0)
        for key in {**words, **vectors}
    }
    return dict(sorted(mixed.items(), key=lambda item: (-item[1], item[0])))
