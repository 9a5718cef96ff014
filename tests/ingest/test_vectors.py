"""The vector index alone: how many of the true neighbours it finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ingest.vectors import VectorIndex

PASSAGES, QUESTIONS, WANTED = 3000, 40, 50


def test_nearly_all_of_the_true_neighbours_are_found(tmp_path: Path) -> None:
    drawn = np.random.default_rng(3)
    vectors = drawn.normal(size=(PASSAGES + QUESTIONS, 48)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    held, asked = vectors[:PASSAGES], vectors[PASSAGES:]
    index = VectorIndex(tmp_path / "chroma")
    index.apply([], [f"p{row}" for row in range(PASSAGES)], held)
    found = 0
    for question in asked:
        nearest = {f"p{row}" for row in np.argsort(-(held @ question))[:WANTED]}
        found += len(nearest & index.search(question, WANTED).keys())
    index.close()
    assert found / (QUESTIONS * WANTED) >= 0.99
