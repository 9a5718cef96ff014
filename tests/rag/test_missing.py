"""What a refusal says was missing: only what can be checked in the passages found."""

from __future__ import annotations

import pytest

from rag.missing import what_is_missing
from rag.question import understand
from rag.refusal import REFUSAL, refused
from tests.rag.builders import hits, transcript

HITS = hits(transcript())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "What did Kevin Hart say about the market?",
            "Nobody called “Kevin Hart” speaks in them.",
        ),
        (
            "What did Don Huawei say about the market?",
            "Nobody called “Don Huawei” speaks in them; “Huawei” is mentioned in Huawei turns to Europe (2018-04-19).",
        ),
        ("Why does Huawei fear Ericsson?", "No passage found mentions “Ericsson”."),
        ("What will Huawei sell in 2031?", "No passage found mentions “2031”."),
        ("Why did Huawei resign?", "No passage found has the word “resign”."),
        ("What did the FCC do in April 2018?", ""),
        ("Why is the US harder to enter?", ""),
    ],
)
def test_it_names_the_first_thing_that_is_lacking(question: str, said: str) -> None:
    assert what_is_missing(understand(question), HITS) == said


def test_with_nothing_found_there_is_nothing_to_compare() -> None:
    assert what_is_missing(understand("What will Ericsson sell in 2031?"), ()) == ""


def test_a_refusal_says_it_after_the_fixed_words() -> None:
    question = understand("What will Huawei sell in 2031?")
    assert refused(question, HITS).text == f"{REFUSAL} No passage found mentions “2031”."
    assert refused(question, HITS, "Nothing.").text == f"{REFUSAL} Nothing."
