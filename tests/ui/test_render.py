"""An answer becomes HTML that shows all of it, and nothing in it becomes more than text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.results import Answer, Citation, Hit, Rejected
from tests.ui.fakes import KEVIN, REASON, citation, grounded, hit, refusal
from tests.ui.hostile import HOSTILE
from tests.ui.markup import Markup
from ui import cards, render
from ui.conversation import Conversation, Exchange

ALLOWED_TAGS = {
    "a",
    "article",
    "b",
    "bdi",
    "blockquote",
    "button",
    "cite",
    "del",
    "details",
    "div",
    "h2",
    "h3",
    "li",
    "mark",
    "ol",
    "p",
    "q",
    "section",
    "span",
    "summary",
    "time",
    "ul",
}
ALLOWED_ATTRIBUTES = {
    "aria-busy",
    "aria-pressed",
    "data-act",
    "data-card",
    "data-end",
    "data-filters",
    "data-right",
    "data-start",
    "data-transcript",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "class",
    "datetime",
    "dir",
    "href",
    "id",
    "open",
    "rel",
    "tabindex",
    "target",
    "title",
    "type",
}


def shown(answer: Answer, number: int = 1, *, complete: bool = True, question: str = "Why?") -> Markup:
    return Markup(render.exchange(Exchange(question, answer, complete=complete), number))


def everywhere(text: str) -> Answer:
    """An answer with the text in every field that comes from outside."""
    cited = citation(1, quote=text, title=text, source=text, speaker=text, role=text, before=text, after=text, url=text)
    return Answer(text, f"{text} [1]", (cited,), (), (Rejected(text, text),), notice=text)


def refused_with(text: str) -> Answer:
    found = hit(text, title=text)
    spoken = replace(found.passage, speakers=(text,))
    return Answer(text, text, (), (replace(found, passage=spoken, source=text),), notice=text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("made", [everywhere, refused_with])
def test_hostile_text_stays_text(made: object, text: str) -> None:
    answer = everywhere(text) if made is everywhere else refused_with(text)
    page = shown(answer, question=text)
    assert page.balanced
    assert page.tags <= ALLOWED_TAGS
    assert page.attributes <= ALLOWED_ATTRIBUTES
    assert page.values("a", "href") == []
    assert page.texts("question") == [text]
    assert page.texts("notice") == [text]
    assert page.texts("blockquote") == [text * 3 if made is everywhere else text]
    assert page.texts("cite") == [text]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_quotes_roles_and_reasons_are_shown_whole(text: str) -> None:
    page = shown(everywhere(text))
    assert page.texts("mark") == [text]
    assert page.texts("b") == [text]
    assert page.texts("role") == [f", {text}"]
    assert page.texts("del") == [text]
    assert page.texts("reason") == [text]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_problems_stay_text(text: str) -> None:
    page = Markup(render.exchange(Exchange(text, problem=text, complete=True), 1))
    assert page.balanced
    assert page.tags == {"article", "button", "div", "h2", "p"}
    assert page.texts("problem") == [text]


def test_half_characters_do_not_stop_the_page() -> None:
    html = render.exchange(Exchange("half \ud83d here", grounded("x"), complete=True), 1)
    assert html.encode("utf-8")
    assert Markup(html).texts("question") == ["half ? here"]


def test_the_quote_is_marked_between_its_context() -> None:
    page = shown(grounded("Why?"))
    assert page.texts("mark") == [REASON, KEVIN]
    assert page.texts("blockquote")[1] == f"He spoke in Paris. {KEVIN} And number two is the Asia Pacific."


def test_a_card_says_who_where_and_when() -> None:
    page = shown(grounded("Why?"))
    named = page.texts("summary")[1]
    for part in (
        "Kevin Ho",
        "President, Huawei Handset Product Line",
        "Huawei turns to Europe",
        "Harbour News",
    ):
        assert part in named
    assert "19 April 2018" in named
    assert page.texts("when") == ["≈0:12", "≈0:34"]
    assert page.values("time", "datetime") == ["2018-04-19", "2018-04-19"]


def test_stated_times_have_no_sign_of_estimate() -> None:
    page = shown(replace(grounded("Why?"), citations=(citation(1, interpolated=False),)))
    assert page.texts("when") == ["0:34"]
    assert page.values("span", "title") == []


def test_what_is_not_known_is_left_out() -> None:
    bare = citation(1, speaker=None, role=None, source=None, published=None, start_ms=None, title="")
    page = shown(replace(grounded("Why?"), citations=(bare,)))
    assert page.texts("unnamed") == [cards.UNNAMED]
    assert page.texts("where") == [""]
    assert page.texts("when") == []


def test_markers_lead_to_the_cards_of_their_own_answer() -> None:
    first, second = shown(grounded("Why?"), 1), shown(grounded("Why?"), 2)
    for page in (first, second):
        targets = page.values("button", "data-card")
        assert targets == page.values("details", "id")
        assert page.values("button", "aria-label") == [
            "Source 1: Huawei turns to Europe",
            "Source 2: Kevin Ho",
        ]
    ids = [
        value for page in (first, second) for _, named in page.elements for name, value in named.items() if name == "id"
    ]
    assert len(ids) == len(set(ids))


def test_a_marker_without_a_citation_stays_text() -> None:
    page = shown(replace(grounded("Why?"), text="As said [7] before. [2]"))
    assert page.texts("answer") == ["As said [7] before.\N{NO-BREAK SPACE}2"]
    assert len(page.values("button", "data-card")) == 1


def test_every_line_of_an_answer_is_a_paragraph() -> None:
    page = shown(replace(grounded("Why?"), text="One. [1]\n\n  Two. [2]\n"))
    assert page.texts("answer") == ["One.\N{NO-BREAK SPACE}1Two.\N{NO-BREAK SPACE}2"]
    assert '<p dir="auto">One.&nbsp;' in render.exchange(
        Exchange("Why?", replace(grounded("Why?"), text="One. [1]\n\n  Two. [2]\n"), complete=True), 1
    )


def test_only_the_first_source_is_open() -> None:
    opened = ["open" in named for tag, named in shown(grounded("Why?")).elements if tag == "details"]
    assert opened == [True, False]


def test_a_refusal_looks_like_one_and_offers_what_is_near() -> None:
    page = shown(refusal("Why?"))
    assert "The transcripts do not answer this question." in page.texts("refusal")[0]
    assert page.texts("answer") == []
    assert "The nearest passages, not an answer" in page.texts("nearest")[0]
    assert page.texts("blockquote") == [REASON, KEVIN]
    assert page.texts("number") == []


def test_a_refusal_offers_few_passages_and_none_when_there_are_none() -> None:
    many: tuple[Hit, ...] = tuple(hit(f"Passage {rank}.", rank) for rank in range(1, 11))
    assert len(shown(replace(refusal("Why?"), hits=many)).texts("passage")) == render.NEAREST
    assert shown(replace(refusal("Why?"), hits=())).texts("nearest") == []


def test_an_unfinished_answer_is_not_yet_a_refusal() -> None:
    page = shown(Answer("Why?", "Because of", (), ()), complete=False)
    assert page.texts("refusal") == []
    assert page.texts("answer") == ["Because of"]
    assert page.values("article", "aria-busy") == ["true"]


def test_before_the_first_words_the_page_says_it_is_looking() -> None:
    page = Markup(render.exchange(Exchange("Why?"), 1))
    assert page.texts("waiting") == ["Looking through the transcripts"]
    assert shown(Answer("Why?", "", (), ()), complete=False).texts("waiting")


def test_struck_out_sentences_are_there_on_request() -> None:
    struck = (Rejected("Profits fell.", "The passage says they rose."), Rejected("It was so.", ""))
    answer = replace(grounded("Why?"), rejected=struck)
    page = shown(answer)
    assert page.texts("del") == ["Profits fell.", "It was so."]
    assert page.texts("reason") == ["The passage says they rose."]
    assert "2 sentences were struck out" in page.texts("rejected")[0]
    assert "open" not in page.elements[[named.get("class") for _, named in page.elements].index("rejected")][1]
    assert shown(answer, complete=False).texts("rejected") == []


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://example.org/a?b=1&c=2", ["https://example.org/a?b=1&c=2"]),
        ("HTTP://example.org/", ["HTTP://example.org/"]),
        ("javascript:alert(1)", []),
        (" javascript:alert(1)", []),
        ("java\nscript:alert(1)", []),
        ("data:text/html,x", []),
        ("//example.org/", []),
        ("http://[bad", []),
        ('https://example.org/" onclick="x', ['https://example.org/" onclick="x']),
        ("", []),
        (None, []),
    ],
)
def test_only_web_addresses_become_links(url: str | None, links: list[str]) -> None:
    page = shown(replace(grounded("Why?"), citations=(citation(1, url=url),)))
    assert page.values("a", "href") == links
    assert set(page.values("a", "rel")) <= {"noopener noreferrer"}
    assert page.attributes <= ALLOWED_ATTRIBUTES


@pytest.mark.parametrize(
    ("exchange", "said"),
    [
        (Exchange("Why?"), "Looking through the transcripts."),
        (Exchange("Why?", grounded("Why?"), complete=True), "Answered, with 2 sources."),
        (Exchange("Why?", refusal("Why?"), complete=True), "The transcripts do not answer that."),
        (Exchange("Why?", problem="The disk is full.", complete=True), "The disk is full."),
    ],
)
def test_a_screen_reader_is_told_how_it_went(exchange: Exchange, said: str) -> None:
    assert render.announcement(Conversation((exchange,))) == said
    assert render.announcement(Conversation()) == ""


def test_long_passages_are_cut_in_the_head_line_only() -> None:
    text = "word " * 200
    page = shown(replace(refusal("Why?"), hits=(hit(text),)))
    assert len(page.texts("teaser")[0]) <= cards.TEASER_CHARS + 1
    assert page.texts("blockquote") == [text]


def test_dates_are_written_without_a_leading_zero() -> None:
    early: Citation = citation(1, published=date(2021, 3, 5))
    assert "5 March 2021" in shown(replace(grounded("Why?"), citations=(early,))).texts("where")[0]
