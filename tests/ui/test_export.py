"""A conversation to keep: every citation in full, and no text that Markdown would take for its own."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from rag.results import Short
from tests.ui.fakes import KEVIN, REASON, citation, grounded, refusal
from tests.ui.hostile import HOSTILE
from tests.ui.markup import Markup
from ui.conversation import Conversation, Exchange
from ui.export import as_json, export, markdown
from ui.reference import reference

ANSWERED = Exchange("Why?", replace(grounded("Why?"), short=Short("Europe", 2)), complete=True)
REFUSED = Exchange("How?", refusal("How?"), complete=True)
TALK = Conversation((ANSWERED, REFUSED))


def test_a_reference_says_who_where_and_when() -> None:
    said = "Kevin Ho, President, Huawei Handset Product Line"
    where = "“Huawei turns to Europe”, Harbour News, 19 April 2018"
    assert reference(citation(1)) == f"“{KEVIN}” — {said} in {where}, at ≈0:34."
    bare = citation(1, speaker=None, role=None, source=None, published=None, start_ms=None, title="")
    assert reference(bare) == f"“{KEVIN}”"
    assert reference(citation(1, url="https://example.org/a")).endswith(" https://example.org/a")
    assert "javascript" not in reference(citation(1, url="javascript:alert(1)"))


def test_markdown_has_the_questions_the_answers_and_the_citations() -> None:
    page = Markup(MarkdownIt().render(markdown(TALK)))
    assert page.texts("h2") == ["Why?", "How?"]
    assert REASON in page.text
    assert page.texts("strong") == ["Europe"]
    assert [each.strip() for each in page.texts("li")] == [reference(each) for each in grounded("Why?").citations]
    assert "do not answer" in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_markdown_too(text: str) -> None:
    cited = citation(1, text, title=text, speaker=text, role=text, source=text, asked=text)
    answer = replace(grounded(text), text=f"{text} [1]", citations=(cited,), notice=text, read_as=text)
    talk = Conversation((Exchange(text, answer, complete=True),))
    html = MarkdownIt("commonmark", {"html": True}).render(markdown(talk))
    assert Markup(html).tags <= {"h2", "p", "ol", "li"}


def test_json_has_every_field() -> None:
    read = json.loads(as_json(TALK))
    first = read["exchanges"][0]["answer"]["citations"][1]
    assert (first["quote"], first["published"], first["start_ms"]) == (KEVIN, "2018-04-19", 34_000)
    assert read["exchanges"][1]["answer"]["status"] == "refused"


def test_a_file_has_the_name_and_type_of_its_kind() -> None:
    assert [(export(TALK, kind).name, export(TALK, kind).type) for kind in ("markdown", "json")] == [
        ("conversation.md", "text/markdown"),
        ("conversation.json", "application/json"),
    ]
    with pytest.raises(KeyError):
        export(TALK, "exe")
