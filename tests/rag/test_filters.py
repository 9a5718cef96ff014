"""Filters as values: what they narrow, in words, and how those set by hand go before those found."""

from __future__ import annotations

from datetime import date

import pytest

from rag.errors import QuestionError
from rag.filters import NO_FILTERS, Filters, merged, period


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (date(2022, 3, 1), date(2022, 3, 31), "March 2022"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2023, 5, 3), date(2023, 5, 3), "3 May 2023"),
        (date(2022, 1, 1), date(2022, 6, 30), "1 January 2022 to 30 June 2022"),
        (date(2021, 6, 1), None, "since 1 June 2021"),
        (None, date(2021, 6, 1), "until 1 June 2021"),
        (date(9999, 12, 1), date.max, "December 9999"),
        (None, None, ""),
    ],
)
def test_a_period_in_words(since: date | None, until: date | None, told: str) -> None:
    assert period(since, until) == told


def test_filters_in_words() -> None:
    filters = Filters(("Jen Psaki", "John Kirby"), date(2022, 3, 1), date(2022, 3, 31), ("BBC",))
    assert filters.describe() == ("said by Jen Psaki or John Kirby", "March 2022", "from BBC")
    assert NO_FILTERS.describe() == ()


def test_filters_are_true_when_they_narrow() -> None:
    assert not NO_FILTERS
    assert Filters(until=date(2022, 3, 1))
    assert Filters(sources=("BBC",))


def test_by_hand_goes_first_one_by_one_and_a_period_as_a_whole() -> None:
    found = Filters(("Jen Psaki",), date(2022, 3, 1), date(2022, 3, 31))
    by_hand = Filters(since=date(2023, 1, 1), sources=("BBC",))
    assert merged(by_hand, found) == Filters(("Jen Psaki",), date(2023, 1, 1), None, ("BBC",))
    assert merged(NO_FILTERS, found) == found


def test_by_hand_alone_leaves_out_what_was_found() -> None:
    found = Filters(("Jen Psaki",), date(2022, 3, 1), date(2022, 3, 31), ("BBC",))
    kept = Filters(sources=("BBC",), only=True)
    assert merged(kept, found) == Filters(sources=("BBC",))
    assert not Filters(only=True)


def test_a_period_that_ends_before_it_begins_is_a_clear_error() -> None:
    with pytest.raises(QuestionError, match="Swap them"):
        Filters(since=date(2023, 1, 2), until=date(2023, 1, 1))
