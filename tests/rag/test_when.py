"""Times in questions: relative ones, open ones, and whether the broadcasts themselves are meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.when import hull, periods_in, wish_in, wrong_dates

WEDNESDAY = date(2022, 5, 18)


def read(text: str) -> list[tuple[str, str, bool]]:
    return [(str(each.since), str(each.until), each.aired) for each in periods_in(text, WEDNESDAY)]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What was said yesterday?", "2022-05-17", "2022-05-17"),
        ("today's briefing", "2022-05-18", "2022-05-18"),
        ("this week", "2022-05-16", "2022-05-18"),
        ("last week", "2022-05-09", "2022-05-15"),
        ("last month", "2022-04-01", "2022-04-30"),
        ("What did they say last year?", "2021-01-01", "2021-12-31"),
        ("the past 10 days", "2022-05-08", "2022-05-18"),
        ("in the last three months", "2022-02-18", "2022-05-18"),
    ],
)
def test_relative_times_count_from_the_day_of_the_question(text: str, since: str, until: str) -> None:
    assert read(text) == [(since, until, True)]


def test_a_month_back_from_its_last_day_ends_where_the_shorter_month_does() -> None:
    [found] = periods_in("in the last 3 months", date(2022, 5, 31))
    assert found.since == date(2022, 2, 28)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("since June 2021", "2021-06-01", "None"),
        ("after 2021", "2022-01-01", "None"),
        ("before March 2022", "None", "2022-02-28"),
        ("until 3 May 2022", "None", "2022-05-03"),
        ("after the June 2021 review", "2021-06-01", "2021-06-30"),
        ("between June 2021 and May 2022", "2021-06-01", "2022-05-31"),
        ("from June 2021 to 3 May 2022", "2021-06-01", "2022-05-03"),
    ],
)
def test_a_word_before_a_date_leaves_a_side_open_and_two_dates_make_a_span(text: str, since: str, until: str) -> None:
    assert read(text) == [(since, until, False)]


@pytest.mark.parametrize(
    ("text", "aired"),
    [
        ("What was in the briefing of 3 May 2023?", True),
        ("in his February 2021 briefing", True),
        ("What did Psaki say in March 2022 about masks?", True),
        ("In October 2021, what did Psaki say?", True),
        ("programmes aired in 2021", True),
        ("What happened in 1986 at Chernobyl?", False),
        ("How many died in the March 2022 floods?", False),
        ("Why did profits rise in 2017?", False),
        ("How many jobs were lost last year?", False),
        ("What is in last week's report?", False),
    ],
)
def test_the_broadcast_or_what_it_tells_of(text: str, aired: bool) -> None:
    assert [each[2] for each in read(text)] == [aired]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("What is the latest on the talks?", "latest"),
        ("the most recent figures", "latest"),
        ("by Friday at the latest", None),
        ("When did she first say that?", "earliest"),
        ("Who came first?", None),
    ],
)
def test_recency_is_wanted_only_where_the_wording_asks(text: str, wish: str | None) -> None:
    assert wish_in(text) == wish


def test_dates_in_no_calendar_are_no_periods_and_are_told() -> None:
    text = "What was said on 30 February 2022 and in March 2022?"
    assert wrong_dates(text) == ("30 February 2022",)
    assert [each[:2] for each in read(text)] == [("2022-03-01", "2022-03-31")]


def test_the_hull_spans_all_and_is_open_where_one_is() -> None:
    assert hull(periods_in("in 2020 or in May 2022", WEDNESDAY)) == (date(2020, 1, 1), date(2022, 5, 31))
    assert hull(periods_in("in 2020 or since May 2022", WEDNESDAY)) == (date(2020, 1, 1), None)
    assert hull(()) == (None, None)


@pytest.mark.parametrize("text", ["in the last 999 years", "the past 0 days", "since 1800 before 1801"])
def test_times_at_the_edge_of_the_calendar_do_no_harm(text: str) -> None:
    for day in (date.min, WEDNESDAY, date.max):
        for period in periods_in(text, day):
            assert (period.since or date.min) <= (period.until or date.max)


@given(st.text(max_size=300), st.dates())
def test_no_text_and_no_day_break_it(text: str, today: date) -> None:
    for period in periods_in(f"{text} last year, since 2021, the last 40 weeks", today):
        assert not (period.since and period.until) or period.since <= period.until
