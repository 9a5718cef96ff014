"""Conversations over the engine: follow-ups, sources, more of the same, and many at once kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from rag import Answer, Engine, Filters
from tests.rag.builders import Saying, markers

TALKS = (
    ("How large is the mirror of the Webb telescope?", "How many segments is it made of?", "Who said that?"),
    ("When did Finland join NATO?", "And how long is its border with Russia?", "tell me more"),
    ("Why is Huawei turning to Europe?", "And how did the FCC vote?", "When was that?"),
    ("At what rate was the kuna exchanged for the euro?", "What about prices?", "Where is [1] from?"),
)


@pytest.fixture(scope="module")
def engine(sample_archive: Path) -> Iterator[Engine]:
    with Engine(sample_archive) as engine:
        yield engine


def talk(engine: Engine, questions: tuple[str, ...]) -> list[Answer]:
    told: list[Answer] = []
    for question in questions:
        told.append(engine.ask(question, told))
    return told


def words(told: list[Answer]) -> list[tuple[str, str, str]]:
    return [(each.read_as, each.text, each.notice) for each in told]


def test_sixteen_conversations_at_once_are_answered_as_if_alone(engine: Engine) -> None:
    alone = {questions: words(talk(engine, questions)) for questions in TALKS}
    with ThreadPoolExecutor(16) as pool:
        at_once = list(pool.map(lambda questions: (questions, words(talk(engine, questions))), TALKS * 4))
    assert len(at_once) == 16
    assert all(told == alone[questions] for questions, told in at_once)


def test_who_said_that_is_told_from_the_quotes_without_searching(engine: Engine) -> None:
    _, before, again = talk(engine, TALKS[0])
    assert again.citations == before.citations
    assert set(markers(again.text)) == {each.marker for each in before.citations}
    assert again.citations[0].title in again.text
    assert "retrieve" not in again.timings
    assert again.read_as == ""


def test_with_strings_for_a_history_it_is_a_question_like_any_other(engine: Engine) -> None:
    assert "retrieve" in engine.ask("Who said that?", TALKS[0][:2]).timings


def test_more_is_told_of_the_same_and_nothing_twice(engine: Engine) -> None:
    first = engine.ask("When did Finland join NATO?")
    more = engine.ask("tell me more", [first])
    further = engine.ask("go on", [first, more])
    assert more.citations
    assert more.citations[0].transcript_id == first.citations[0].transcript_id
    shown: list[tuple[str, int, int]] = []
    for answer in (first, more, further):
        for each in answer.citations:
            assert engine.transcript(each.transcript_id).text[each.char_start : each.char_end] == each.quote
        places = [(each.transcript_id, each.char_start, each.char_end) for each in answer.citations]
        assert not any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in places for b in shown)
        shown += places


def test_a_country_takes_the_place_of_another(engine: Engine) -> None:
    answer = engine.ask("What about Croatia?", ["When did Finland join NATO?"])
    assert answer.read_as == "When did Croatia join NATO?"


REFUSED = "What did the chancellor say about pensions?"


@pytest.mark.parametrize(
    ("before", "question", "read_as"),
    [
        (REFUSED, "tell me more about the telescope", ""),
        (REFUSED, "And what do they say about NATO?", ""),
        (REFUSED, "What about the Webb telescope?", ""),
        (REFUSED, "Why is she against raising them?", "chancellor"),
        ("How large is the mirror of the Webb telescope?", "tell me more about the canal", ""),
        ("How large is the mirror of the Webb telescope?", "tell me more about the mirror", "Webb"),
        ("How large is the mirror of the Webb telescope?", "tell me more about its cost", "Webb"),
    ],
)
def test_a_question_that_names_its_subject_is_about_that(
    engine: Engine, before: str, question: str, read_as: str
) -> None:
    first = engine.ask(before)
    assert (first.status == "refused") is (before == REFUSED)
    answer = engine.ask(question, [first])
    assert (read_as in answer.read_as) if read_as else not answer.read_as


def test_what_leans_on_a_subject_of_its_own_goes_back_no_further(engine: Engine) -> None:
    told = talk(engine, (REFUSED, "tell me more about the telescope", "And how large is its mirror?"))
    assert told[-1].read_as == "How large is its mirror? (telescope)"
    assert "6.5 metres" in told[-1].text


def test_filters_of_the_answer_before_go_along_but_not_into_a_new_topic(engine: Engine) -> None:
    by_hand = Filters(since=date(2023, 1, 1), until=date(2023, 12, 31))
    first = engine.ask("When did Finland join NATO?", filters=by_hand)
    assert engine.ask("And how long is its border?", [first]).filters == by_hand
    assert engine.ask("How large is the mirror of the Webb telescope?", [first]).filters == Filters()


def test_passages_of_the_answer_before_stay_in_sight(engine: Engine) -> None:
    first = engine.ask("How large is the mirror of the Webb telescope?")
    follow = engine.ask("And how long did that take?", [first])
    assert first.citations[0].title in {hit.title for hit in follow.hits}


def test_a_language_model_is_not_asked_who_said_that(sample_archive: Path) -> None:
    model = Saying(says="The vote was 5-0 [1].", sent=[])
    with Engine(sample_archive, llm=model) as engine:
        before = engine.ask("How did the FCC vote?")
        asked = len(model.sent)
        again = engine.ask("Who said that?", [before])
    assert len(model.sent) == asked
    assert again.citations == before.citations
    assert again.usage == {}


def test_a_conversation_works_through_the_runnable(engine: Engine) -> None:
    first = engine.ask(TALKS[0][0])
    chain = engine.as_runnable()
    again = chain.invoke({"question": "Who said that?", "history": [first]})
    assert again.citations == first.citations
    follow = chain.invoke({"question": TALKS[0][1], "history": [first]})
    assert follow.read_as == engine.ask(TALKS[0][1], [first]).read_as
