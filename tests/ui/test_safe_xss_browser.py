"""150 hostile strings go in as text, speaker, title and file name, and from a language model: in a real browser
nothing runs, nothing is even tried to be run, and no request leaves the server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from playwright.sync_api import Page, expect

from ingest import sync
from rag import Engine
from rag.results import Answer, Rejected, Section
from tests.ui.fakes import FakeEngine, citation, hit
from tests.ui.visit import Visit
from tests.ui.xss import XSS
from ui.app import running

pytestmark = pytest.mark.browser

FERRY = "What did they say about the ferry Meridian?"
TALK = "Ada Quill: The ferry Meridian sails at {}.\nBen Foss: From which quay?\nAda Quill: From the old one.\n"
WATCH = """
window.tried = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.tried.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.hit = name; };
"""
Opener = Callable[..., Visit]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a transcript with the strings as speakers and words, and of 150 with them as title and outlet."""
    made = tmp_path_factory.mktemp("xss")
    spoken = [
        {"start": at * 4.0, "end": at * 4.0 + 3, "speaker": text, "text": f"The ferry Meridian sails. {text} she said."}
        for at, text in enumerate(XSS)
    ]
    (made / "spoken.json").write_text(json.dumps({"segments": spoken}))
    records = [{"title": each, "source": each, "text": TALK.format(at)} for at, each in enumerate(XSS)]
    (made / "titled.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records))
    report = sync([made / "spoken.json", made / "titled.jsonl"], made / "archive")
    assert len(report.added) > len(XSS) * 0.9, report.failed
    return made / "archive"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with Engine(folder) as engine, running(engine, port=0, archive=folder) as at:
        yield at


def unharmed(page: Page) -> None:
    """Nothing has run, and the policy had nothing to stop."""
    assert page.evaluate("window.tried") == []
    assert page.evaluate("window.hit") is None


@pytest.fixture
def watched(visiting: Opener) -> Iterator[Callable[[str], Page]]:
    """Opens a page that notes whatever the policy had to stop; at the end there must be nothing."""
    pages: list[Page] = []

    def watch(at: str) -> Page:
        page = visiting(at).page
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.add_init_script(WATCH)
        page.reload()
        expect(page.get_by_role("textbox", name="Your question")).to_be_editable()
        pages.append(page)
        return page

    yield watch
    for page in pages:
        unharmed(page)


def test_there_are_150_of_them() -> None:
    assert len(XSS) == len({*XSS}) == 150


def test_the_trap_springs_when_something_does_run(watched: Callable[[str], Page], address: str) -> None:
    page = watched(address)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b id=trap onclick=\"window.hit=1\">x</b>')")
    page.locator("#trap").dispatch_event("click")
    assert page.evaluate("window.hit") is None
    assert page.evaluate("window.tried.length") == 1
    page.evaluate("window.tried = []")


