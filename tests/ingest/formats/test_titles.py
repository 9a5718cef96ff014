"""Titles and dates from file names, and titles from opening words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.names import from_file_name
from ingest.formats.titles import opening_words
from ingest.spelling import Spelling

SPELLING = Spelling.of(["Huawei went to Europe, and Chandrayaan-3 to the Moon. The moon is far; it is the moon."])


@pytest.mark.parametrize(
    ("name", "title", "published"),
    [
        ("2023-08-23_moon-landing.txt", "Moon landing", date(2023, 8, 23)),
        ("2023_11_07_Title.md", "Title", date(2023, 11, 7)),
        ("20231107-harbour.txt", "Harbour", date(2023, 11, 7)),
        ("harbour-opens-2023-11-07.txt", "Harbour opens", date(2023, 11, 7)),
        ("huawei-turns-to-europe.txt", "Huawei turns to Europe", None),
        ("chandrayaan-3-on-the-moon.txt", "Chandrayaan-3 on the moon", None),
        ("britain-leaves-the-eu.srt", "Britain leaves the EU", None),
        ("My Talk with Ann.txt", "My Talk with Ann", None),
        ("000_3ee6ce2fcd9e73fe.txt", None, None),
        ("deadbeefdeadbeef.txt", None, None),
        ("2023-08-23.txt", None, date(2023, 8, 23)),
        ("transcript_final_2.txt", None, None),
        ("2023-13-45_moon.txt", "2023 13 45 moon", None),
        ("12345678901234.txt", None, None),
    ],
)
def test_file_names(name: str, title: str | None, published: date | None) -> None:
    named = from_file_name(Path(name), SPELLING)
    assert (named.title, named.published) == (title, published)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short.\nMore.", "Short."),
        ("word " * 30, "word " * 13 + "word…"),
        ("x" * 100, "x" * 70 + "…"),
        ("a " * 34 + "comma, and on and on", "a " * 33 + "a…"),
    ],
)
def test_opening_words(text: str, title: str) -> None:
    assert opening_words(text) == title


@given(st.text(min_size=1).filter(str.strip))
def test_opening_words_are_short_and_begin_the_text(text: str) -> None:
    words = opening_words(text.strip())
    assert 0 < len(words) <= 71
    assert "\n" not in words
