"""Sentence boundaries as offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import LONGEST_WORDS, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.S. is big.", "Mr. Smith paid $3.5 million."],
        ["It rose 28.1 percent in 2017, vs. 2016.", "Then it fell."],
        ["We met at 7 p.m. Tuesday.", "It was dark."],
        ["“Why?” asked Dr. Lee.", "Nobody knew."],
        ["Well... we waited… and waited.", "Then it came."],
        ["Gov. Newsom met Sen. Warren.", "They spoke."],
        ["The bill (H.R. 5376) passed.", "Good."],
        ["Really?!", "Yes."],
        ["I — I don't know.", "Ask him."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(expected: list[str]) -> None:
    assert cut(" ".join(expected)) == expected


def test_a_line_end_ends_a_sentence() -> None:
    assert cut("no full stop here\nnor here") == ["no full stop here", "nor here"]


def test_speech_without_punctuation_is_cut_at_words() -> None:
    text = " ".join(f"word{n}" for n in range(200))
    assert [len(piece.split()) for piece in cut(text)] == [LONGEST_WORDS, LONGEST_WORDS, 200 - 2 * LONGEST_WORDS]


def test_no_words_no_sentences() -> None:
    assert sentences("") == () == sentences(" \n ")


@given(st.text(max_size=300))
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
