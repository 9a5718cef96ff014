"""The chat page in a real browser over the real engine and the packaged samples: nothing is a stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag import Engine
from tests.ui.visit import Visit
from ui.samples import questions

pytestmark = pytest.mark.browser

WHY = "why is Huawei pivoting to Europe?"


@pytest.fixture(scope="module")
def engine(sample_archive: Path) -> Iterator[Engine]:
    with Engine(sample_archive) as opened:
        yield opened


@pytest.fixture
def visit(opened: Callable[..., Visit], engine: Engine) -> Visit:
    return opened(engine, questions(engine.entries()))


def test_every_quote_shown_is_in_a_transcript_word_for_word(visit: Visit, engine: Engine) -> None:
    answer = visit.ask(WHY)
    quotes = answer.locator(".card mark").all_text_contents()
    texts = [engine.transcript(entry.id).text for entry in engine.entries()]
    assert quotes
    assert all(any(quote in text for text in texts) for quote in quotes)
    expect(answer.locator(".marker")).to_have_count(len(quotes))
    expect(answer.locator(".where").first).to_contain_text("Huawei")
    assert answer.locator(".when").all_text_contents()


def test_an_example_is_answered_by_one_click(visit: Visit) -> None:
    example = (visit.page.locator("#welcome .chip").first.text_content() or "").strip()
    visit.example(example).click()
    answer = visit.answered(0)
    expect(answer.get_by_role("heading", name=example)).to_be_visible()
    expect(answer.locator("mark").first).to_be_visible()


def test_a_marker_opens_the_quote_where_it_was_said(visit: Visit) -> None:
    answer = visit.ask(WHY)
    quote = answer.locator(".card mark").last.text_content() or ""
    answer.locator(".marker").last.click()
    reader = visit.page.locator("#reader")
    expect(reader.locator("mark").first).to_be_in_viewport()
    assert "".join(reader.locator("mark").all_text_contents()).split() == quote.split()


def test_what_no_transcript_holds_is_refused_with_what_is_near(visit: Visit) -> None:
    refused = visit.ask("What is the capital of France?")
    expect(refused.locator(".refusal")).to_be_visible()
    expect(refused.locator(".nearest summary").first).to_be_visible()
    expect(refused.locator("mark")).to_have_count(0)


def test_a_question_of_50_000_characters_is_turned_down_with_a_sentence(visit: Visit) -> None:
    visit.box.fill("why " * 12_500)
    visit.box.press("Enter")
    expect(visit.page.locator("#status .problem")).to_contain_text("2,000")
    expect(visit.exchanges).to_have_count(0)


def test_the_masthead_counts_the_samples(visit: Visit, samples: tuple[Path, ...]) -> None:
    expect(visit.page.locator(".holdings")).to_contain_text(f"{len(samples)} transcripts")
