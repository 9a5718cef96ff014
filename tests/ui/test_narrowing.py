"""Filters to the browser and back; what the browser makes up narrows nothing or is told."""

from __future__ import annotations

from datetime import date

import pytest

from rag.errors import QuestionError
from rag.filters import NO_FILTERS, Filters
from ui.narrowing import chips, read_filters, write_filters

MARCH = Filters(("Jen Psaki",), date(2022, 3, 1), date(2022, 3, 31), ("BBC", "NPR"))


@pytest.mark.parametrize(
    "filters",
    [None, NO_FILTERS, MARCH, Filters(since=date(2022, 1, 1)), Filters(("A",)), Filters(("A",), only=True)],
)
def test_there_and_back(filters: Filters | None) -> None:
    assert read_filters(write_filters(filters)) == filters


@pytest.mark.parametrize(
    "told", [None, "x", 3, [], {}, {"speakers": "Ann"}, {"since": ""}, {"sources": [1, None, " "]}, {"only": True}]
)
def test_what_is_no_filter_narrows_nothing(told: object) -> None:
    assert read_filters(told) is None


@pytest.mark.parametrize("told", [{"since": "soon"}, {"since": "2022-02-02", "until": "2022-02-01"}])
def test_a_period_that_is_none_is_told(told: object) -> None:
    with pytest.raises(QuestionError):
        read_filters(told)


def test_each_filter_is_a_chip_and_leaves_the_others() -> None:
    made = dict(chips(MARCH))
    assert list(made) == ["Speaker: Jen Psaki", "Source: BBC", "Source: NPR", "Date: March 2022"]
    assert made["Source: BBC"] == Filters(("Jen Psaki",), MARCH.since, MARCH.until, ("NPR",))
    assert made["Date: March 2022"] == Filters(("Jen Psaki",), sources=("BBC", "NPR"))
    assert chips(NO_FILTERS) == ()
