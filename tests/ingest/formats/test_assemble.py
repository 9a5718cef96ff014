"""Speeches to a Transcript: what is joined, where it stands, when it is said, what it is called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.errors import EmptyFile
from ingest.formats.assemble import assemble
from ingest.formats.document import Document, Metadata, Speech
from ingest.transcript import Transcript


def assembled(*speeches: Speech, name: str = "x.txt", facts: Metadata | None = None) -> Transcript:
    return assemble(Document(facts or Metadata(), speeches), path=Path(name), identity="id", form="script")


def test_speech_of_one_speaker_under_one_label_is_one_turn() -> None:
    one, two = Speech("One.", "LEE", "Ann Lee"), Speech("Two.", "LEE", "Ann Lee")
    assert assembled(one, two).text == "One.\nTwo."
    assert len(assembled(one, two).turns) == 1
    assert len(assembled(Speech("One."), Speech("Two.")).turns) == 1


@pytest.mark.parametrize(
    "other",
    [
        Speech("Two.", "LEE", "Bob Lee"),
        Speech("Two.", "ANN LEE", "Ann Lee"),
        Speech("Two.", "LEE", "Ann Lee", "Mayor"),
        Speech("Two."),
        Speech("Two.", "LEE", "Ann Lee", start_ms=0, end_ms=1),
        Speech("Two.", "LEE", "Ann Lee", shared=True),
    ],
)
def test_anything_else_is_a_turn_of_its_own(other: Speech) -> None:
    transcript = assembled(Speech("One.", "LEE", "Ann Lee"), other)
    assert [turn.text for turn in transcript.turns] == ["One.", "Two."]
    assert transcript.text == "One.\n\nTwo."
    assert [(turn.index, turn.char_start, turn.char_end) for turn in transcript.turns] == [
        (0, 0, 4),
        (1, 6, 10),
    ]


def test_white_space_is_collapsed_and_nothing_is_left_empty() -> None:
    transcript = assembled(Speech(" One \t two \n\n \n three "), Speech(" \n "), Speech("", "LEE", "Ann"))
    assert [turn.text for turn in transcript.turns] == ["One two\nthree"]


def test_a_file_without_words_is_empty() -> None:
    with pytest.raises(EmptyFile, match=r"x\.txt: has no words that anybody says"):
        assembled(Speech(" "))


def test_times_are_spread_over_the_characters_when_only_the_length_is_known() -> None:
    speeches = Speech("Five."), Speech("Ten chars.", "LEE", "Ann Lee")
    first, second = assembled(*speeches, facts=Metadata(duration_ms=17_000)).turns
    assert (first.start_ms, first.end_ms, second.start_ms, second.end_ms) == (0, 5000, 7000, 17_000)
    assert first.interpolated
    assert second.interpolated


def test_times_of_the_file_are_left_as_they_are() -> None:
    speeches = Speech("One.", start_ms=5, end_ms=9), Speech("Two.", "LEE", "Ann Lee")
    first, second = assembled(*speeches, facts=Metadata(duration_ms=17_000)).turns
    assert (first.start_ms, first.end_ms, first.interpolated) == (5, 9, False)
    assert (second.start_ms, second.end_ms, second.interpolated) == (None, None, False)


@pytest.mark.parametrize(
    ("facts", "name", "title", "published"),
    [
        (Metadata(title="Stated"), "2023-08-23_moon.txt", "Stated", date(2023, 8, 23)),
        (Metadata(published=date(2020, 1, 1)), "2023-08-23_moon.txt", "Moon", date(2020, 1, 1)),
        (Metadata(), "2023-08-23_moon-landing.txt", "Moon landing", date(2023, 8, 23)),
        (Metadata(), "000_3ee6ce2fcd9e73fe.txt", "India is on the Moon.", None),
        (Metadata(title="INDIA IS ON THE MOON"), "a.txt", "India Is on the Moon", None),
        (Metadata(title="OPCW"), "a.txt", "OPCW", None),
    ],
)
def test_title_and_date_are_stated_or_named_by_the_file(
    facts: Metadata, name: str, title: str, published: date | None
) -> None:
    transcript = assembled(Speech("India is on the Moon."), name=name, facts=facts)
    assert (transcript.title, transcript.published) == (title, published)
