"""Times of day with their zone, and the many that are none."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.dates import parse_date_line
from ingest.formats.facts import read_when
from ingest.formats.moments import parse_moment


def moment(day: date, hour: int, minute: int, offset: float) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone(timedelta(hours=offset)))


APRIL, JANUARY = date(2015, 4, 13), date(2015, 1, 13)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aired April 13, 2015 - 22:00 ET", moment(APRIL, 22, 0, -4)),
        ("Aired January 13, 2015 - 22:00   ET", moment(JANUARY, 22, 0, -5)),
        ("(Aired April 13, 2015, 22:00 E.T.)", moment(APRIL, 22, 0, -4)),
        ("April 13, 2015 - 5:10 PM CT", moment(APRIL, 17, 10, -5)),
        ("April 13, 2015 at 12:00 a.m. MT", moment(APRIL, 0, 0, -6)),
        ("April 13, 2015 at 12:00 p.m. Pacific", moment(APRIL, 12, 0, -7)),
        ("April 13, 2015, 10 pm Eastern Daylight Time", moment(APRIL, 22, 0, -4)),
        ("April 13, 2015, 10 pm Eastern Time", moment(APRIL, 22, 0, -4)),
        ("13 April 2015 22:00 BST", moment(APRIL, 22, 0, 1)),
        ("13 January 2015 22:00 GMT", moment(JANUARY, 22, 0, 0)),
        ("13 January 2015 22:00 CET", moment(JANUARY, 22, 0, 1)),
        ("13 April 2015 22:00 CEST", moment(APRIL, 22, 0, 2)),
        ("13 April 2015 2200 UTC", moment(APRIL, 22, 0, 0)),
        ("2015-04-13T22:00:00Z", moment(APRIL, 22, 0, 0)),
        ("2015-04-13T22:00:00.250+0530", moment(APRIL, 22, 0, 5.5)),
        ("2015-04-13 22:00:00-05:00", moment(APRIL, 22, 0, -5)),
        ("April 13, 2015 - 22:00 GMT+1", moment(APRIL, 22, 0, 1)),
    ],
)
def test_a_time_with_its_zone_is_a_moment_with_its_offset(text: str, expected: datetime) -> None:
    found = parse_moment(text)
    assert found == expected
    assert found.utcoffset() == expected.utcoffset()
    assert read_when(text).published == expected.date()


@pytest.mark.parametrize(
    "text",
    [
        "Aired April 13, 2015 - 22:00",
        "Aired April 13, 2015 - 22:00 IST",
        "Aired April 13, 2015 - 22:00 CST",
        "Aired April 13, 2015 - 22:00 QQ",
        "April 13, 2015, 10 pm EST",
        "April 13, 2015, 10 pm Eastern Standard Time",
        "13 April 2015 22:00 GMT+19",
    ],
)
def test_a_zone_that_is_missing_unknown_several_or_not_in_force_leaves_the_day(text: str) -> None:
    assert parse_moment(text) is None
    assert read_when(text).published == APRIL


@pytest.mark.parametrize(
    "text",
    ["April 13, 2015 - 25:00 ET", "April 13, 2015 - 13:00 pm ET", "April 31, 2015 - 22:00 ET", "22:00 ET", "6 ET", ""],
)
def test_an_impossible_time_or_day_is_none(text: str) -> None:
    assert parse_moment(text) is None


def test_an_hour_that_the_clocks_skip_is_none_and_one_they_repeat_needs_its_name() -> None:
    assert parse_moment("March 8, 2015 2:30 am ET") is None
    assert parse_moment("November 1, 2015 1:30 am ET") is None
    summer, winter = parse_moment("November 1, 2015 1:30 am EDT"), parse_moment("November 1, 2015 1:30 am EST")
    assert summer
    assert winter
    assert winter - summer == timedelta(hours=1)


@pytest.mark.parametrize("text", ["Aired April 13, 2015 2016", "13 April 2015 2016", "April 13, 2015 300 people"])
def test_a_number_after_a_day_is_no_time(text: str) -> None:
    assert parse_date_line(text) is None


@given(st.dates(date(1801, 1, 1), date(2098, 12, 31)), st.times(), st.integers(-14 * 60, 14 * 60))
def test_every_iso_time_comes_back(day: date, clock: time, minutes: int) -> None:
    stated = datetime.combine(day, clock.replace(microsecond=0), timezone(timedelta(minutes=minutes)))
    assert parse_moment(stated.isoformat()) == stated
    assert parse_moment(f"{stated.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}") == stated


@given(st.text(), st.sampled_from(["", "April 13, 2015 - 22:00 ", "2015-04-13T"]))
def test_any_text_is_read_without_an_error(text: str, before: str) -> None:
    found = parse_moment(before + text)
    assert found is None or found.utcoffset() is not None
