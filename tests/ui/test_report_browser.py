"""The test report in a real browser, opened as a file: nothing fetched or run, filters by keyboard, every width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.evaluate.estimate import summarise
from rag.evaluate.record import Record
from rag.evaluate.report import write_report
from tests.rag.evaluate.records import ABOUT, given, run
from tests.rag.evaluate.test_report import hostile
from tests.ui.hostile import HOSTILE

pytestmark = pytest.mark.browser

Opener = Callable[..., Page]
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitän" * 6


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Writes a report over records and opens it; at the end, nothing was fetched, run or complained of."""
    with ExitStack() as stack:
        requests: list[str] = []
        complaints: list[str] = []
        pages: list[Page] = []

        def open_report(records: tuple[Record, ...], hash_: str = "", width: int = 1280, **profile: Any) -> Page:
            path = tmp_path / "report.html"
            write_report(path, summarise(records, resamples=50), given(records), ABOUT)
            context = chromium.new_context(viewport={"width": width, "height": 900}, **profile)
            stack.callback(context.close)
            page = context.new_page()
            pages.append(page)
            page.on("request", lambda request: requests.append(request.url))
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(path.as_uri() + hash_)
            return page

        yield open_report
        assert [url for url in requests if not url.startswith("file:")] == []
        assert len(requests) == len(pages)
        assert complaints == []


def shown(page: Page) -> list[str]:
    """The ids of the questions on view."""
    return page.locator("article.question:visible .id").all_text_contents()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(opened: Opener, width: int, scheme: str) -> None:
    records = (*run(), *(hostile(20 + at, text) for at, text in enumerate([UNBROKEN, "1234567890" * 40, HOSTILE[-3]])))
    page = opened(records, width=width, color_scheme=scheme)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(250, 248, 243)", "dark": "rgb(23, 22, 19)"}[scheme]


def test_hostile_text_does_not_run(opened: Opener) -> None:
    page = opened(tuple(hostile(at, text) for at, text in enumerate(HOSTILE)))
    page.wait_for_timeout(200)
    assert page.evaluate("window.hit") is None
    expect(page.locator("img, iframe, form:not(#filters), svg script, a[href^='javascript']")).to_have_count(0)
    expect(page.locator("#filters output")).to_have_text(f"{len(HOSTILE)} of {len(HOSTILE)} shown")


def test_even_markup_that_slipped_in_would_not_run(chromium: Browser, tmp_path: Path) -> None:
    """The page's own policy forbids scripts, pictures and styles that are not its own."""
    path = tmp_path / "report.html"
    write_report(path, summarise(run(), resamples=50), given(run()), ABOUT)
    page = chromium.new_page()
    page.goto(path.as_uri())
    refused = page.evaluate("""() => new Promise((done) => {
        const seen = [];
        document.addEventListener("securitypolicyviolation", (event) => {
            seen.push(event.effectiveDirective);
            if (seen.length === 3) done(seen.sort());
        });
        document.body.append(Object.assign(document.createElement("script"), {textContent: "window.hit = 1"}));
        document.body.append(Object.assign(document.createElement("img"), {src: "http://192.0.2.1/x.png"}));
        document.body.append(Object.assign(document.createElement("style"), {textContent: "body { display: none }"}));
    })""")
    assert refused == ["img-src", "script-src-elem", "style-src-elem"]
    assert page.evaluate("window.hit") is None
    page.close()


def test_filters_by_keyboard(opened: Opener) -> None:
    page = opened(run())
    everything = shown(page)
    assert len(everything) == 9
    page.get_by_label("Failures only").focus()
    page.keyboard.press("Space")
    assert shown(page) == ["s-003", "s-005", "s-007", "s-008"]
    assert page.url.endswith("#only=failures")
    page.keyboard.press("Tab")
    page.keyboard.type("Evidence")
    assert shown(page) == ["s-003", "s-005"]
    page.keyboard.press("Tab")
    page.keyboard.type("number")
    assert shown(page) == ["s-005"]
    expect(page.locator("#filters output")).to_have_text("1 of 9 shown")
    page.keyboard.press("Tab")
    page.keyboard.type("no such words")
    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator("h3.part:visible")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown(page) == everything
    assert "=" not in page.url


def test_words_are_sought_in_question_answer_evidence_and_all_must_be_there(opened: Opener) -> None:
    page = opened(run())
    words = page.get_by_role("searchbox")
    for text, found in {
        "BRIDGE may": ["s-008"],
        "28.1 percent": ["s-005"],
        "lindqvist tariffs": ["s-003"],
        "tariffs norway": [],
    }.items():
        words.fill(text)
        assert shown(page) == found, text


def test_a_filter_in_the_address_is_applied_and_one_it_does_not_know_is_not(opened: Opener) -> None:
    page = opened(run(), "#kind=number&q=profits")
    assert shown(page) == ["s-005"]
    assert page.get_by_role("searchbox").input_value() == "profits"
    page.goto(page.url.partition("#")[0] + "#kind=nonsense&miss=%22%3E%3Cimg%3E&only=failures")
    assert shown(page) == ["s-003", "s-005", "s-007", "s-008"]


def test_a_link_to_a_question_that_is_filtered_out_shows_it(opened: Opener) -> None:
    page = opened(run(), "#q=norway")
    assert shown(page) == ["s-007"]
    page.locator(".notes a").first.click()
    expect(page.locator("#q8")).to_be_in_viewport()
    assert len(shown(page)) == 9


def test_without_script_everything_is_shown_and_no_filter_pretends(opened: Opener) -> None:
    page = opened(run(), java_script_enabled=False)
    expect(page.locator("article.question:visible")).to_have_count(9)
    expect(page.locator("#filters")).to_be_hidden()


def test_printed_it_is_dark_on_white_without_controls(opened: Opener) -> None:
    page = opened(run(), color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("#filters, .masthead nav")).to_have_count(2)
    for selector in ("#filters", ".masthead nav", ".skip"):
        expect(page.locator(selector)).to_be_hidden()
    expect(page.locator("article.question:visible")).to_have_count(9)


def test_every_control_has_a_name_and_headings_go_down_one_by_one(opened: Opener) -> None:
    page = opened(run())
    unnamed = page.evaluate("""[...document.querySelectorAll("input, select, button, summary, a")].filter(
        (each) => !(each.labels && each.labels.length) && !each.textContent.trim()).length""")
    assert unnamed == 0
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5')].map((each) => +each.tagName[1])")
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
