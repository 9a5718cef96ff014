"""The question that a turn replies to."""

from __future__ import annotations

import pytest

from rag.cite import cite
from rag.interview import asked_before
from rag.results import Citation
from tests.rag.builders import Spoken, transcript

ASKS = "Thank you for coming. When will it start?"
REPLY = "In March. We had hoped for January."


def first_words(spoken: list[Spoken]) -> Citation:
    talk = transcript(spoken)
    last = talk.turns[-1]
    return cite(talk, last.char_start, last.char_start + len("In March."), 1)


def test_a_reply_carries_the_last_question_of_the_turn_before() -> None:
    citation = first_words([("Q", None, f"Is it true? {ASKS}"), ("Ellen Ward", "Minister", REPLY)])
    assert (citation.asked, citation.asked_by) == ("When will it start?", "Q")
    assert (citation.quote, citation.speaker) == ("In March.", "Ellen Ward")


def test_who_asks_need_not_be_named() -> None:
    citation = first_words([(None, None, ASKS), ("Ellen Ward", None, REPLY)])
    assert (citation.asked, citation.asked_by) == ("When will it start?", None)


def test_words_further_in_are_no_reply() -> None:
    talk = transcript([("Q", None, ASKS), ("Ellen Ward", None, REPLY)])
    turn = talk.turns[1]
    assert asked_before(talk, turn, turn.char_start + len("In March. ")) is None


@pytest.mark.parametrize(
    "before",
    [
        "It starts soon.",
        "Minister?",
        "When will it start? I ask as it rains. It has rained for weeks. People are tired.",
        "When " + "very " * 60 + "soon?",
        "when will it start",
    ],
)
def test_without_a_question_right_before_nothing_was_asked(before: str) -> None:
    assert first_words([("Q", None, before), ("Ellen Ward", None, REPLY)]).asked == ""


def test_nobody_asks_themselves() -> None:
    assert first_words([("Ellen Ward", None, ASKS), ("Ellen Ward", None, REPLY)]).asked == ""
    assert first_words([(None, None, ASKS), (None, None, REPLY)]).asked == ""
    assert first_words([("Ellen Ward", None, REPLY)]).asked == ""


def test_the_question_is_verbatim_and_of_the_turn_before() -> None:
    talk = transcript([("Q", None, ASKS), ("Ellen Ward", None, REPLY)])
    asked = asked_before(talk, talk.turns[1], talk.turns[1].char_start)
    assert asked is not None
    assert asked.text in talk.turns[0].text
