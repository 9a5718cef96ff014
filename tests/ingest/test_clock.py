"""Clock times: read, written, and worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clock import Span, format_clock, interpolate, parse_clock, quote_span
from ingest.transcript import Turn


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("03:04", 184_000),
        ("3:04", 184_000),
        ("1:02:33", 3_753_000),
        ("00:01:02,500", 62_500),
        ("00:05.560", 5_560),
        ("0:00.5", 500),
        (" 0:00 ", 0),
    ],
)
def test_a_clock_time_is_read_as_milliseconds(text: str, ms: int) -> None:
    assert parse_clock(text) == ms


@pytest.mark.parametrize("text", ["", "304", "3:64", "3:04 pm", "1:2:3:4", "a:bc", "-1:00"])
def test_what_is_no_clock_time_is_none(text: str) -> None:
    assert parse_clock(text) is None


@given(st.integers(min_value=0, max_value=400 * 3600))
def test_whole_seconds_survive_a_round_trip(seconds: int) -> None:
    assert parse_clock(format_clock(seconds * 1000)) == seconds * 1000


def test_an_interpolated_time_is_marked() -> None:
    assert format_clock(42_900, interpolated=True) == "≈0:42"
    assert format_clock(3_753_000) == "1:02:33"


def test_interpolation_is_even_over_characters() -> None:
    assert interpolate(25, 100, 60_000) == 60_000 * 25 // 100
    assert interpolate(0, 0, 60_000) == 0


def turn(start_ms: int | None, end_ms: int | None, interpolated: bool = False) -> Turn:
    return Turn(0, "Ann", None, start_ms, end_ms, "x" * 100, 1000, interpolated=interpolated)


def test_a_quote_that_begins_its_turn_has_the_turns_own_time() -> None:
    assert quote_span(turn(10_000, 20_000), 1000, 1050) == Span(10_000, 15_000, False)


def test_a_quote_inside_a_turn_is_timed_by_estimate_and_says_so() -> None:
    assert quote_span(turn(10_000, 20_000), 1050, 1100) == Span(15_000, 20_000, True)


def test_an_estimated_turn_gives_estimated_quotes() -> None:
    assert quote_span(turn(10_000, 20_000, interpolated=True), 1000, 1100) == Span(10_000, 20_000, True)


def test_no_time_gives_no_time() -> None:
    assert quote_span(turn(None, None), 1000, 1100) == Span(None, None, False)


def test_a_turn_whose_end_is_not_known_gives_its_start() -> None:
    assert quote_span(turn(10_000, None), 1050, 1100) == Span(10_000, None, False)
