"""Functions that the browser calls answer whatever they are told: with what was asked for or with a sentence."""

from __future__ import annotations

import pytest

from tests.ui.fakes import KEVIN, TEXT, FakeEngine
from ui.desk import Desk
from ui.heard import number, said_in
from ui.looking_into import explaining
from ui.panel_library import listing, removing
from ui.panel_reader import continuing, opening

DESK = Desk(FakeEngine())
MADE_UP: list[object] = [
    None, 3, "x", [], {}, {"id": None}, {"id": ["a1"]}, {"id": {}, "at": "x", "start": {}}, {"question": []},
]  # fmt: skip


@pytest.mark.parametrize("told", MADE_UP)
def test_what_is_made_up_is_no_mistake_of_ours(told: object) -> None:
    for call in (opening(DESK), continuing(DESK), removing(DESK)):
        assert set(call(told)) == {"problem"}
    assert listing(DESK)(told)["total"] == 2
    assert set(explaining(DESK)(told)) == {"html"}


def test_numbers_are_whole_and_not_below_nothing() -> None:
    assert [number(each) for each in (7, -7, True, "7", 7.5, None)] == [7, 0, 0, 0, 0, 0]
    assert said_in({"a": 1}) == {"a": 1}


def test_a_transcript_is_opened_at_the_quote_with_its_reference() -> None:
    start = TEXT.index(KEVIN)
    told = opening(DESK)({"id": "a1", "start": start, "end": start + len(KEVIN)})
    assert f"<mark>{KEVIN}</mark>" in told["html"]
    where = "in “Huawei turns to Europe”, Harbour News, 19 April 2018, at 0:00."
    assert told["reference"] == f"“{KEVIN}” — Kevin Ho {where}"
    assert (told["start"], told["end"], told["length"]) == (0, len(TEXT), len(TEXT))


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 2), (0, 10_000_000), ("0", "9")])
def test_a_place_that_is_no_quote_opens_at_the_beginning(start: object, end: object) -> None:
    told = opening(DESK)({"id": "a1", "start": start, "end": end})
    assert "<mark" not in told["html"]
    assert told["start"] == 0


def test_more_begins_where_the_other_stretch_ended() -> None:
    assert continuing(DESK)({"id": "a1", "at": 10, "back": True})["end"] >= 10
    assert continuing(DESK)({"id": "a1", "at": len(TEXT)})["html"] == ""
