"""The word index alone: runs of terms, narrowing to ids, fields, and the terms it holds."""

from __future__ import annotations

import pytest

from ingest.words import Document, WordIndex, terms

SAID = {
    "jets": "Eighty F-35 jets landed, 35 of them at night.",
    "roads": "Route F has 35 bends.",
    "vote": "The board voted 5-0 for the order.",
    "score": "Room 0 is on floor 5.",
    "us": "The U.S. rose; it told us so.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    index = WordIndex(tmp_path_factory.mktemp("words"))
    index.apply([], [Document(key, "Harbour News", "Ann Lee", text) for key, text in SAID.items()])
    return index


def test_terms_side_by_side_come_first_and_single_ones_are_still_found(index: WordIndex) -> None:
    apart = index.search(["35", "f"], 10)
    together = index.search(["35", "f"], 10, together={("f", "35"): 1.0})
    assert set(apart) == set(together) == {"jets", "roads"}
    assert next(iter(together)) == "jets"
    assert together["roads"] == apart["roads"]
    assert together["jets"] > apart["jets"]


def test_a_run_alone_finds_only_what_holds_it(index: WordIndex) -> None:
    assert list(index.search([], 10, together={("5", "0"): 1.0})) == ["vote"]
    assert list(index.search([], 10, together={("u", "s"): 1.0})) == ["us"]
    assert list(index.search([], 10, together={("harbour", "news"): 1.0})) != []


def test_a_run_weighs_what_it_is_told_to(index: WordIndex) -> None:
    once, twice = (index.search([], 1, together={("5", "0"): weight})["vote"] for weight in (1.0, 2.0))
    assert twice == pytest.approx(2 * once)


def test_among_ids_the_scores_are_the_same_and_nothing_else_is_found(index: WordIndex) -> None:
    everything = index.search(["35", "5", "order"], 10)
    among = index.search(["35", "5", "order"], 10, among=["roads", "vote", "no such id"])
    assert among == {key: score for key, score in everything.items() if key in {"roads", "vote"}}
    assert index.search(["35"], 10, among=[]) == {}


def test_fields_are_weighed(index: WordIndex) -> None:
    assert index.search(["lee"], 10, fields={"text": 1.0}) == {}
    once = index.search(["lee"], 10, fields={"speakers": 1.0})
    twice = index.search(["lee"], 10, fields={"speakers": 2.0})
    assert twice == pytest.approx({key: 2 * score for key, score in once.items()})


def test_nothing_asked_finds_nothing(index: WordIndex) -> None:
    assert index.search([], 10) == {}


def test_terms_by_their_beginning_with_the_passages_that_hold_them(index: WordIndex) -> None:
    held = index.beginning("f")
    assert held == {"f": 2, "floor": 1, "for": 1}
    assert index.beginning("harb") == {"harbour": len(SAID)}
    assert index.beginning("lee") == {"lee": len(SAID)}
    assert index.beginning("zz") == {}


def test_stems_are_those_the_index_holds() -> None:
    assert terms("Voted 5-0, U.S. cafés") == ["vote", "5", "0", "u", "s", "cafe"]
