"""Quotes with the neighbours they need: whole sentences of one turn, verbatim, and few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.transcript import Transcript
from rag.extend import MOST_WORDS, extended
from rag.spans import spans_of
from tests.rag.builders import transcript


def quoted(of: Transcript, words: str) -> str:
    start = of.text.index(words)
    return of.text[slice(*extended(of.turn_at(start), start, start + len(words)))]


def test_a_pronoun_brings_the_sentence_it_refers_to() -> None:
    talk = transcript(
        [("Ann", None, "The weather was fine. The bridge closed on Tuesday. It was unsafe. Cars waited.")]
    )
    assert quoted(talk, "It was unsafe.") == "The bridge closed on Tuesday. It was unsafe."


def test_at_most_two_are_added() -> None:
    talk = transcript([("Ann", None, "Tom lost. He left. He came back. He won.")])
    assert quoted(talk, "He won.") == "He left. He came back. He won."


def test_what_announces_brings_the_next() -> None:
    talk = transcript([("Ann", None, "Ships turned away. The reason is simple. The port had no cranes. So it goes.")])
    assert quoted(talk, "The reason is simple.") == "The reason is simple. The port had no cranes."


def test_nothing_is_taken_from_another_turn() -> None:
    talk = transcript([("Ann", None, "The bridge closed."), ("Bob", None, "It was unsafe. I saw it.")])
    assert quoted(talk, "It was unsafe.") == "It was unsafe."


def test_a_neighbour_that_is_too_long_is_left_out() -> None:
    long = "The bridge " + "and the road " * (MOST_WORDS // 3) + "closed."
    talk = transcript([("Ann", None, f"{long} It was unsafe.")])
    assert quoted(talk, "It was unsafe.") == "It was unsafe."


def test_captions_without_marks_are_left_as_they_are() -> None:
    words = "so they closed the bridge and it was not safe you know because " * 8
    talk = transcript([(None, None, words.strip())])
    for start, end in spans_of(talk.turns[0]):
        assert extended(talk.turns[0], start, end) == (start, end)


def test_lower_case_captions_with_marks_are_sentences_too() -> None:
    talk = transcript([(None, None, "the bridge closed on tuesday. it was unsafe.")])
    assert quoted(talk, "it was unsafe.") == "the bridge closed on tuesday. it was unsafe."


def test_part_of_a_sentence_is_left_as_it_is() -> None:
    talk = transcript([("Ann", None, "The bridge closed. It was unsafe.")])
    assert quoted(talk, "It was") == "It was"


@given(
    st.lists(
        st.sampled_from(["He left.", "Why?", "Yes.", "But no.", "The port is shut:", "…", "and so on"]), max_size=9
    )
)
def test_it_never_leaves_the_turn_nor_loses_the_sentence(said: list[str]) -> None:
    talk = transcript([("Ann", None, "Before."), ("Bob", None, " ".join(["Tom lost.", *said])), ("Ann", None, "It.")])
    turn = talk.turns[1]
    for start, end in spans_of(turn):
        first, last = extended(turn, start, end)
        assert turn.char_start <= first <= start < end <= last <= turn.char_end


@pytest.mark.parametrize("turn", [0, 1])
def test_every_sentence_of_real_turns_stays_verbatim(turn: int) -> None:
    talk = transcript()
    for start, end in spans_of(talk.turns[turn]):
        first, last = extended(talk.turns[turn], start, end)
        assert talk.text[start:end] in talk.text[first:last]
