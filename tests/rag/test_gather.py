"""Filters on real indexes: what comes back is what scoring every passage that they leave would bring, few or many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import Archive
from ingest.index import Index, open_index
from ingest.words import WordIndex
from rag.filters import NO_FILTERS, Filters
from rag.gather import Asked, Gatherer, enough
from rag.query import read_query
from tests.ingest.builders import WORDS, HashEmbedder
from tests.rag.archives import archive_of
from tests.rag.builders import transcript

PEOPLE, DAYS = ("Ann Lee", "Bo Diaz", "Cy Reed"), 60
FILTERS = (
    Filters(speakers=("Ann Lee",)),
    Filters(speakers=("Bo Diaz", "Cy Reed"), sources=("south",)),
    Filters(since=date(2022, 1, 10), until=date(2022, 1, 12)),
    Filters(speakers=("Cy Reed",), since=date(2022, 1, 30)),
    Filters(sources=("North", "South")),
)
ASKED = "the harbour and the railway, day 7"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    told = []
    for day in range(DAYS):
        said = [
            (PEOPLE[(day + turn) % 3], None, f"The {WORDS[(day * turn) % 13]} and the {WORDS[turn]} on day {day}.")
            for turn in range(12)
        ]
        source, published = ("North", "South")[day % 2], date(2022, 1, 1) + timedelta(day)
        told.append(transcript(said, name=f"d{day:02}", title=f"Day {day}", source=source, published=published))
    return archive_of(tmp_path_factory.mktemp("gather") / "archive", told, HashEmbedder(), budget=10)


@pytest.fixture(scope="module")
def opened(folder: Path) -> Iterator[tuple[Archive, Index]]:
    with Archive.open(folder, embedder=None) as archive:
        index = open_index(archive)
        yield archive, index
        index.close()


def asked(wanted: int) -> Asked:
    query = read_query(ASKED)
    return Asked(query, {}, HashEmbedder().embed([ASKED])[0], wanted)


def exact(archive: Archive, words: WordIndex, filters: Filters, wanted: int) -> tuple[set[str], dict[str, float]]:
    """The best by vectors among all that the filters leave, and their scores by words without any filter."""
    stored = archive.passages(archive.matching(filters, archive.passage_ids()))
    cosines = {key: float(each.vector @ asked(1).vector) for key, each in stored.items()}
    scores = words.search(asked(1).query.terms, archive.passage_count())
    return set(sorted(cosines, key=lambda key: -cosines[key])[:wanted]), {
        key: score for key, score in scores.items() if key in stored
    }


@pytest.mark.parametrize(
    ("few", "few_ids"),
    [(10_000, 10_000), (10_000, 0), (0, 0)],
    ids=["scored and named one by one", "scored one by one", "asked for more until enough passed"],
)
@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("wanted", [1, 10, 700])
def test_filtered_candidates_are_those_of_brute_force(
    opened: tuple[Archive, Index], filters: Filters, few: int, few_ids: int, wanted: int
) -> None:
    archive, index = opened
    found = Gatherer(archive, index, few=few, few_ids=few_ids).gather(asked(wanted), filters)
    near, by_words = exact(archive, index.words, filters, wanted)
    assert near <= set(found.stored)
    assert set(found.stored) == archive.matching(filters, found.stored)
    assert list(found.words.values()) == pytest.approx(sorted(by_words.values(), reverse=True)[:wanted])
    assert found.words == pytest.approx({key: by_words[key] for key in found.words})
    vectors = {key: float(each.vector @ asked(1).vector) for key, each in found.stored.items()}
    assert found.vectors == pytest.approx(vectors, abs=1e-6)


def test_the_filters_tested_leave_little_and_much(opened: tuple[Archive, Index]) -> None:
    archive, _ = opened
    left = [len(archive.matching(filters, archive.passage_ids())) for filters in FILTERS]
    assert min(left) < 50
    assert max(left) > 500


def test_nothing_left_finds_nothing(opened: tuple[Archive, Index]) -> None:
    for few in (10_000, 0):
        found = Gatherer(*opened, few=few).gather(asked(10), Filters(speakers=("Nobody",)))
        assert (found.stored, found.words, found.vectors) == ({}, {}, {})


def test_without_filters_everything_may_be_found(opened: tuple[Archive, Index]) -> None:
    archive, _ = opened
    found = Gatherer(*opened).gather(asked(archive.passage_count()), NO_FILTERS)
    assert set(found.stored) == set(archive.passage_ids())


def test_vectors_of_other_lengths_are_compared_by_direction_alone(opened: tuple[Archive, Index]) -> None:
    long = asked(5)
    stretched = Asked(long.query, {}, np.asarray(long.vector * 3, dtype=np.float32), 5)
    first, second = (Gatherer(*opened).gather(each, FILTERS[0]) for each in (long, stretched))
    assert second.vectors == pytest.approx(first.vectors, abs=1e-6)


class Listing:
    """A search over a list, which counts how it is asked."""

    def __init__(self, size: int) -> None:
        self.found = {str(number): float(-number) for number in range(size)}
        self.limits: list[int] = []

    def search(self, limit: int) -> Mapping[str, float]:
        self.limits.append(limit)
        return dict(list(self.found.items())[:limit])


def rounds(ids: Collection[str]) -> list[str]:
    return [each for each in ids if each.endswith("00")]


def test_more_is_asked_for_until_enough_pass() -> None:
    listing = Listing(1000)
    assert list(enough(listing.search, rounds, 2)) == ["100", "200"]
    assert listing.limits == [8, 32, 128, 512]


def test_asking_ends_when_there_is_no_more() -> None:
    listing = Listing(50)
    assert enough(listing.search, rounds, 2) == {}
    assert listing.limits == [8, 32, 128]
