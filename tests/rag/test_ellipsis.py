"""Questions without a verb, made whole with the one before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ellipsis import completed

SPEAKERS = ("Jen Psaki", "John Kirby", "Kevin Ho")


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("When did Germany close its plants?", "what about France?", "When did France close its plants?"),
        ("when did germany close its plants", "and france?", "when did france close its plants"),
        ("What did Psaki say about Ukraine?", "What about Kirby?", "What did Kirby say about Ukraine?"),
        ("What did Psaki say about Ukraine?", "And Poland?", "What did Psaki say about Poland?"),
        ("What did Psaki say about NATO?", "and the EU?", "What did Psaki say about EU?"),
        ("How did the FCC vote on 5G?", "How about the FTC?", "How did the FTC vote on 5G?"),
        ("How many jobs were added in April 2022?", "and in May 2023?", "How many jobs were added in May 2023?"),
        ("How many jobs were added in 2022?", "and the year before?", "How many jobs were added in 2021?"),
        ("How many jobs were added in 2022?", "what about the following year?", "How many jobs were added in 2023?"),
        ("How long does the ferry take?", "and for lorries?", "How long does the ferry take (for lorries)?"),
        ("How far is Arlen?", "What about Oakham", "How far is Oakham?"),
        ("Who pays the Netherlands?", "And Zambia?", "Who pays Zambia?"),
        ("How long does the ferry take?", "And the year before?", "How long does the ferry take (the year before)?"),
    ],
)
def test_what_is_named_takes_the_place_of_its_like(before: str, question: str, whole: str) -> None:
    assert completed(question, before, SPEAKERS) == whole


@pytest.mark.parametrize(
    "question",
    [
        "And when does it start?",
        "And what's the other one for?",
        "Why?",
        "What about Qatar, how well did two doses work there?",
        "And the federal red ink, how much was that?",
        "And did France?",
        "France?",
        "What about all of those who came by car and had no papers with them at the time?",
        "",
    ],
)
def test_what_says_more_is_left_as_it_is(question: str) -> None:
    assert completed(question, "When did Germany close its plants?", SPEAKERS) is None


def test_with_nothing_before_nothing_is_made() -> None:
    assert completed("what about France?", "") is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_it(question: str, before: str) -> None:
    made = completed(f"what about {question}", before, SPEAKERS)
    assert made is None or (made and before)
