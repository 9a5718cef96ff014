"""Score fusion, with the sums written out."""

from __future__ import annotations

import pytest

from rag.fuse import fuse, scaled


def test_scores_are_scaled_and_mixed() -> None:
    words = {"a": 12.0, "b": 6.0, "c": 2.0}
    vectors = {"b": 0.9, "c": 0.5, "d": 0.1}
    mixed = fuse(words, vectors, words_weight=0.25)
    assert mixed == pytest.approx(
        {
            "b": 0.25 * (6 - 2) / (12 - 2) + 0.75 * 1.0,
            "c": 0.25 * 0.0 + 0.75 * (0.5 - 0.1) / (0.9 - 0.1),
            "a": 0.25 * 1.0 + 0.75 * 0.0,
            "d": 0.25 * 0.0 + 0.75 * 0.0,
        }
    )
    assert list(mixed) == ["b", "c", "a", "d"]


def test_one_search_alone_decides_when_the_other_finds_nothing() -> None:
    assert fuse({}, {"a": 0.2, "b": 0.7}, 0.5) == {"b": 0.5, "a": 0.0}
    assert fuse({"a": 3.0}, {}, 0.5) == {"a": 0.5}
    assert fuse({}, {}, 0.5) == {}


def test_ties_are_broken_by_id_so_that_order_is_always_the_same() -> None:
    assert list(fuse({"b": 1.0, "a": 1.0}, {}, 0.5)) == ["a", "b"]


def test_scores_are_scaled_from_the_lowest_to_the_highest() -> None:
    assert scaled({"a": 3.0, "b": -1.0, "c": 0.0}) == {"a": 1.0, "b": 0.0, "c": (0 + 1) / (3 + 1)}
    assert scaled({"a": 2.0, "b": 2.0}) == {"a": 1.0, "b": 1.0}
    assert scaled({}) == {}
