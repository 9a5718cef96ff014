"""The search over the real samples: real indexes, the real small model."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.embed import Vectors, question_embedder
from ingest.index import open_index
from rag.filters import Filters
from rag.query import held
from rag.results import Hit
from rag.retrieve import PHRASE, Retriever
from tests.ingest.builders import HashEmbedder
from tests.rag.archives import archive_of
from tests.rag.builders import transcript

WEIGHT = 0.4
HUAWEI, FINLAND = "Huawei turns to Europe as American doors close", "Finland becomes the 31st member of NATO"


@pytest.fixture(scope="module")
def retriever(sample_archive: Path) -> Iterator[Retriever]:
    with Archive.open(sample_archive) as archive:
        index = open_index(archive)
        yield Retriever(archive, index, question_embedder(), candidates=50, words_weight=WEIGHT)
        index.close()


def titles(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.title for hit in hits]


def test_a_hit_tells_what_each_search_gave_to_its_score(retriever: Retriever) -> None:
    hits = retriever.search("How long is Finland's border with Russia?", 5)
    assert hits[0].title == FINLAND
    assert hits[0].parts.keys() == {"words", "vectors", "from_words", "from_vectors"}
    for hit in hits:
        assert hit.score == pytest.approx(hit.parts.get("from_words", 0.0) + hit.parts["from_vectors"])
        assert hit.parts.get("from_words", 0.0) <= WEIGHT
        assert hit.parts["from_vectors"] <= 1 - WEIGHT
    assert max(hit.parts["from_words"] for hit in hits) == WEIGHT


def test_the_order_is_the_same_for_every_limit(retriever: Retriever) -> None:
    many = retriever.search("a telescope in space", 40)
    assert retriever.search("a telescope in space", 7) == many[:7]
    assert [hit.rank for hit in many] == list(range(1, 41))


def test_filters_leave_what_they_should_and_nothing_is_lost_to_them(retriever: Retriever) -> None:
    filters = Filters(since=date(2023, 1, 1), until=date(2023, 12, 31))
    hits = retriever.search("Who spoke about the weather?", 100, filters)
    everything = retriever.search("Who spoke about the weather?", 100)
    assert {hit.passage.id for hit in hits} == {
        hit.passage.id for hit in everything if hit.published and hit.published.year == 2023
    }
    assert retriever.search("weather", 5, Filters(speakers=("Nobody",))) == ()


def test_a_speaker_filter_brings_as_many_as_there_are(retriever: Retriever) -> None:
    hits = retriever.search("rockets and telescopes", 3, Filters(speakers=("Mara Lindqvist",)))
    assert hits
    assert all("Mara Lindqvist" in hit.passage.speakers for hit in hits)


def test_a_quoted_phrase_comes_first_where_it_stands(retriever: Retriever) -> None:
    question, phrase = "Where is the euro used?", "nobody can go there with a screwdriver"
    plain = retriever.search(question, 60)
    found = retriever.search(question, 60, phrases=(phrase,))
    assert held([phrase], found[0].passage.text) == 1
    assert found[0].parts["phrase"] == 1
    assert found[0].parts["from_phrase"] == PHRASE
    assert found[0].score == pytest.approx(sum(v for name, v in found[0].parts.items() if name.startswith("from_")))
    assert plain[0].passage.id != found[0].passage.id


def test_a_phrase_that_stands_nowhere_changes_nothing(retriever: Retriever) -> None:
    question = "Why is Huawei turning to Europe?"
    without = retriever.search(question, 10)
    assert retriever.search(question, 10, phrases=("purple flying elephants",)) == without


def test_both_sides_of_a_comparison_are_among_the_first(retriever: Retriever) -> None:
    parts = ("Huawei market share in Europe", "Finland joining NATO")
    hits = retriever.search("Compare Huawei in Europe with Finland in NATO", 10, parts=parts)
    alone = [retriever.search(part, 1)[0].passage.id for part in parts]
    assert set(alone) <= {hit.passage.id for hit in hits[:3]}
    assert titles(hits)[:5].count(HUAWEI) >= 2
    assert titles(hits)[:5].count(FINLAND) >= 2
    assert len({hit.passage.id for hit in hits}) == len(hits) == 10
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("question", "spelt"),
    [
        ("What did Mara Lindkvist say?", "What did Mara Lindqvist say?"),
        ("the Ariane rocket and its telesscope", "the Ariane rocket and its telescope"),
    ],
)
def test_a_misspelt_word_finds_what_the_right_one_does(retriever: Retriever, question: str, spelt: str) -> None:
    assert retriever.as_read(question) == spelt
    assert retriever.search(question, 5) == retriever.search(spelt, 5)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who voted 5-0?", "5-0"),
        ("profits up 28.1%", "28.1 percent"),
        ("Covid19 emergency", "COVID-19"),
        ("the kuna at 7.5345", "7.5345"),
        ("the Ariane5 rocket", "Ariane 5"),
    ],
)
def test_numbers_and_names_are_found_as_people_write_them(retriever: Retriever, question: str, words: str) -> None:
    assert any(words in hit.passage.text for hit in retriever.search(question, 3))


@pytest.mark.parametrize(
    "question",
    [
        'text:"FCC" AND (NOT title:*) OR ~5^2',
        "[0-9]+ \\d {}() || && ! ^$ .*?",
        "a\x00b \x1b[31m \u202e",
        "🙂🙂🙂",
        "为什么 北京",
        "the of and to is",
        "((((((((((",
        '"',
        "-" * 2000,
        "wort " * 400,
        "’",
        "NEAR/5 OR NOT *",
    ],
)
def test_no_sign_is_an_operator_and_something_is_always_found(retriever: Retriever, question: str) -> None:
    assert len(retriever.search(question, 5, phrases=(question,), parts=(question, "x"))) == 5
    assert len(retriever.search(question, 5)) == 5


def test_what_gave_words_their_score_is_told_term_by_term(retriever: Retriever) -> None:
    hits = retriever.search("the FCC voted 5-0", 3)
    by_term = retriever.by_term(hits, ["the FCC voted 5-0"])
    best = hits[0]
    given = {term: scores[best.passage.id] for term, scores in by_term.items() if best.passage.id in scores}
    assert sum(given.values()) == pytest.approx(best.parts["words"], rel=1e-4)
    assert {"vote", "5", "0", "5 0"} <= given.keys()
    assert "the" not in by_term


class Headless(HashEmbedder):
    """Embeds what is said alone, so that the same words have the same vector under any title."""

    name = "headless-8"

    def embed(self, texts: Sequence[str]) -> Vectors:
        return super().embed([text.split("\n", 1)[-1] for text in texts])


def test_the_same_words_in_another_transcript_are_one_hit(tmp_path: Path) -> None:
    told = [transcript(name=name, title=title) for name, title in (("a", "Morning"), ("b", "Evening"))]
    with Archive.open(archive_of(tmp_path / "archive", told, Headless()), embedder=None) as archive:
        index = open_index(archive)
        hits = Retriever(archive, index, Headless(), candidates=50, words_weight=WEIGHT).search("Huawei profits", 50)
        index.close()
        ids = archive.passage_ids()
    assert len(hits) == len(ids) / 2
    assert all(len(hit.also) == 1 for hit in hits)
    assert {hit.passage.id for hit in hits}.union(*(hit.also for hit in hits)) == set(ids)


def test_many_threads_search_at_once(retriever: Retriever) -> None:
    questions = ("Huawei in Europe", "Finland's border", "the Webb telescope", "the kuna")
    wanted = {question: retriever.search(question, 5) for question in questions}
    found: list[tuple[str, tuple[Hit, ...]]] = []
    threads = [
        threading.Thread(target=lambda asked=question: found.append((asked, retriever.search(asked, 5))))
        for question in questions * 3
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12
    for question, hits in found:
        assert [hit.passage.id for hit in hits] == [hit.passage.id for hit in wanted[question]]
