"""The head of the page says what the archive holds, how to fill an empty one, and why one cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ui.fakes import LISTINGS, Listing
from tests.ui.hostile import HOSTILE
from tests.ui.markup import Markup
from ui.masthead import NAME, closed, holdings, masthead

MAY = date(2018, 5, 25)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ((), "No transcripts yet"),
        (LISTINGS, "2 transcripts from 2 sources, 19 April 2018 to 4 April 2023"),
        ((Listing("a", "A", "Radio", MAY),), "1 transcript from 1 source, 25 May 2018"),
        ((Listing("a", "A", None, None),), "1 transcript"),
        (
            (Listing("a", "A", "Radio", None), Listing("b", "B", "Radio", MAY)),
            "2 transcripts from 1 source, 25 May 2018",
        ),
        (tuple(Listing(str(n), "A", None, None) for n in range(1200)), "1,200 transcripts"),
    ],
)
def test_holdings(entries: tuple[Listing, ...], said: str) -> None:
    assert holdings(entries) == said
    assert Markup(masthead(entries)).texts("holdings") == [said]


def test_the_name_is_the_heading_of_the_page() -> None:
    assert Markup(masthead(LISTINGS)).texts("h1") == [NAME]


def test_an_empty_archive_says_how_to_fill_it() -> None:
    assert Markup(masthead(())).texts("code") == ["onrecord ingest PATH…"]
    assert Markup(masthead(LISTINGS)).texts("empty") == []


@pytest.mark.parametrize("reason", ["The archive does not read. Restore it from a copy.", *HOSTILE])
def test_an_archive_that_cannot_be_read_says_why(reason: str) -> None:
    page = Markup(closed(reason))
    assert page.texts("problem") == [reason]
    assert page.tags == {"header", "h1", "p"}
