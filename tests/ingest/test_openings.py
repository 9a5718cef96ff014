"""Which turns open a story: hand-overs and marks, only at turns, and not talk that merely sounds like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.openings import hand_overs, openings
from ingest.passages import split
from ingest.transcript import Transcript
from tests.rag.builders import transcript


def opens(words: str) -> bool:
    """Whether a second turn of these words begins a story."""
    return openings(transcript([("Ann", None, "It rained."), ("Ben", None, words)])) == (1,)


@pytest.mark.parametrize(
    "words",
    [
        "Turning now to the budget, which is late.",
        "And let’s turn to the trains.",
        "Okay. Moving on, the school has a roof.",
        "in other news, a goose was fined.",
        "Welcome back.",
        "And finally, a birthday.",
        "finally tonight a birthday",
        "Dan Prewitt, thank you. Engineers have found cracks.",
        "Thank you, Dan Prewitt. Engineers have found cracks.",
        "Sport. The Gulls lost.",
        "The weather: fog.",
    ],
)
def test_a_hand_over_begins_a_story(words: str) -> None:
    assert opens(words)


@pytest.mark.parametrize(
    "words",
    [
        "Thank you, Dan.",
        "Thank you, Dan. Why is the bridge closed?",
        "Thank you, Dan Prewitt.",
        "Finally the bell rang.",
        "I turned to the mayor.",
        "The weather was fine.",
        "Sports are good for you.",
        "The story is a sad one. Turning now to the budget.",
        "",
    ],
)
def test_other_words_begin_none(words: str) -> None:
    assert not opens(words)


def marked(speakers: str, at: Sequence[int]) -> Transcript:
    """A turn for each letter, which is who speaks; the file marks stories at these indexes."""
    talk = transcript([(who, None, f"It is {index}.") for index, who in enumerate(speakers)])
    return replace(talk, turns=tuple(replace(turn, opens_story=turn.index in at) for turn in talk.turns))


def test_marks_are_taken_as_told_and_the_first_turn_opens_nothing() -> None:
    talk = transcript([(None, None, "Welcome back."), ("Ann", None, "It rained."), ("Ben", None, "In Rome.")])
    assert openings(talk) == ()
    assert openings(marked("ABA", [0, 2])) == (2,)


def test_marks_and_hand_overs_are_told_together() -> None:
    talk = marked("ABAB", [1])
    said = replace(talk.turns[3], text="Welcome back.")
    both = replace(talk, turns=(*talk.turns[:3], said))
    assert (hand_overs(both), openings(both)) == ((3,), (1, 3))


@pytest.mark.parametrize(
    ("speakers", "at", "found"),
    [
        ("ABABAB", [1, 2, 3, 4, 5], ()),
        ("ABABABA", [2, 3, 4, 5, 6], ()),
        ("ABABABAB", [2, 4, 6], (2, 4, 6)),
        ("AAAAA", [1, 2, 3, 4], (1, 2, 3, 4)),
        ("ABA", [1, 2], (1, 2)),
    ],
)
def test_marks_at_most_changes_of_speaker_part_no_stories(
    speakers: str, at: Sequence[int], found: Sequence[int]
) -> None:
    assert openings(marked(speakers, at)) == found


@given(st.lists(st.text("a. and Finally,thks'’", min_size=1, max_size=60), min_size=1, max_size=9))
def test_only_turns_after_the_first_are_told_whatever_is_said(texts: Sequence[str]) -> None:
    found = openings(transcript([(None, None, text) for text in texts]))
    assert list(found) == sorted(set(found))
    assert set(found) <= set(range(1, len(texts)))


def test_a_turn_opens_a_story_only_at_its_beginning() -> None:
    words = " ".join(["One two three four five."] * 3)
    whole = transcript([("Ann", None, words), ("Ben", None, words)])
    assert [each.speakers for each in split(whole, openings=[0, 1])] == [("Ann",), ("Ben",)]
    assert split(whole, openings=[]) == split(whole)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.booleans(), st.integers(1, 40)), min_size=1, max_size=12))
def test_passages_never_run_over_an_opening_and_cover_all_once(turns: Sequence[tuple[str, bool, int]]) -> None:
    talk = transcript([(who, None, " ".join(["One two three."] * size)) for who, _, size in turns])
    whole = replace(talk, turns=tuple(replace(t, opens_story=turns[t.index][1]) for t in talk.turns))
    begins = [whole.turns[index].char_start for index in openings(whole)]
    passages = split(whole)
    assert {each.char_start for each in passages} >= set(begins)
    assert not [each for each in passages for char in begins if each.char_start < char < each.char_end]
    assert "".join("".join(each.text.split()) for each in passages) == "".join(whole.text.split())
    assert sorted(each.char_start for each in passages) == [each.char_start for each in passages]
