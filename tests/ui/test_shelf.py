"""The library: what is searched for is found, sorted and counted, thousands of rows a page at a time."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ui.fakes import LISTINGS, Listing
from tests.ui.hostile import HOSTILE
from tests.ui.markup import Markup
from ui.plot import plot
from ui.shelf import PAGE, Wish, matching, ordered, page, read_wish

DAY = date(2022, 3, 1)
SHELF = (
    Listing("a", "beta", "BBC", date(2022, 3, 1), ("Ann Lee",), "", 60_000, 10),
    Listing("b", "Alpha", None, None, ("Ann Lee", "Bo Ek"), "", None, 30),
    Listing("c", "gamma", "NPR", date(2021, 3, 1), (), "", 30_000, 20),
)


def ids(entries: list[Listing]) -> str:
    return "".join(entry.id for entry in entries)


@pytest.mark.parametrize(
    ("order", "down", "shown"),
    [
        ("date", True, "acb"),
        ("date", False, "cab"),
        ("title", False, "bac"),
        ("source", True, "cab"),
        ("speakers", True, "bac"),
        ("length", True, "acb"),
        ("words", False, "acb"),
    ],
)
def test_what_is_not_known_comes_last_either_way(order: str, down: bool, shown: str) -> None:
    assert ids(ordered(SHELF, order, down=down)) == shown  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "shown"),
    [("", "abc"), ("ANN", "ab"), ("ann bbc", "a"), ("2021", "c"), ("march 2022", "a"), ("lee npr", ""), ("bo", "b")],
)
def test_every_word_must_stand_somewhere(words: str, shown: str) -> None:
    assert ids(matching(SHELF, words)) == shown  # type: ignore[arg-type]


def test_thousands_of_rows_are_shown_a_page_at_a_time() -> None:
    many = [Listing(str(at), f"Title {at:05}", "BBC", DAY, ("Ann Lee",)) for at in range(20_000)]
    last = page(many, Wish(order="title", down=False, start=999_999))
    assert (last.total, last.start) == (20_000, 20_000 - PAGE)
    titles = Markup(last.html).texts("open")
    assert (len(titles), titles[-1]) == (PAGE, "Title 19999")


@pytest.mark.parametrize(
    "told", [None, "x", [], {"order": "secret", "start": -5}, {"start": "x", "words": None, "order": {}}]
)
def test_a_wish_that_does_not_read_is_the_usual_one(told: object) -> None:
    assert read_wish(told) == Wish()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_sources_and_speakers_stay_text(text: str) -> None:
    entries = [Listing(text, text, text, DAY, (text,)), Listing("b", "B", "B", date(2022, 5, 1))]
    rows = Markup(page(entries, Wish(), removable=True).html)
    assert rows.balanced
    assert rows.tags <= {"tr", "td", "th", "button", "bdi", "time"}
    assert text in rows.texts("open")
    drawn = Markup(plot(entries))
    assert drawn.balanced
    assert drawn.tags <= set("figure figcaption svg rect p span ul li bdi details summary div table".split()) | set(
        "thead tbody tr th td".split()
    )


def test_a_transcript_is_removed_only_where_that_is_offered() -> None:
    assert Markup(page(SHELF, Wish()).html).texts("remove") == []
    assert len(Markup(page(SHELF, Wish(), removable=True).html).texts("remove")) == len(SHELF)


def test_the_plot_counts_every_dated_transcript_once_a_month() -> None:
    entries = [
        Listing("a", "", "BBC", date(2022, 1, 3)),
        Listing("b", "", "BBC", date(2022, 1, 9)),
        Listing("c", "", None, date(2022, 3, 9)),
        Listing("d", "", "BBC", None),
    ]
    drawn = Markup(plot(entries))
    assert drawn.texts("tr") == ["MonthBBCNo source", "2022-0120", "2022-0301"]
    assert len(drawn.values("rect", "height")) == 1 + 1
    said = "Transcripts by month, 2022-01 to 2022-03; the most in one: 2."
    assert drawn.values("svg", "aria-label")[0].startswith(said)


def test_many_months_are_counted_by_year_and_many_sources_together() -> None:
    entries = [Listing(str(at), "", f"Source {at % 9}", date(1990 + at, 5, 1)) for at in range(30)]
    drawn = Markup(plot(entries))
    assert drawn.texts("figcaption") == ["Transcripts by year"]
    assert sum(int(each) for each in drawn.texts("td")) == 30
    assert "Other sources" in drawn.texts("legend")[0]


def test_there_is_nothing_to_draw_without_two_dates() -> None:
    assert plot(LISTINGS[:1]) == plot(()) == ""
