"""Which earlier questions a follow-up leans on, how it is made to stand alone, and the measure of both."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.follow_up import leaned_on, leans, read
from tests.benchmarks.follow_ups import by_us, overlap, told_apart, turns

HUAWEI = "Why is Huawei turning to Europe?"


def alone(*asked: str, speakers: tuple[str, ...] = (), person: str | None = None) -> str:
    """The last of the questions as it stands alone after the others."""
    *earlier, question = asked
    return read(question, leaned_on(question, earlier), speakers, person).standalone


@pytest.mark.parametrize(
    "question",
    [
        "And when?",
        "What about Europe?",
        "Who said that?",
        "Why did she resign?",
        "ok and what about folks coming in by car, same rules?",
        "Would Beijing be brought in on that as well?",
        "What did Ottawa promise to give them?",
        "What are the risks?",
        "Was anyone on board injured?",
        "How many cots there?",
        "Did he have to ask the police before he could leave?",
        "tell me more about it",
    ],
)
@pytest.mark.parametrize("small", [False, True])
def test_questions_that_lean(question: str, small: bool) -> None:
    assert leans(question.lower() if small else question)


@pytest.mark.parametrize(
    "question",
    [
        "How did the US vote in Geneva?",
        "Why is Huawei turning to Europe?",
        "What happened in March 2022?",
        "Which rocket carried the large new space telescope?",
        "What did Psaki say when she was asked about tests?",
        "And what did Biden tell Congress about the border in March 2022?",
        "how much money was stolen from 1MDB",
    ],
)
@pytest.mark.parametrize("small", [False, True])
def test_questions_that_stand(question: str, small: bool) -> None:
    assert not leans(question.lower() if small else question)


def test_a_name_alone_leans_unless_it_is_asked_what_it_is() -> None:
    assert all(map(leans, ("NATO?", "In Ukraine?")))
    assert not any(map(leans, ("What is NATO?", "Who was Fauci?")))


def test_it_leans_back_to_one_that_stands_and_twelve_at_most() -> None:
    told = [HUAWEI, "When was the GDPR passed in Brussels?", "And why?", "Who said that?"]
    assert leaned_on("How much is it?", told) == tuple(told[1:])
    assert leaned_on("How much is it?", ["And why?"] * 20) == ("And why?",) * 12
    assert leaned_on(HUAWEI, told) == ()
    assert leaned_on("And why?", ()) == ()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("When did Finland join NATO in 2023?", "And how long is its border?"),
         "How long is its border? (Finland join NATO in 2023)"),
        (("How large is the mirror of the Webb telescope?", "how many segments is it made of?"),
         "how many segments is it made of? (mirror of the Webb telescope)"),
        (("When did Germany close its nuclear plants?", "what about France?"),
         "When did France close its nuclear plants?"),
        (("When did Germany close its nuclear plants?", "what about France?", "why was it done?"),
         "why was it done? (France close; nuclear plants)"),
        (("How much does it cost to enter the museum in Turin?", "what is it for someone in a group"),
         "what is it for someone in a group (enter the museum in Turin)"),
        (("What did Tim Cook say about tariffs?", "Does he pay them?"),
         "Does Tim Cook pay them? (tariffs)"),
        (("What did the chancellor say about tariffs on cars?", "Does he pay them?"),
         "Does he pay them? (chancellor; tariffs on cars)"),
    ],
)  # fmt: skip
def test_a_follow_up_stands_alone_with_what_the_talk_is_about(asked: tuple[str, ...], expected: str) -> None:
    assert alone(*asked) == expected


def test_what_went_before_a_question_that_stands_is_left_behind() -> None:
    told = (HUAWEI, "When was the new museum in Turin opened?", "And what does it cost?")
    assert alone(*told) == "What does it cost? (new museum in Turin opened)"


def test_a_question_that_stands_alone_takes_nothing_along() -> None:
    question = "How many people live in the town of Arlen?"
    assert alone(HUAWEI, question) == question


def test_whom_the_last_answer_named_is_who_he_is() -> None:
    assert alone("Who heads the tunnel project?", "When did she start?", person="Rosa Field").startswith(
        "When did Rosa Field start?"
    )


def test_a_long_talk_does_not_grow_without_end() -> None:
    told = [HUAWEI, *(f"And Name{n} there?" for n in range(11)), "and why is that?"]
    assert len(alone(*told)) < 200


def test_the_measure_counts_stems_of_content_words() -> None:
    assert overlap("how large is the mirror", "How large is the mirror of Webb?") == (2 / 3, 2 / 2, 2 * 2 / (2 + 3))
    assert overlap("the of", "the of") == (1.0, 0.0, 1.0)


def test_ours_is_nearer_to_peoples_than_the_question_or_all_questions(data_dir: Path) -> None:
    told = tuple(turns(data_dir))
    ours, asked, every = (
        fmean(overlap(text, each.by_hand)[2] for text, each in zip(texts, told, strict=True))
        for texts in (
            [by_us(each.asked, each.earlier) for each in told],
            [each.asked for each in told],
            [" ".join([*each.earlier, each.asked]) for each in told],
        )
    )
    assert ours > max(asked, every) + 0.03


def test_few_questions_are_taken_for_what_they_are_not(data_dir: Path) -> None:
    for told in told_apart(data_dir):
        if told.name != "TREC CAsT":
            assert sum(map(leans, told.alone)) <= len(told.alone) / 100
            assert sum(not leans(each) for each in told.leaning) <= len(told.leaning) / 10


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=5))
def test_no_text_breaks_it(question: str, earlier: list[str]) -> None:
    context = leaned_on(question, earlier)
    assert list(context) == (earlier[len(earlier) - len(context) :] if context else [])
    read(question, context, ("Kevin Ho",))
