"""Where a quotation ends, for marks of every shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.quotation import MARKS, Quotation, closing_mark, unquote


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ('"a b" c', Quotation("a b", "c", True)),
        ('"a "b" c" d', Quotation('a "b" c', "d", True)),
        ('"a (“b”) c" d', Quotation("a (“b”) c", "d", True)),
        ('"a—"b"" c', Quotation('a—"b"', "c", True)),
        ('"a b', Quotation("a b", "", False)),
        ('"a b"!', Quotation("a b!", "", True)),
        ('"a b." ”', Quotation("a b.", "", True)),
        ('"', Quotation("", "", False)),
    ],
)
def test_a_quotation_is_taken_off(text: str, quotation: Quotation) -> None:
    assert unquote(text) == quotation


@pytest.mark.parametrize(("text", "place"), [('ends." So', 5), ('a "b" c', None), ('a "b" c."', 8), ("none", None)])
def test_an_open_quotation_ends_at_the_first_mark_nothing_opened(text: str, place: int | None) -> None:
    assert closing_mark(text) == place


@given(st.text(f"ab .,{MARKS}", max_size=60))
def test_no_word_is_lost(text: str) -> None:
    inner, rest, _ = unquote(f'"{text}')
    letters = [char for char in inner + rest if char.isalnum()]
    assert letters == [char for char in text if char.isalnum()]
