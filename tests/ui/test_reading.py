"""A stretch of a transcript is all of its words, each once, with the quote marked exactly and nothing else."""

from __future__ import annotations

import pytest

from ingest.casing import Casing
from ingest.transcript import Transcript, Turn
from tests.ui.hostile import HOSTILE
from tests.ui.markup import Markup
from ui.reading import REACH, Text, around, stretch

TALK = " ".join(f"Sentence number {number} is about the harbour." for number in range(2000))


def text(*said: tuple[str | None, str], repeated: tuple[tuple[int, int], ...] = ()) -> Text:
    turns, at = [], 0
    for index, (speaker, words) in enumerate(said):
        turns.append(Turn(index, speaker, None, index * 1000, None, words, at, interpolated=index == 1))
        at += len(words) + 1
    whole = "\n".join(words for _, words in said)
    transcript = Transcript("t", "Talk", None, None, None, None, None, tuple(turns), whole)
    return Text(transcript, Casing.of(whole), repeated)


def test_the_quote_is_marked_word_for_word() -> None:
    shown = text(("Ann Lee", "Good evening. The bridge is open."), (None, "It rained."))
    page = Markup(around(shown, (14, 33)).html)
    assert page.texts("mark") == ["The bridge is open."]
    assert page.text == "Ann Lee0:00Good evening. The bridge is open.Speaker not named≈0:01It rained."
    assert page.balanced


def test_a_quote_over_paragraphs_and_turns_is_marked_in_each() -> None:
    shown = text(("Ann Lee", "One.\nTwo."), ("Bo Ek", "Three."))
    assert Markup(around(shown, (0, 16)).html).texts("mark") == ["One.\n", "Two.", "Three."]


def test_what_the_station_repeats_is_greyed_but_not_within_the_quote() -> None:
    shown = text((None, "Welcome back. The bridge is open."), repeated=((0, 13),))
    page = Markup(around(shown, (14, 33)).html)
    assert page.texts("repeated") == ["Welcome back."]
    assert Markup(around(shown, (0, 13)).html).texts("repeated") == []


def test_a_turn_of_ten_hours_is_shown_in_stretches_that_miss_no_word() -> None:
    shown = text((None, TALK))
    parts, at = [], 0
    while at < len(TALK):
        part = stretch(shown, at, at + 2 * REACH)
        assert part.start == at < part.end
        assert part.end - part.start < 3 * REACH
        parts.append("".join(Markup(part.html).texts("p")))
        at = part.end
    assert "".join(parts) == TALK


def test_a_long_turn_is_parted_into_paragraphs_between_sentences() -> None:
    paragraphs = Markup(stretch(text((None, TALK)), 0, REACH).html).texts("p")
    assert len(paragraphs) > 3
    assert all(each.strip().startswith("Sentence") for each in paragraphs)
    assert max(map(len, paragraphs)) < 1000


def test_a_stretch_within_a_turn_says_that_it_goes_on() -> None:
    page = Markup(stretch(text(("Ann Lee", TALK)), 5000, 6000).html)
    assert page.values("section", "class") == ["turn continued"]
    assert page.texts("said-by") == ["Ann Lee, continued"]
    assert page.texts("when") == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_and_names_stay_text(hostile: str) -> None:
    page = Markup(around(text((hostile, hostile), repeated=((0, 1),)), (0, len(hostile))).html)
    assert page.balanced
    assert page.tags <= {"section", "h3", "span", "b", "bdi", "p", "mark"}
    assert "".join(page.texts("mark")) == hostile
    assert page.texts("b") == [hostile]


@pytest.mark.parametrize(("start", "end"), [(-50, 10_000_000), (0, 0), (3, 3)])
def test_places_outside_the_text_are_brought_inside(start: int, end: int) -> None:
    part = stretch(text((None, "One two three.")), start, end)
    assert 0 <= part.start <= part.end <= len("One two three.")


def test_words_without_capitals_are_shown_in_sentence_case_with_the_exact_ones_beside() -> None:
    said = "officials said that president biden spoke to reporters in california. help is on the way. " * 20
    start = said.index("help is")
    page = Markup(around(text((None, said)), (start, start + 23)).html)
    assert page.texts("mark") == ["Help is on the way. Off"]
    assert page.values("mark", "title") == ["As transcribed: help is on the way. off"]
