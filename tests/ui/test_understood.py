"""What was understood is shown: the question as read, filters as chips, the short answer, groups."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from rag.composed import composed
from rag.filters import NO_FILTERS, Filters
from rag.results import Answer, Section, Short
from rag.search import Sought
from tests.ui.fakes import KEVIN, REASON, FakeEngine, citation, grounded, refusal
from tests.ui.hostile import HOSTILE
from tests.ui.markup import Markup
from ui import render
from ui.conversation import Conversation, Exchange, converse
from ui.narrowing import read_filters
from ui.why import why

KEVINS = Filters(("Kevin Ho",))
NARROW = Filters(("Kevin Ho",), date(2018, 1, 1), date(2018, 12, 31))


def shown(answer: Answer, filters: Filters | None = None, **changes: object) -> Markup:
    exchange = Exchange("Why?", answer, complete=True, filters=filters)
    return Markup(render.exchange(replace(exchange, **changes), 1))  # type: ignore[arg-type]


def without(page: Markup) -> list[Filters | None]:
    return [read_filters(json.loads(each)) for each in page.values("button", "data-filters")]


def test_the_only_filter_goes_and_everything_is_searched() -> None:
    page = shown(replace(grounded("Why?"), filters=KEVINS))
    assert page.texts("filter") == ["Speaker: Kevin Ho×"]
    assert without(page) == [NO_FILTERS]


def test_filters_set_by_hand_go_one_by_one() -> None:
    page = shown(replace(grounded("Why?"), filters=NARROW), NARROW)
    assert page.texts("filter") == ["Speaker: Kevin Ho×", "Date: 2018×"]
    assert without(page) == [replace(NARROW, speakers=(), only=True), replace(KEVINS, only=True)]


def test_filters_read_off_the_wording_go_one_by_one_too_and_none_comes_back() -> None:
    page = shown(replace(grounded("Why?"), filters=NARROW))
    assert without(page) == [replace(NARROW, speakers=(), only=True), replace(KEVINS, only=True)]
    labels = [each for each in page.values("button", "aria-label") if each.startswith("Ask again")]
    assert labels == [f"Ask again without {each}" for each in ("Speaker: Kevin Ho", "Date: 2018")]


def test_looking_everywhere_by_hand_is_told() -> None:
    assert shown(grounded("Why?"), NO_FILTERS).texts("chips-label") == ["Looked everywhere"]
    assert shown(grounded("Why?")).texts("chips") == []


def test_what_chips_show_is_not_told_twice() -> None:
    notice = f"Read as a follow-up: Why, of Huawei? {Sought((), NARROW).notice} There is no 31 June."
    page = shown(replace(grounded("Why?"), filters=NARROW, read_as="Why, of Huawei?", notice=notice))
    assert page.texts("notice") == ["There is no 31 June."]
    assert page.texts("read-as") == ["Read as: Why, of Huawei?"]


def test_the_short_answer_comes_first_with_its_marker() -> None:
    page = shown(replace(grounded("Why?"), short=Short("The European area", 2)))
    assert page.texts("short") == ["The European area\N{NO-BREAK SPACE}2"]
    assert page.values("button", "data-card")[0] == "answer-1-source-2"


def test_what_is_shown_larger_is_not_repeated_below() -> None:
    answer = grounded("Why?")
    short = Short(" ".join(answer.citations[0].quote.split()[:2]), answer.citations[0].marker)
    sections = (Section("Kevin", (2,)), Section("Others", (1,)))
    page = shown(replace(answer, short=short, text=composed(answer.citations, (), short)))
    assert short.text not in page.texts("answer")[0].replace(answer.citations[0].quote, "")
    grouped = shown(replace(answer, sections=sections, text=composed(answer.citations, sections)))
    assert [grouped.texts("answer")[0].count(each.heading) for each in sections] == [
        1 + sum(each.heading in (one.speaker or "") for one in answer.citations) for each in sections
    ]


def test_a_short_answer_is_cased_as_its_quote_is() -> None:
    shouted = "OFFICIALS SAID THAT PRESIDENT BIDEN SPOKE TO REPORTERS IN CALIFORNIA ABOUT THE FIRES. " * 3
    cited = citation(1, shouted, before="", after="", speaker=None)
    answer = Answer("Why?", f"“{shouted}” [1]", (cited,), (), short=Short("PRESIDENT BIDEN", 1))
    assert shown(answer).texts("short") == ["President Biden\N{NO-BREAK SPACE}1"]


def test_groups_have_their_headings_and_every_line_stands_once() -> None:
    page = shown(replace(grounded("Why?"), sections=(Section("Kevin", (2,)), Section("Others", (1,)))))
    assert page.texts("side") == ["Kevin", "Others"]
    text = page.texts("answer")[0]
    assert text.index("Kevin") < text.index(KEVIN) < text.index("Others") < text.index(REASON)
    assert text.count(KEVIN) == text.count(REASON) == 1


def test_a_line_in_no_group_comes_before_them() -> None:
    text = shown(replace(grounded("Why?"), sections=(Section("Kevin", (2,)),))).texts("answer")[0]
    assert text.index(REASON) < text.index(KEVIN)


def test_a_card_tells_the_question_that_was_asked() -> None:
    asked = replace(grounded("Why?"), citations=(citation(1, asked="Why Europe?", asked_by="Ann Lee"), citation(2)))
    assert shown(asked).texts("asked") == ["Ann Lee asked: Why Europe?"]
    nobody = replace(grounded("Why?"), citations=(citation(1, asked="Why Europe?"),))
    assert shown(nobody).texts("asked") == ["Asked: Why Europe?"]


def test_a_refusal_comes_with_questions_near_it() -> None:
    *_, last = converse(FakeEngine(), "What of Mars?", Conversation())
    page = Markup(render.exchange(last.exchanges[-1], 1))
    assert page.texts("suggestion") == ["What did Kevin Ho say about Huawei?"]
    assert shown(grounded("Why?"), instead=("X?",)).texts("suggestion") == []
    assert shown(refusal("Why?")).texts("instead") == []


def test_what_a_reader_thought_is_shown() -> None:
    assert shown(grounded("Why?"), judged=False).values("button", "aria-pressed") == ["false", "true"]
    assert shown(grounded("Why?")).values("button", "aria-pressed") == ["false", "false"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_new_place(text: str) -> None:
    answer = replace(
        grounded("Why?"),
        citations=(citation(1, asked=text, asked_by=text),),
        filters=Filters((text,), sources=(text,)),
        short=Short(text, 1),
        sections=(Section(text, (1,)),),
        read_as=text,
    )
    page = shown(answer)
    assert page.balanced
    assert page.texts("side") == [text]
    assert page.texts("read-as") == [f"Read as: {text}"]
    assert {each for each in page.attributes if each.startswith("on")} == set()
    refused = Markup(render.exchange(Exchange("Why?", refusal("Why?"), complete=True, instead=(text,)), 1))
    assert refused.texts("suggestion") == [text]
    explained = Markup(why(FakeEngine().explain(text, filters=Filters((text or "x",)))))
    assert explained.balanced
    assert text in explained.text
