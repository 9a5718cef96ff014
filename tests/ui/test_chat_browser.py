"""The chat page in a real browser: asking, reading the evidence, following up, refusals and errors."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from ingest.errors import ArchiveDamaged
from rag.errors import AnswererError, QuestionError
from rag.results import Rejected
from tests.ui.fakes import KEVIN, REASON, FakeEngine, grounded
from tests.ui.visit import Visit
from ui.chat import WAIT
from ui.conversation import CUT_SHORT

pytestmark = pytest.mark.browser

WHY = "Why is Huawei turning to Europe?"
HOW = "How did the FCC vote?"
Opener = Callable[..., Visit]


def engine(**changes: object) -> FakeEngine:
    return FakeEngine({WHY: grounded(WHY), HOW: grounded(HOW)}, **changes)  # type: ignore[arg-type]


def test_a_newcomer_types_a_question_and_gets_the_exact_words(opened: Opener) -> None:
    visit = opened(engine())
    expect(visit.page.get_by_role("heading", name="On the Record")).to_be_visible()
    expect(visit.page.locator(".holdings")).to_have_text("2 transcripts from 2 sources, 19 April 2018 to 4 April 2023")
    answer = visit.ask(WHY)
    expect(answer.get_by_role("heading", name=WHY)).to_be_visible()
    expect(answer.locator(".answer")).to_contain_text(REASON)
    expect(answer.locator("mark").first).to_be_visible()
    assert answer.locator("mark").all_text_contents() == [REASON, KEVIN]
    expect(visit.box).to_have_value("")


def test_a_newcomer_clicks_an_example(opened: Opener) -> None:
    visit = opened(engine(), examples=[WHY, HOW])
    visit.example(WHY).click()
    expect(visit.answered(0).locator(".sources summary")).to_have_count(2)
    expect(visit.example(HOW)).to_be_hidden()


def test_the_button_asks_as_well(opened: Opener) -> None:
    visit = opened(engine())
    visit.box.fill(WHY)
    visit.ask_button.click()
    expect(visit.answered(0).locator("mark").first).to_have_text(REASON)


def test_a_follow_up_is_asked_with_the_questions_before_it(opened: Opener) -> None:
    asked = engine()
    visit = opened(asked)
    visit.ask(WHY)
    visit.ask("And in Asia?")
    visit.ask(HOW)
    assert asked.asked == [(WHY, ()), ("And in Asia?", (WHY,)), (HOW, (WHY, "And in Asia?"))]


def test_two_browsers_are_kept_apart(serving: Callable[..., str], visiting: Opener) -> None:
    asked = engine()
    address = serving(asked)
    one, other = visiting(address), visiting(address)
    one.ask(WHY)
    expect(other.exchanges).to_have_count(0)
    other.ask(HOW)
    one.ask("And in Asia?")
    assert asked.asked == [(WHY, ()), (HOW, ()), ("And in Asia?", (WHY,))]
    assert [one.exchanges.count(), other.exchanges.count()] == [2, 1]


def test_a_refusal_looks_like_one_and_offers_what_is_near(opened: Opener) -> None:
    visit = opened(engine())
    refused = visit.ask("What is the capital of France?")
    expect(refused.get_by_role("heading", name="Not in the transcripts")).to_be_visible()
    expect(refused.locator(".answer, .sources, mark")).to_have_count(0)
    nearest = refused.get_by_role("region", name="The nearest passages, not an answer")
    expect(nearest.locator("summary")).to_have_count(2)
    nearest.locator("summary").first.click()
    expect(nearest.locator("blockquote").first).to_have_text(REASON)
    visit.ask(WHY)
    assert visit.style(".refusal", "backgroundColor") != visit.style(".answer", "backgroundColor")


def test_what_was_struck_out_and_what_to_know_can_be_read(opened: Opener) -> None:
    struck = (Rejected("Profits fell.", "The passage says they rose."),)
    answer = replace(grounded(WHY), rejected=struck, notice="Only transcripts of 2018 were looked at.")
    visit = opened(FakeEngine({WHY: answer}))
    asked = visit.ask(WHY)
    expect(asked.locator(".notice")).to_have_text("Only transcripts of 2018 were looked at.")
    expect(asked.locator("del")).to_be_hidden()
    asked.get_by_text("1 sentence was struck out").click()
    expect(asked.locator("del")).to_have_text("Profits fell.")
    expect(asked.get_by_text("The passage says they rose.")).to_be_visible()


def test_an_answer_is_shown_as_it_grows(opened: Opener) -> None:
    gate = threading.Event()
    visit = opened(engine(gate=gate))
    visit.box.fill(WHY)
    visit.box.press("Enter")
    growing = visit.exchanges.first
    expect(growing.locator(".answer")).to_have_text(REASON[:20])
    expect(growing).to_have_attribute("aria-busy", "true")
    expect(visit.ask_button).to_be_disabled()
    gate.set()
    expect(visit.answered(0).locator("mark").first).to_have_text(REASON)


def test_one_question_at_a_time(opened: Opener) -> None:
    gate = threading.Event()
    asked = engine(gate=gate)
    visit = opened(asked)
    visit.box.fill(WHY)
    visit.box.press("Enter")
    expect(visit.exchanges.first.locator(".answer")).to_be_visible()
    visit.box.fill(HOW)
    visit.box.press("Enter")
    expect(visit.page.locator("#status .problem")).to_have_text(WAIT)
    expect(visit.box).to_have_value(HOW)
    gate.set()
    visit.answered(0)
    visit.box.press("Enter")
    visit.answered(1)
    assert asked.asked == [(WHY, ()), (HOW, (WHY,))]


def test_what_a_reader_opened_stays_open_when_the_next_answer_comes(opened: Opener) -> None:
    visit = opened(engine())
    first = visit.ask(WHY)
    first.locator("#answer-1-source-1 summary").click()
    first.locator("#answer-1-source-2 summary").click()
    visit.ask(HOW)
    expect(first.locator("#answer-1-source-1 mark")).to_be_hidden()
    expect(first.locator("#answer-1-source-2 mark")).to_be_visible()


def test_a_new_conversation_begins_with_nothing(opened: Opener) -> None:
    asked = engine()
    visit = opened(asked, examples=[HOW])
    expect(visit.new_button).to_be_hidden()
    visit.ask(WHY)
    visit.new_button.click()
    expect(visit.exchanges).to_have_count(0)
    expect(visit.example(HOW)).to_be_visible()
    visit.ask(HOW)
    assert asked.asked[-1] == (HOW, ())
    expect(visit.exchanges).to_have_count(1)


def test_a_new_conversation_leaves_an_unfinished_answer_behind(opened: Opener) -> None:
    gate = threading.Event()
    asked = engine(gate=gate)
    visit = opened(asked, examples=[HOW])
    visit.box.fill(WHY)
    visit.box.press("Enter")
    expect(visit.exchanges.first.locator(".answer")).to_be_visible()
    visit.new_button.click()
    expect(visit.exchanges).to_have_count(0)
    expect(visit.ask_button).to_be_enabled()
    visit.box.fill(HOW)
    visit.box.press("Enter")
    expect(visit.exchanges.first.locator(".question")).to_have_text(HOW)
    gate.set()
    visit.answered(0)
    expect(visit.exchanges).to_have_count(1)
    assert asked.asked == [(WHY, ()), (HOW, ())]


def test_a_failing_model_is_a_sentence_and_the_next_question_works(opened: Opener) -> None:
    visit = opened(
        FakeEngine({"ask the model": AnswererError("The model at 127.0.0.1 did not answer."), WHY: grounded(WHY)})
    )
    failed = visit.ask("ask the model")
    expect(failed.locator(".problem")).to_have_text("The model at 127.0.0.1 did not answer.")
    expect(visit.ask(WHY).locator("mark").first).to_be_visible()


def test_a_mistake_of_ours_shows_no_traceback(opened: Opener) -> None:
    visit = opened(FakeEngine({"break": RuntimeError("secret detail"), WHY: grounded(WHY)}))
    failed = visit.ask("break")
    expect(failed.locator(".problem")).to_have_text(CUT_SHORT)
    assert "secret detail" not in visit.page.content()
    assert "Traceback" not in visit.page.content()
    expect(visit.ask(WHY).locator("mark").first).to_be_visible()


@pytest.mark.parametrize("question", ["", "   ", "long"])
def test_a_question_that_cannot_be_asked_stays_in_the_box(opened: Opener, question: str) -> None:
    typed = "why " * 12_500 if question == "long" else question
    sentence = "The question has 50,000 characters; ask one of at most 2,000."
    visit = opened(FakeEngine({typed: QuestionError(sentence)} if question == "long" else {}), examples=[WHY])
    visit.box.fill(typed)
    visit.box.press("Enter")
    said = sentence if question == "long" else "The question is empty. Type one and ask again."
    expect(visit.page.locator("#status [role=status]").locator(".problem")).to_have_text(said)
    expect(visit.box).to_have_value(typed)
    expect(visit.exchanges).to_have_count(0)
    expect(visit.example(WHY)).to_be_visible()


def test_an_empty_archive_says_how_to_fill_it(opened: Opener) -> None:
    visit = opened(FakeEngine(listings=()))
    expect(visit.page.get_by_role("heading", name="The archive is empty")).to_be_visible()
    expect(visit.page.locator("code")).to_have_text("onrecord ingest PATH…")


def test_an_archive_that_cannot_be_read_says_why(opened: Opener) -> None:
    visit = opened(FakeEngine(broken=ArchiveDamaged("The archive does not read. Restore it from a copy.")))
    expect(visit.page.locator("#top .problem")).to_have_text("The archive does not read. Restore it from a copy.")


def test_the_archive_is_counted_anew_with_every_visit(serving: Callable[..., str], visiting: Opener) -> None:
    growing = FakeEngine(listings=())
    address = serving(growing)
    expect(visiting(address).page.locator(".holdings")).to_have_text("No transcripts yet")
    growing.listings = FakeEngine().listings
    expect(visiting(address).page.locator(".holdings")).to_contain_text("2 transcripts")
