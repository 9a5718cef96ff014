"""What the reader is given: everything of the passage, its sentences where they are said to be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.reader.sheet import Said, laid_out, sheet_of
from tests.rag.builders import KEVIN, VOTE, hit, transcript

WORDS = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20)
TURNS = st.lists(st.builds(Said, WORDS, st.lists(WORDS, min_size=1, max_size=4).map(tuple)), max_size=4).map(tuple)


@given(WORDS, TURNS)
def test_the_spans_are_the_sentences(title: str, turns: tuple[Said, ...]) -> None:
    sheet = laid_out(title, turns)
    assert [sheet.text[a:b] for a, b in sheet.spans] == [each for turn in turns for each in turn.sentences]


def test_a_turn_is_a_line_after_its_speaker() -> None:
    sheet = laid_out("Title · 1 May 2018", (Said("Ann, HOST", ("One.", "Two?")), Said("", ("Three.",))))
    assert sheet.text == "Title · 1 May 2018\nAnn, HOST: One. Two?\nThree.\n"


def test_places_are_those_of_the_transcript() -> None:
    whole = transcript()
    sheet, places = sheet_of(hit(whole, 1, 2), whole)
    assert [whole.text[a:b] for a, b in places] == [sheet.text[a:b] for a, b in sheet.spans]
    assert " ".join(whole.text[a:b] for a, b in places) == f"{KEVIN} {VOTE}"
    assert sheet.text.startswith("Huawei turns to Europe · 19 April 2018 · Harbour News\nKevin Ho, President")


def test_only_what_is_in_the_passage_is_read() -> None:
    whole = transcript()
    _, places = sheet_of(hit(whole, 3), whole)
    passage = hit(whole, 3).passage
    assert all(passage.char_start <= a < b <= passage.char_end for a, b in places)
