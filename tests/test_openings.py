"""Where stories begin: hand-overs and marks, only at turns, and not in talk that merely sounds like it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import split
from ingest.sentences import sentences
from tests.benchmarks.bulletins import Bulletin, join, joined, our_cases, ours
from tests.benchmarks.openings import openings
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


def test_marks_are_taken_as_told_and_the_first_turn_opens_nothing() -> None:
    talk = transcript([(None, None, "Welcome back."), ("Ann", None, "It rained."), ("Ben", None, "In Rome.")])
    assert openings(talk) == ()
    assert openings(talk, [0, 2, 7]) == (2,)


@given(st.lists(st.text("a. and Finally,thks'’", min_size=1, max_size=60), min_size=1, max_size=9))
def test_only_turns_after_the_first_are_told_whatever_is_said(texts: Sequence[str]) -> None:
    found = openings(transcript([(None, None, text) for text in texts]))
    assert list(found) == sorted(set(found))
    assert set(found) <= set(range(1, len(texts)))


def test_passages_begin_with_the_stories_and_lose_nothing() -> None:
    for bulletin in ours():
        begins = [bulletin.turns[char] for char in bulletin.reachable]
        passages = split(bulletin.transcript, openings=begins)
        assert {each.char_start for each in passages} >= set(bulletin.reachable)
        assert not [p for p in passages for char in bulletin.reachable if p.char_start < char < p.char_end]
        assert "".join("".join(each.text.split()) for each in passages) == "".join(bulletin.transcript.text.split())


def test_a_turn_opens_a_story_only_at_its_beginning() -> None:
    words = " ".join(["One two three four five."] * 3)
    whole = transcript([("Ann", None, words), ("Ben", None, words)])
    assert [each.speakers for each in split(whole, openings=[0, 1])] == [("Ann",), ("Ben",)]
    assert split(whole, openings=[]) == split(whole)


def test_the_boundaries_of_our_bulletins_are_sentences_and_the_questions_stand_in_them() -> None:
    bulletins = {each.transcript.id: each for each in ours()}
    assert len(bulletins) >= 6
    for each in bulletins.values():
        assert 4 <= len(each.starts) + 1 <= 9
        assert list(each.units(each.starts)) == sorted(each.units(each.starts))
        assert set(each.marked) <= set(each.starts)
    for case in our_cases():
        [evidence] = case.evidence
        assert evidence.quote in bulletins[evidence.source].transcript.text.replace("\n", " ")


def test_no_hand_over_is_heard_where_there_is_none() -> None:
    wrong = [
        each.transcript.turns[index].text[:60]
        for each in ours()
        for index in openings(each.transcript)
        if each.transcript.turns[index].char_start not in each.starts
    ]
    assert wrong == []


def test_joined_samples_keep_their_words_and_their_evidence() -> None:
    bulletins, cases = joined(5, seed=3)
    texts = {each.transcript.id: each.transcript for each in bulletins}
    assert sum(len(each.starts) for each in bulletins) == 15 - len(bulletins)
    for each in texts.values():
        assert all(each.text[turn.char_start : turn.char_end] == turn.text for turn in each.turns)
        assert [turn.index for turn in each.turns] == list(range(len(each.turns)))
    assert {evidence.source for case in cases for evidence in case.evidence} <= set(texts)


def test_joining_puts_a_boundary_where_a_part_begins() -> None:
    parts = [transcript([("Ann", None, "It rained. It poured.")]), transcript([(None, None, "Rome.")])]
    bulletin = join(parts, "Both")
    assert bulletin == Bulletin(bulletin.transcript, (len("It rained. It poured.") + 2,))
    assert bulletin.units(bulletin.starts) == (len(sentences("It rained. It poured.")),)
