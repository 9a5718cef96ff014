"""Filters through the whole engine, over the real samples: found in questions, set by hand, switched off, dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag import Engine, Settings, ask
from rag.errors import QuestionError
from rag.filters import NO_FILTERS, Filters

MARA = Filters(speakers=("Mara Lindqvist",))
WANTED = "What did Mara Lindqvist say about the American phone market?"
LEDGER = Filters(sources=("Morning Ledger",))


@pytest.fixture(scope="module")
def engine(sample_archive: Path) -> Iterator[Engine]:
    with Engine(sample_archive) as engine:
        yield engine


def test_a_speaker_asked_for_is_looked_for_alone_and_this_is_told(engine: Engine) -> None:
    answer = engine.ask(WANTED)
    assert answer.filters == MARA
    assert "Looked only at: said by Mara Lindqvist." in answer.notice
    assert {citation.speaker for citation in answer.citations} == {"Mara Lindqvist"}
    assert all("Mara Lindqvist" in hit.passage.speakers for hit in answer.hits)


def test_filters_found_can_be_switched_off(engine: Engine) -> None:
    answer = engine.ask(WANTED, filters=NO_FILTERS)
    assert (answer.filters, answer.notice) == (NO_FILTERS, "")
    assert not all("Mara Lindqvist" in hit.passage.speakers for hit in answer.hits)


def test_filters_by_hand_hold_for_hits_and_quotes(engine: Engine) -> None:
    answer = engine.ask("Why is it harder to sell phones?", filters=Filters(speakers=("lindqvist",)))
    assert answer.filters == MARA
    assert {citation.speaker for citation in answer.citations} <= {"Mara Lindqvist"}
    hits = engine.search("How many died?", 20, filters=LEDGER)
    assert {hit.source for hit in hits} == {"Morning Ledger"}


@pytest.mark.parametrize(
    "text", ["What did the Morning Ledger say has ended?", "what did the morning ledger say has ended"]
)
def test_an_outlet_asked_for_is_looked_in_and_not_looked_for(engine: Engine, text: str) -> None:
    answer = engine.ask(text)
    assert answer.filters.sources == ("Morning Ledger",)
    assert answer.notice == "Looked only at: from Morning Ledger."
    assert {citation.source for citation in answer.citations} == {"Morning Ledger"}


def test_a_period_by_hand_takes_both_its_ends(engine: Engine) -> None:
    day = date(2023, 5, 5)
    for filters in (Filters(since=day, until=day), Filters(since=day, until=date(2023, 8, 22))):
        assert {hit.published for hit in engine.search("What ended?", 20, filters=filters)} == {day}


def test_a_time_in_which_nothing_was_broadcast_is_dropped_and_told(engine: Engine) -> None:
    answer = engine.ask("What did Mara Lindqvist say in 2015 about the American phone market?")
    assert answer.filters == MARA
    assert "Nothing was found for: 2015. Looked only at: said by Mara Lindqvist." in answer.notice
    everywhere = engine.ask("Why is Huawei turning to Europe?", filters=Filters(since=date(2050, 1, 1)))
    assert everywhere.citations
    assert everywhere.notice == "Nothing was found for: since 1 January 2050. Looked everywhere."


def test_a_relative_time_counts_from_the_setting(sample_archive: Path) -> None:
    with Engine(sample_archive, settings=Settings(today=date(2023, 5, 10))) as engine:
        answer = engine.ask("What was said last week about the emergency?")
        assert answer.filters == Filters(since=date(2023, 5, 1), until=date(2023, 5, 7))
        assert {hit.published for hit in answer.hits} == {date(2023, 5, 5)}


def test_the_day_something_happened_never_hides_a_later_broadcast_of_it(engine: Engine) -> None:
    answer = engine.ask("How strong was the 2011 earthquake off Japan?")
    assert answer.filters == NO_FILTERS
    assert answer.hits[0].title == "Tohoku ten years on"


def test_somebody_who_does_not_speak_is_told_with_the_nearest(engine: Engine) -> None:
    answer = engine.ask("What did Mara Lindquest say about trust?")
    assert "Nobody named “Mara Lindquest” speaks in the archive; nearest: Mara Lindqvist." in answer.notice


@pytest.mark.parametrize(
    "filters", [Filters(speakers=("Nobody Atall",)), Filters(sources=("No Such Paper",)), Filters(speakers=("'; --",))]
)
def test_names_by_hand_that_are_not_there_are_clear_errors(engine: Engine, filters: Filters) -> None:
    with pytest.raises(QuestionError, match="in the archive"):
        engine.ask("Why?", filters=filters)


def test_a_follow_up_keeps_whom_it_asks_about(engine: Engine) -> None:
    answer = engine.ask("And what did she say about trust?", [WANTED])
    assert answer.filters == MARA
    assert {citation.speaker for citation in answer.citations} <= {"Mara Lindqvist"}


def test_streams_the_chain_and_the_function_carry_them(engine: Engine, sample_archive: Path) -> None:
    question = "Who declared it over?"
    *_, streamed = engine.stream(question, filters=LEDGER)
    chain = engine.as_runnable()
    given = {"question": question, "history": [], "filters": LEDGER}
    answers = [chain.invoke(given), asyncio.run(chain.ainvoke(given)), *chain.batch([given])]
    answers += [engine.ask(question, filters=LEDGER), ask(question, archive=sample_archive, filters=LEDGER)]
    assert streamed.filters == LEDGER
    for answer in answers:
        assert (answer.text, answer.hits, answer.filters) == (streamed.text, streamed.hits, LEDGER)


@pytest.mark.parametrize(
    "question",
    [
        'What did "AND (NOT speaker:*) say on 30 February 2022?',
        "According to (.*)+$, what happened in Q9 2022?",
        "What did 🙂 say? ¿Qué dijo él? 什么",
        "the of and said by in on",
        "What did Mara Lindqvist say about " + "the phone market and " * 90,
        "compare versus between 2020 and 2021 and and",
    ],
)
def test_hostile_questions_are_only_questions(engine: Engine, question: str) -> None:
    assert engine.ask(question[:2000]).status in {"grounded", "refused"}
