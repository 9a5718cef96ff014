"""Captions in capitals or in small letters, shown in sentence case: the same letters in the same places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.casing import Casing, readable

FILLER = "and so we will see what they have said about that when the day is over and all of you are there with us. "
NAMES = ("Jen Psaki", "Kevin Ho", "Will Smith", "Ada Price", "Huawei cars go to Europe", "Speaker 1", "Senior Official")


def small(text: str) -> str:
    """The text as it is shown where captions are all small."""
    return Casing.of((FILLER + FILLER + text).lower(), NAMES).readable(text.lower())


def shouted(text: str) -> str:
    """The text as it is shown where captions are all capitals."""
    return Casing.of((FILLER + FILLER + text).upper(), NAMES).readable(text.upper())


BOTH = [
    "Good evening. It is raining. Is it? Yes!",
    "I think I'm right, and so am I. I'd say so.",
    "The U.S. and the U.K. met in Washington, D.C. on Tuesday.",
    "The US and NATO agree with us. The US Senate does too.",
    "The FBI's and the BBC's people met the FCC in the UK.",
    "We spoke to Jen Psaki and to Psaki alone.",
    "Will you ask Will Smith? He will. What is the price, Ada Price?",
    "Huawei is big in Europe, and it turns to it.",
    "Mr. Smith and Dr. Lee met Sen. Warren and Mrs. Ray in St. Louis.",
    "Mr Smith paid. Ms. O'Brien and McDonald did not, at 5 o'clock.",
    "He may come on May 5. In May he may, and in March they march.",
    "At 7 p.m. we left, at 5 pm we came, and at 10 a.m. we slept.",
    "COVID-19 came from China to Russia and Ukraine. The Chinese said so.",
    "The Americans and Afghans left Turkey. Two Democrats stayed.",
    "World War II ended. Elizabeth II reigned. The F-16s and the G7 came on 5G.",
    "John F. Kennedy spoke. J. K. Rowling wrote.",
    "The White House and New York are in the United States.",
    "He saw President Biden. The president left on Monday. Vice President Psaki stayed.",
    "[Applause] Thank you. (Laughter.) I see.",
    "He said: “No, we will not.”",
    "The CEOs and MPs have a Ph.D. each, i.e. enough.",
    "The WHO said so, and people who know agree… and so on.",
]


@pytest.mark.parametrize("text", BOTH)
def test_small_letters_get_the_capitals_they_need(text: str) -> None:
    assert small(text) == text


@pytest.mark.parametrize("text", BOTH)
def test_capitals_stay_where_they_belong(text: str) -> None:
    assert shouted(text) == text


def test_acronyms_without_vowels_are_seen_where_all_are_capitals() -> None:
    assert shouted("CNBC and the DHS, hmm, at 60 mph.") == "CNBC and the DHS, hmm, at 60 mph."
    assert small("Xyzzq and the dvlk.") == "Xyzzq and the dvlk."


def test_what_is_mixed_stays_mixed() -> None:
    casing = Casing.of((FILLER * 2).upper(), NAMES)
    assert casing.readable("JOHN McCAIN SOLD iPHONES.") == "John McCain sold iPhones."


@pytest.mark.parametrize(
    "text",
    [
        "A normal text. " * 20,
        "He said NO. " * 20,
        "BREAKING: this is the news of the day. " * 20,
        "",
        "yes",
        "NATO, FBI, CIA.",
        "<script>window.hit = 1</script> " * 20,
        "Цей текст написано як слід. " * 20,
        "これは日本語の文章です。" * 40,
        "ქართული ენა " * 40,
        "12:30 - 14:45 " * 40,
    ],
)
def test_a_text_that_is_neither_is_returned_itself(text: str) -> None:
    assert readable(text, NAMES) is text


def test_a_normal_turn_among_capitals_stays() -> None:
    casing = Casing.of((FILLER * 5).upper() + "And this one is normal.", NAMES)
    turn = "And this one is normal."
    assert casing.readable(turn) is turn
    assert casing.readable("YES.") == "Yes."


def test_words_in_the_middle_of_a_sentence_get_no_capital() -> None:
    run = "they said the ferry is back and " * 30
    shown = readable(run)
    assert shown == "T" + run[1:]
    clipped = "…and so it was that they were there. " + FILLER * 3
    assert readable(clipped).startswith("…and so it was that they were there. And so we")


def test_every_line_begins_with_a_capital() -> None:
    assert small("no stop here\nnor there") == "No stop here\nNor there"


def test_another_language_stays_since_nothing_tells_its_names() -> None:
    german = "DER KANZLER HAT GESTERN IN BERLIN MIT DEM PRÄSIDENTEN ÜBER DEN HAUSHALT GESPROCHEN. " * 3
    assert readable(german) is german
    low = german.lower()
    assert readable(low) is low


@pytest.mark.parametrize("strange", ["ß", "İ", "ı", "ŉ", "ﬁ", "ſ", "K", "ς", "ẞ", "ﬃ", "ΐ"])  # noqa: RUF001
def test_letters_without_a_counterpart_of_one_character_stay(strange: str) -> None:
    for sample in (FILLER * 3).lower(), (FILLER * 3).upper():
        shown = Casing.of(sample).readable(f"{strange}{sample}{strange} {strange}{strange}")
        assert len(shown) == len(sample) + 5
        assert (shown[0], shown[-4], shown[-2:]) == (strange, strange, strange * 2)


PIECES = st.sampled_from(
    [
        *"ßİıŉﬁǆſKςẞé.?!…“”\"'’[](),:-\n 5",  # noqa: RUF001
        "i", "us", "the us", "u.s.", "mr. ", "o'", "mc", "may 5", "covid-19",
        "jen psaki", "new york", "straße", "fbi's", "f-16s", "ii", "p.m.", "dvlk", "president biden", "…and", "the ",
    ]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))
NAME = st.one_of(
    st.sampled_from(NAMES), st.text(max_size=20), st.sampled_from(["STRASSE", "Straße Lang", "ß", "I\u017f I"])
)


@settings(max_examples=300, deadline=None)
@given(TEXT, st.lists(NAME, max_size=4), st.sampled_from([str.lower, str.upper, str.title]))
def test_the_letters_and_their_places_are_the_same(text: str, names: list[str], case: object) -> None:
    sample = (FILLER * 2).upper() if case is str.upper else FILLER * 2
    given_text = text.upper() if case is str.upper else text.lower() if case is str.lower else text
    casing = Casing.of(sample.lower() if case is str.lower else sample, names)
    for shown, was in (casing.readable(given_text), given_text), (readable(sample + text, names), sample + text):
        assert len(shown) == len(was)
        assert all(new.casefold() == old.casefold() for new, old in zip(shown, was, strict=True))
        assert casing.readable(was) == casing.readable(was)


@pytest.mark.parametrize(
    "text",
    [
        "i. " * 40_000,
        "the us " * 40_000,
        "mr. " * 40_000,
        "[" * 100_000,
        "u." * 100_000,
        "o'" * 100_000,
        "— “" * 40_000,
    ],
)
def test_hostile_text_is_shown_in_the_end(text: str) -> None:
    """Shapes that keep a reader busy for hours whose time grows with the square of a text's length."""
    assert len(small(text)) == len(text)