def test_titles_and_outlets(watched: Callable[[str], Page], address: str) -> None:
    page = watched(address)
    page.get_by_role("link", name="Library").click()
    table, titles = page.locator("#library tbody"), set[str]()
    for _ in range(-(-len(XSS) // 50)):
        expect(table.locator("tr").first).to_be_visible()
        titles |= set(table.locator(".open").all_text_contents())
        expect(table.locator("script, img, svg, iframe, style, form, object, embed")).to_have_count(0)
        before = page.locator("#library .count").text_content() or ""
        if not page.get_by_role("button", name="Next page").is_enabled():
            break
        page.get_by_role("button", name="Next page").click()
        expect(page.locator("#library .count")).not_to_have_text(before)
    assert len(titles) > len(XSS) * 0.9


def test_words_and_speakers(watched: Callable[[str], Page], address: str) -> None:
    page = watched(address)
    page.get_by_role("link", name="Library").click()
    page.get_by_role("searchbox", name="Search the library").fill("spoken")
    expect(page.locator("#library .count")).to_have_text("1 to 1 of 1")
    page.locator("#library .open").first.click()
    reader = page.locator("#reader")
    expect(reader.locator(".reader-body")).to_contain_text("Meridian")
    body = reader.locator(".reader-body")
    later = body.get_by_role("button", name="Later in the transcript")
    while later.count():
        shown = (body.text_content() or "").count("Meridian")
        later.click()
        page.wait_for_function(
            "([body, shown]) => body.textContent.split('Meridian').length - 1 > shown",
            arg=[body.element_handle(), shown],
        )
    expect(body.locator("script, img, svg, iframe, style, form, a, object")).to_have_count(0)
    assert (body.text_content() or "").count("Meridian") > len(XSS) * 0.9
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Ask", exact=True).click()
    page.get_by_role("textbox", name="Your question").fill(FERRY)
    page.keyboard.press("Enter")
    expect(page.locator(".exchange").first).to_have_attribute("aria-busy", "false")
    expect(page.locator(".exchange").locator("script, img, svg, iframe, style, form, object")).to_have_count(0)


def test_file_names(watched: Callable[[str], Page], address: str) -> None:
    page = watched(address)
    page.get_by_role("link", name="Library").click()
    names = [text.replace("/", "\u2215").replace("\x00", "")[:60] for text in XSS]
    sent: list[Any] = [
        {
            "name": f"{name} {at}.txt",
            "mimeType": "text/plain",
            "buffer": TALK.format(at).encode(),
        }
        for at, name in enumerate(names)
    ]
    page.locator("#files input[type=file]").set_input_files(sent)
    expect(page.locator("[data-done]")).to_be_visible(timeout=180_000)
    expect(page.locator("[data-done] li")).to_have_count(len(XSS))
    expect(page.locator("#putting-in .outcomes").locator("script, img, svg, iframe, form")).to_have_count(0)


def test_all_that_an_answer_can_hold(watched: Callable[[str], Page], visiting: Opener) -> None:
    cited = [
        citation(at, text, speaker=text, role=text, title=text, source=text, before=text, after=text, url=text,
                 asked=text, asked_by=text)
        for at, text in enumerate(XSS, 1)
    ]  # fmt: skip
    answer = Answer(
        FERRY,
        "\n".join(f"{each.quote} [{each.marker}]" for each in cited),
        tuple(cited),
        tuple(hit(text, at, text) for at, text in enumerate(XSS, 1)),
        tuple(Rejected(text, text) for text in XSS),
        notice=" ".join(XSS),
        sections=tuple(Section(each.quote, (each.marker,)) for each in cited),
        read_as=" ".join(XSS),
    )
    with running(FakeEngine(otherwise=lambda _: answer), port=0) as at:
        page = watched(at)
        page.get_by_role("textbox", name="Your question").fill(FERRY)
        page.keyboard.press("Enter")
        exchange = page.locator(".exchange").first
        expect(exchange).to_have_attribute("aria-busy", "false", timeout=60_000)
        assert exchange.locator("mark").count() >= len(XSS) * 0.9
        expect(
            exchange.locator("script, img, svg, iframe, style, form, object, embed, [onerror], [onload]")
        ).to_have_count(0)
        unharmed(page)


def test_a_language_model_that_writes_them(watched: Callable[[str], Page], folder: Path) -> None:
    said = "\n".join(f"The ferry Meridian sails. {text} she said. [1]" for text in XSS)
    model = GenericFakeChatModel(messages=iter([AIMessage(said)] * 5))
    with Engine(folder, llm=model) as engine, running(engine, port=0) as at:
        page = watched(at)
        page.get_by_role("textbox", name="Your question").fill(FERRY)
        page.keyboard.press("Enter")
        exchange = page.locator(".exchange").first
        expect(exchange).to_have_attribute("aria-busy", "false", timeout=120_000)
        expect(exchange.locator("script, img, svg, iframe, style, form, object, embed")).to_have_count(0)
        unharmed(page)
