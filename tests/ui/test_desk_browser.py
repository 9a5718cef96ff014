"""The archive desk in a real browser over a real archive: read, go back, judge, save, put in, remove."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rag.evaluate import read_questions
from tests.ui.shared import desk_over
from tests.ui.visit import Visit
from ui.feedback import FILE

pytestmark = pytest.mark.browser

WHY = "why is Huawei pivoting to Europe?"
FRANCE = "What is the capital of France?"
Opener = Callable[..., Visit]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def address(sample_archive: Path, folder: Path) -> Iterator[str]:
    with desk_over(sample_archive, folder) as served:
        yield served


def test_a_marker_opens_the_transcript_at_the_quote_and_leads_on(visiting: Opener, address: str) -> None:
    visit = visiting(address)
    answer, reader = visit.ask(WHY), visit.page.locator("#reader")
    quotes = answer.locator(".card mark").all_text_contents()
    second = answer.locator(".answer .marker").nth(1)
    second.press("Enter")
    expect(reader.locator("mark").first).to_be_in_viewport()
    expect(reader).to_be_focused()
    assert "".join(reader.locator("mark").all_text_contents()).split() == quotes[1].split()
    expect(reader.locator(".reader-count")).to_have_text(f"Quote 2 of {len(quotes)}")
    reader.get_by_role("button", name="Previous quote").click()
    expect(reader.locator(".reader-count")).to_have_text(f"Quote 1 of {len(quotes)}")
    assert "".join(reader.locator("mark").all_text_contents()).split() == quotes[0].split()
    expect(reader.get_by_role("button", name="Previous quote")).to_be_disabled()
    reader.get_by_role("button", name="Copy quote with reference").click()
    expect(reader.get_by_role("button", name="Copied")).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(second).to_be_focused()


def test_on_a_telephone_the_transcript_covers_the_page(visiting: Opener, address: str) -> None:
    visit = visiting(address, width=390, height=800)
    answer, reader = visit.ask(WHY), visit.page.get_by_role("dialog")
    answer.locator(".answer .marker").first.click()
    expect(reader.locator("mark").first).to_be_in_viewport()
    box = visit.page.locator("#reader").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 390)
    assert visit.overflow() == 0
    reader.get_by_role("button", name="Close the transcript").click()
    expect(answer.locator(".answer .marker").first).to_be_focused()


def test_a_refusal_offers_questions_and_passages_to_read(visiting: Opener, address: str) -> None:
    visit = visiting(address)
    refused = visit.ask(FRANCE)
    refused.locator(".nearest summary").first.click()
    refused.locator(".nearest .read").first.click()
    expect(visit.page.locator("#reader mark").first).to_be_in_viewport()
    visit.page.keyboard.press("Escape")
    suggestion = refused.locator(".suggestion").first
    text = suggestion.text_content()
    suggestion.click()
    expect(visit.answered(1).locator(".question")).to_have_text(text or "none")


def test_a_reload_brings_the_conversation_back_and_a_new_one_leaves_it_in_the_list(
    visiting: Opener, address: str
) -> None:
    visit = visiting(address)
    visit.ask(WHY)
    visit.ask("And what about 5G?")
    visit.page.reload()
    expect(visit.exchanges).to_have_count(2)
    expect(visit.exchanges.first.locator(".card mark").first).to_be_visible()
    visit.new_button.click()
    expect(visit.exchanges).to_have_count(0)
    visit.ask(FRANCE)
    earlier = visit.page.get_by_role("button", name="Earlier conversations")
    earlier.click()
    visit.page.get_by_role("button", name=f"Rename {WHY}").click()
    visit.page.get_by_role("textbox", name="Name of the conversation").fill("Huawei <b>")
    visit.page.keyboard.press("Enter")
    visit.page.get_by_role("button", name="Huawei <b>", exact=True).click()
    expect(visit.exchanges).to_have_count(2)
    expect(visit.exchanges.first.locator(".question")).to_have_text(WHY)
    earlier.click()
    visit.page.get_by_role("button", name=f"Delete {FRANCE}").click()
    visit.page.get_by_role("button", name="Delete for good").click()
    expect(visit.page.get_by_role("button", name=f"Delete {FRANCE}")).to_have_count(0)
    expect(visit.exchanges).to_have_count(2)


def test_another_profile_sees_nothing_of_it(visiting: Opener, address: str) -> None:
    one, other = visiting(address), visiting(address)
    one.ask(WHY)
    other.page.reload()
    expect(other.exchanges).to_have_count(0)
    assert other.page.evaluate("localStorage.length") == 0


def test_a_question_is_edited_and_asked_again_in_its_place(visiting: Opener, address: str) -> None:
    visit = visiting(address)
    visit.ask(FRANCE)
    visit.ask(WHY)
    visit.exchanges.first.get_by_role("button", name="Edit").click()
    box = visit.page.get_by_role("textbox", name="The question, to be asked again")
    expect(box).to_have_value(FRANCE)
    box.fill("What did Huawei say about Europe?")
    box.press("Enter")
    expect(visit.exchanges).to_have_count(1)
    expect(visit.answered(0).locator(".question")).to_have_text("What did Huawei say about Europe?")


def test_a_link_to_a_question_asks_it_once(visiting: Opener, address: str) -> None:
    visit = visiting(f"{address}/?q=why+is+Huawei+pivoting+to+Europe%3F&until=2018-12-31")
    asked = visit.answered(0)
    expect(asked.locator(".question")).to_have_text(WHY)
    expect(asked.locator(".filter")).to_contain_text("Date: until 31 December 2018")
    assert visit.page.url == f"{address}/"
    asked.get_by_role("button", name="Ask again without Date").click()
    expect(visit.answered(0).locator(".filter")).to_have_count(0)
    expect(asked.locator(".chips-label")).to_have_text("Looked everywhere")


def test_one_of_several_filters_of_the_wording_is_taken_off_and_stays_off(visiting: Opener, address: str) -> None:
    visit = visiting(address)
    asked = visit.ask("What did Nora Adeyemi say on Morning Ledger about the pandemic?")
    expect(asked.locator(".filter bdi")).to_have_text(["Speaker: Nora Adeyemi", "Source: Morning Ledger"])
    asked.get_by_role("button", name="Ask again without Speaker").click()
    expect(visit.exchanges.nth(0).locator(".filter bdi")).to_have_text(["Source: Morning Ledger"])
    visit.answered(0)
    visit.page.reload()
    visit.answered(0).get_by_role("button", name="Edit").click()
    visit.page.get_by_role("textbox", name="The question, to be asked again").press("Enter")
    expect(visit.answered(0).locator(".filter bdi")).to_have_text(["Source: Morning Ledger"])
    asked.get_by_role("button", name="Ask again without Source").click()
    expect(visit.answered(0).locator(".chips-label")).to_have_text("Looked everywhere")


def test_questions_can_be_narrowed_by_hand(visiting: Opener, address: str) -> None:
    visit = visiting(address)
    visit.page.get_by_text("Search all transcripts").click()
    visit.page.get_by_label("To", exact=True).fill("2018-12-31")
    visit.page.get_by_label("To", exact=True).press("Tab")
    expect(visit.page.locator(".narrow summary")).to_have_text("Search only: 2018-12-31")
    expect(visit.ask(WHY).locator(".filter")).to_contain_text("until 31 December 2018")


def test_an_answer_is_judged_and_becomes_a_test_question(visiting: Opener, address: str, folder: Path) -> None:
    visit = visiting(address)
    asked = visit.ask(WHY)
    asked.get_by_role("button", name="This is right").click()
    visit.page.get_by_role("textbox", name="Comment, if you like").fill("Good.")
    visit.page.get_by_role("button", name="Keep as right").click()
    expect(visit.page.locator("#status")).to_contain_text(FILE)
    expect(asked.get_by_role("button", name="This is right")).to_have_attribute("aria-pressed", "true")
    [case] = read_questions(folder / "archive" / FILE).cases()
    assert (case.question, case.answerable) == (WHY, True)


def test_why_these_passages_is_told_on_request(visiting: Opener, address: str) -> None:
    asked = visiting(address).ask(WHY)
    asked.get_by_role("button", name="Why these passages?").click()
    expect(asked.get_by_role("region", name="Why these passages").locator("tbody tr").first).to_contain_text("words")


@pytest.mark.parametrize(("button", "name"), [("Markdown", "conversation.md"), ("JSON", "conversation.json")])
def test_a_conversation_is_saved(visiting: Opener, address: str, button: str, name: str) -> None:
    visit = visiting(address, accept_downloads=True)
    quote = visit.ask(WHY).locator(".card mark").first.text_content() or ""
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=f"Save as {button}").click()
    assert download.value.suggested_filename == name
    text = Path(download.value.path()).read_text("utf-8")
    said = json.loads(text)["exchanges"][0]["answer"]["citations"][0]["quote"] if name.endswith("json") else text
    assert " ".join(quote.split()).split(",")[0] in " ".join(said.split())


def test_a_transcript_is_put_in_asked_about_read_and_removed(visiting: Opener, address: str, folder: Path) -> None:
    visit = visiting(address)
    visit.page.get_by_role("link", name="Library").click()
    rows = visit.page.locator("#library .rows tbody tr")
    expect(rows.first).to_be_visible()
    before = rows.count()
    upload = folder / "zebra.txt"
    upload.write_text("ANN LEE: The zebra named Marmalade escaped from Oslo Zoo on Tuesday morning.\n" * 3)
    broken = folder / "broken.txt"
    broken.write_bytes(b"\x00\x01\x02" * 100)
    visit.page.locator("#files input[type=file]").set_input_files([upload, broken])
    outcomes = visit.page.locator(".outcomes")
    expect(outcomes).to_contain_text("zebra.txt Added")
    expect(outcomes).to_contain_text("broken.txt Not read")
    expect(rows).to_have_count(before + 1)
    expect(visit.page.locator(".holdings")).to_contain_text(f"{before + 1} transcripts")
    visit.page.get_by_role("searchbox", name="Search the library").fill("ann lee")
    expect(rows).to_have_count(1)
    rows.locator(".open").click()
    expect(visit.page.locator("#reader .turn").first).to_contain_text("Marmalade")
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("link", name="Ask").click()
    expect(visit.ask("What escaped from Oslo Zoo?").locator(".card mark").first).to_contain_text("Marmalade")
    visit.page.get_by_role("link", name="Library").click()
    rows.get_by_role("button", name="Remove").click()
    dialog = visit.page.get_by_role("dialog", name="Remove this transcript?")
    expect(dialog.get_by_role("button", name="Keep")).to_be_focused()
    dialog.get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(0)
    assert list((folder / "archive" / "uploads").iterdir()) == []
    visit.page.reload()
    visit.page.get_by_role("link", name="Ask").click()
    expect(visit.exchanges.first.locator(".problem")).to_contain_text("changed or are gone")


def test_the_library_is_sorted_by_what_a_reader_presses(visiting: Opener, address: str) -> None:
    visit = visiting(address)
    visit.page.get_by_role("link", name="Library").click()
    titles = visit.page.locator("#library .rows .open")
    expect(titles.first).to_be_visible()
    visit.page.get_by_role("button", name="Title", exact=True).click()
    expect(visit.page.locator("th[aria-sort=ascending]")).to_have_text("Title")
    shown = titles.all_text_contents()
    assert shown == sorted(shown, key=str.casefold)
