"""Which earlier questions a follow-up leans on, what is searched for, and the measure of rewriting."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.follow_up import leaned_on, leans, searchable, standalone
from tests.benchmarks.follow_ups import overlap, turns


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
    ],
)
def test_questions_that_lean(question: str) -> None:
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "How did the FCC vote?",
        "Why is Huawei turning to Europe?",
        "What happened in March 2022?",
        "Which rocket carried the large new space telescope?",
        "What did Psaki say when she was asked about tests?",
    ],
)
def test_questions_that_stand(question: str) -> None:
    assert not leans(question)


def test_it_leans_back_to_one_that_stands_and_three_at_most() -> None:
    told = ["Why is Huawei turning to Europe?", "When was the GDPR passed in Brussels?", "And why?", "Who said that?"]
    assert leaned_on("How much is it?", told) == tuple(told[1:])
    assert leaned_on("How much is it?", ["And why?"] * 9) == ("And why?",) * 3
    assert leaned_on("How did the FCC vote?", told) == ()
    assert leaned_on("And why?", ()) == ()


def test_people_read_the_questions_and_the_search_gets_their_words() -> None:
    context = ("When did Finland join NATO in 2023?",)
    assert standalone("And how long is its border?", context) == f"{context[0]} how long is its border?"
    assert searchable("And how long is its border?", context) == "how long is its border? Finland join NATO 2023"
    assert searchable("How did the FCC vote?", ()) == standalone("How did the FCC vote?", ()) == "How did the FCC vote?"


def test_the_measure_counts_stems_of_content_words() -> None:
    assert overlap("how large is the mirror", "How large is the mirror of Webb?") == (2 / 3, 2 / 2, 2 * 2 / (2 + 3))
    assert overlap("the of", "the of") == (1.0, 0.0, 1.0)


def test_rewriting_brings_in_more_of_what_people_bring_in(data_dir: Path) -> None:
    told = tuple(turns(data_dir))
    ours = [overlap(searchable(each.asked, leaned_on(each.asked, each.earlier)), each.by_hand)[0] for each in told]
    asked = [overlap(each.asked, each.by_hand)[0] for each in told]
    assert sum(ours) / len(told) > sum(asked) / len(told) + 0.15


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=5))
def test_no_text_breaks_it(question: str, earlier: list[str]) -> None:
    context = leaned_on(question, earlier)
    assert list(context) == earlier[len(earlier) - len(context) :] if context else True
    searchable(question, context)
