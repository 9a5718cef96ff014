"""Whether a sentence stands alone: by its words and marks, in print and in captions."""

from __future__ import annotations

import pytest

from rag.leaning import is_question, leans_back, leans_forward

BEFORE = "The ministry closed the bridge on Tuesday."


@pytest.mark.parametrize(
    "sentence",
    [
        "He denied it.",
        "In March they decided to close it.",
        "I think they will open it again.",
        "That is why it moved.",
        "And that was a mistake.",
        "These figures surprised everybody.",
        "But the repairs cost more.",
        "However, nobody was hurt.",
        "Because the steel had rusted.",
        "… and the cars turned back.",
        "it was shut for a year.",
        "So was the tunnel.",
        "“They had to,” said the mayor.",
    ],
)
def test_it_leans_on_what_was_said_before(sentence: str) -> None:
    assert leans_back(sentence, BEFORE)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry said that it would reopen.",
        "When the minister came, he said nothing.",
        "It is important to wear a seat belt.",
        "It takes seven days to cure the concrete.",
        "This week the Senate votes on the bill.",
        "This is Radio Harbour.",
        "Those who travel by ship need a visa.",
        "We reopened the bridge in May.",
        "And the Federal Reserve raised its main interest rate by a quarter of a point.",
        "Because the steel had rusted, the ministry closed the bridge.",
        "Both France and Spain agreed.",
        "i think that the bridge is safe",
        "",
    ],
)
def test_it_stands_alone(sentence: str) -> None:
    assert not leans_back(sentence, BEFORE)


def test_a_short_reply_leans_on_the_question_before_it() -> None:
    assert leans_back("In March.", "When does it open?")
    assert not leans_back("In March.", "The minister spoke.")
    assert leans_back("Yes, the bridge opens in March, as the ministry had said.", "Does it open?")
    assert leans_back("The bridge stays shut until the steel is replaced.", "No.")


@pytest.mark.parametrize(
    "sentence", ["The reason is simple.", "Here's why.", "It stands for three things:", "There are two reasons."]
)
def test_some_sentences_only_announce_the_next(sentence: str) -> None:
    assert leans_forward(sentence)
    assert not leans_forward(BEFORE)


def test_questions_end_in_their_mark() -> None:
    assert is_question("“When does it open?” ")
    assert not is_question("I asked him when it opens.")
