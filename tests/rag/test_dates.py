"""Dates as people write them: which days each covers, and what is no date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.dates import dates_in


def days(text: str) -> list[tuple[str, str]]:
    return [(str(each.since), str(each.until)) for each in dates_in(text)]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("on 3 May 2023", "2023-05-03", "2023-05-03"),
        ("on May 3, 2023,", "2023-05-03", "2023-05-03"),
        ("the 3rd of May 2023", "2023-05-03", "2023-05-03"),
        ("dec 17 2021", "2021-12-17", "2021-12-17"),
        ("from 2023-05-03 on", "2023-05-03", "2023-05-03"),
        ("May 3-5, 2022", "2022-05-03", "2022-05-05"),
        ("in March 2022?", "2022-03-01", "2022-03-31"),
        ("in february 2024", "2024-02-01", "2024-02-29"),
        ("Sept. 2021", "2021-09-01", "2021-09-30"),
        ("between March and May 2022", "2022-03-01", "2022-05-31"),
        ("Nov-Feb 2022", "2021-11-01", "2022-02-28"),
        ("the summer of 2021", "2021-06-01", "2021-08-31"),
        ("winter 2021-22", "2021-12-01", "2022-02-28"),
        ("the first half of 2022", "2022-01-01", "2022-06-30"),
        ("the second half of 2022", "2022-07-01", "2022-12-31"),
        ("in Q3 2021", "2021-07-01", "2021-09-30"),
        ("the last quarter of 2021", "2021-10-01", "2021-12-31"),
        ("early 2022", "2022-01-01", "2022-04-30"),
        ("in 2021", "2021-01-01", "2021-12-31"),
        ("2020-2022", "2020-01-01", "2022-12-31"),
        ("in the 1990s", "1990-01-01", "1999-12-31"),
    ],
)
def test_a_date_covers_its_days(text: str, since: str, until: str) -> None:
    assert days(text) == [(since, until)]


@pytest.mark.parametrize(
    "text",
    [
        "05/06/2022",
        "What may they march for on Sunday?",
        "in May",
        "the $2021 bill",
        "version 2.2021",
        "1,2021 people",
        "20222",
        "flight B2023x",
        "¥٢٠٢٢",
    ],
)
def test_what_is_ambiguous_or_no_date_is_left_alone(text: str) -> None:
    assert dates_in(text) == ()


@pytest.mark.parametrize("text", ["30 February 2022", "31 June 2021", "2022-13-30", "May 5 to 3, 2022"])
def test_a_day_in_no_calendar_is_told_apart(text: str) -> None:
    [found] = dates_in(text)
    assert not found.exists
    assert found.words == text


def test_several_dates_come_in_their_order() -> None:
    assert days("June 2021, then 2023") == [("2021-06-01", "2021-06-30"), ("2023-01-01", "2023-12-31")]


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_however_it_is_written(day: date) -> None:
    for written in (f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%b. %d, %Y}", day.isoformat()):
        if "May." not in written:
            assert days(f"said on {written}?") == [(str(day), str(day))]


@given(st.text(alphabet="0123456789-/., MayQHofJan", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for found in dates_in(text):
        assert text[found.start : found.end] == found.words
