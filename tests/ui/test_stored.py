"""A conversation comes back from the browser as it was, or says what is gone; nothing made up is believed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from rag.filters import Filters
from rag.results import Rejected, Section, Short
from tests.ui.fakes import KEVIN, FakeEngine, citation, grounded, hit, refusal
from ui.conversation import Conversation, Exchange
from ui.stored import GONE, HITS, dump, load

FULL = replace(
    grounded("Why?"),
    rejected=(Rejected("No.", "It is not so."),),
    filters=Filters(("Kevin Ho",), date(2018, 1, 1)),
    short=Short("Europe", 2),
    sections=(Section("2018", (1, 2)),),
    read_as="Why, of Huawei?",
    notice="Told.",
    timings={},
    hits=(),
)


def again(*exchanges: Exchange) -> Conversation:
    """To JSON text and back, as through a browser."""
    return load(json.loads(json.dumps([dump(each) for each in exchanges])), FakeEngine())


def test_all_that_is_shown_comes_back() -> None:
    exchange = Exchange("Why?", FULL, complete=True, filters=Filters(("Kevin Ho",)), judged=True)
    assert again(exchange).exchanges == (exchange,)
    problem = Exchange("Why?", problem="The disk is full.", complete=True)
    assert again(problem).exchanges == (problem,)


def test_a_refusal_keeps_only_the_passages_it_shows() -> None:
    many = replace(refusal("Why?"), hits=tuple(hit(rank=rank) for rank in range(1, 11)))
    exchange = Exchange("Why?", many, complete=True, instead=("What else?",))
    [back] = again(exchange).exchanges
    assert back.answer is not None
    assert len(back.answer.hits) == HITS
    assert back.instead == ("What else?",)


@pytest.mark.parametrize(
    "changes",
    [{"quote": "Words nobody said."}, {"char_start": 3}, {"transcript_id": "gone"}, {"quote": "", "char_end": 0}],
)
def test_a_quote_that_does_not_stand_is_not_shown_again(changes: dict[str, object]) -> None:
    forged = replace(FULL, citations=(replace(citation(1, KEVIN), **changes),))  # type: ignore[arg-type]
    [back] = again(Exchange("Why?", forged, complete=True)).exchanges
    assert (back.answer, back.problem) == (None, GONE)


@pytest.mark.parametrize("told", [None, "x", {}, [None, 3, "x", {}, {"question": 7}, {"question": "a", "answer": {}}]])
def test_what_does_not_read_is_left_out(told: object) -> None:
    assert load(told, FakeEngine()) == Conversation()
