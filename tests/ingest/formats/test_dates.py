"""Dates as files state them, and none where a date could be two."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.dates import parse_date, parse_date_line

DAY = date(2015, 4, 13)


@pytest.mark.parametrize(
    "text",
    [
        "2015-04-13", "2015/04/13", "2015-04-13 22:00:00-05:00", "2015-04-13T22:00:00Z", "April 13, 2015",
        "Apr. 13, 2015", "april 13th 2015", "April 13. 2015", "Monday, April 13, 2015", "13 April 2015",
        "13th of April 2015", "Mon 13 Apr 2015"[4:], "13/04/2015", "04/13/2015", "13.04.2015", " 2015-04-13 ",
    ],
)  # fmt: skip
def test_dates(text: str) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "05/06/2021",
        "2021-13-45",
        "February 30, 2021",
        "April 2015",
        "2015",
        "soon",
        "",
        "April 13, 15",
        "9999",
    ],
)
def test_what_is_no_date_or_could_be_two_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "Aired April 13, 2015 - 22:00 ET", "Aired April 13, 2015 - 22:00   ET", "(April 13, 2015)",
        "April 13, 2015 - 5:10 PM ET", "Published on 13 April 2015", "Broadcast: 13 April 2015", "2015-04-13",
        "Date: 2015-04-13",
        "Updated April 13, 2015 at 5:10 p.m. Eastern",
    ],
)  # fmt: skip
def test_lines_that_say_only_when(line: str) -> None:
    assert parse_date_line(line) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "On April 13, 2015 the bridge was closed.",
        "The bridge of April 13, 2015",
        "April 13, 2015 and April 14, 2015",
        "x" * 500,
    ],
)
def test_lines_that_say_more_are_no_dates(line: str) -> None:
    assert parse_date_line(line) is None


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%B} {day.day}, {day.year}") == day
    assert parse_date_line(f"Aired {day.day} {day:%b} {day.year} - 22:00 ET") == day
