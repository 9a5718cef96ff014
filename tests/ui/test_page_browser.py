"""The chat page in a real browser: hostile text, narrow windows, dark, keyboard, names, no other network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from rag.results import Answer, Rejected
from tests.ui.fakes import FakeEngine, Listing, citation, grounded, hit
from tests.ui.hostile import HOSTILE
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

WHY = "Why is Huawei turning to Europe?"
WIDTHS = (390, 1280)
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitän" * 6
Opener = Callable[..., Visit]


def echo(question: str) -> Answer:
    """An answer with the question's text in every place that a transcript or a model can fill."""
    said = question
    cited = citation(1, said, speaker=said, role=said, title=said, source=said, before=said, after=said, url=said)
    return Answer(question, f"{said} [1]", (cited,), (), (Rejected(said, said),), notice=said)


def refused(question: str) -> Answer:
    found = hit(question, title=question)
    spoken = replace(found.passage, speakers=(question,))
    return Answer(question, question, (), (replace(found, passage=spoken, source=question),))


@pytest.mark.parametrize("made", [echo, refused])
def test_hostile_text_is_shown_and_never_run(opened: Opener, made: Callable[[str], Answer]) -> None:
    visit = opened(FakeEngine(otherwise=made))
    # Not "style, link": Gradio fetches those of its parts when it first needs them.
    before = visit.page.locator("script, base, meta, iframe, form, img").count()
    for text in HOSTILE if made is echo else HOSTILE[::3]:
        shown = visit.ask(text)
        for selector in (".question", "bdi >> nth=0", "mark" if made is echo else "blockquote"):
            assert shown.locator(selector).text_content() == text
        expect(shown.locator("script, img, svg, iframe, style, a, form, h1")).to_have_count(0)
    assert visit.page.locator("script, base, meta, iframe, form, img").count() == before
    assert visit.page.evaluate("window.hit") is None
    expect(visit.page.locator("#composer")).to_be_visible()


def test_hostile_examples_and_listings_are_shown_and_never_run(opened: Opener) -> None:
    listings = [Listing(str(at), text, text, None, (text,)) for at, text in enumerate(HOSTILE)]
    examples = [text for text in HOSTILE if "__i18n__" not in text]  # Gradio takes that for a key to translate
    visit = opened(FakeEngine(listings=listings), examples=examples)
    chips = visit.page.locator("#welcome .chip")
    expect(chips).to_have_count(len(examples))
    assert chips.all_text_contents() == examples
    visit.page.get_by_role("link", name="Library").click()
    titles = visit.page.locator("#library .rows .open")
    expect(titles).to_have_count(len(HOSTILE))
    assert set(titles.all_text_contents()) == set(HOSTILE)
    assert visit.page.evaluate("window.hit") is None


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(opened: Opener, width: int) -> None:
    visit = opened(FakeEngine({WHY: grounded(WHY)}, otherwise=echo), examples=[WHY, UNBROKEN], width=width, height=844)
    assert visit.overflow() <= 0
    visit.ask(WHY)
    visit.ask(UNBROKEN)
    for summary in visit.page.locator("summary").all():
        summary.click()
    assert visit.overflow() <= 0
    expect(visit.ask_button).to_be_in_viewport(ratio=1)
    expect(visit.box).to_be_in_viewport(ratio=1)


def brightness(colour: str) -> float:
    numbers = [float(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    return sum(numbers) / 3


@pytest.mark.parametrize(
    ("scheme", "query", "dark"),
    [
        ("light", "", False),
        ("dark", "", True),
        ("light", "?__theme=dark", True),
        ("dark", "?__theme=light", False),
    ],
)
def test_light_and_dark(serving: Callable[..., str], visiting: Opener, scheme: str, query: str, dark: bool) -> None:
    address = serving(FakeEngine({WHY: grounded(WHY)}))
    visit = visiting(f"{address}/{query}", color_scheme=scheme)
    visit.ask(WHY)
    grounds = [visit.style(selector, "backgroundColor") for selector in ("body", "#composer", "#question textarea")]
    words = [visit.style(selector, "color") for selector in (".masthead h1", ".question", ".answer p", "textarea")]
    assert all((brightness(ground) < 60) is dark for ground in grounds), grounds
    assert all((brightness(word) > 180) is dark for word in words), words


def test_everything_comes_from_the_page_itself(opened: Opener) -> None:
    visit = opened(FakeEngine({WHY: grounded(WHY)}), examples=[WHY])
    visit.example(WHY).click()
    visit.answered(0)
    own = urlsplit(visit.page.url).netloc
    assert {urlsplit(url).netloc for url in visit.requests if url.startswith("http")} == {own}
    assert visit.page.evaluate("document.fonts.size") == 0
    assert "huggingface" not in " ".join(visit.requests)


def test_there_is_no_footer_and_no_share_link(opened: Opener) -> None:
    visit = opened(FakeEngine())
    text = visit.page.locator("body").inner_text().lower()
    assert visit.page.title() == "On the Record"
    assert not {word for word in ("gradio", "share", "settings", "api") if word in text}
    expect(visit.page.locator("footer")).to_have_count(0)


def test_the_page_can_be_used_with_the_keyboard_alone(opened: Opener) -> None:
    visit = opened(FakeEngine({WHY: grounded(WHY)}), examples=[WHY])
    expect(visit.box).to_be_focused()
    expect(visit.example(WHY)).to_be_visible()
    visit.page.keyboard.press("Shift+Tab")
    expect(visit.page.locator(".narrow summary")).to_be_focused()
    visit.page.keyboard.press("Shift+Tab")
    expect(visit.example(WHY)).to_be_focused()
    assert visit.style(":focus", "outlineStyle") == "solid"
    visit.page.keyboard.press("Enter")
    visit.answered(0)
    expect(visit.exchanges.first).to_be_focused()
    for name in ("Edit", "Copy link", "Source 1: Huawei turns to Europe", "Source 2: Kevin Ho"):
        visit.page.keyboard.press("Tab")
        expect(visit.page.get_by_role("button", name=name)).to_be_focused()
    expect(visit.page.get_by_role("button", name="Source 2: Kevin Ho")).to_be_focused()
    assert visit.style(":focus", "outlineStyle") == "solid"


def test_everything_that_can_be_pressed_has_a_name(opened: Opener) -> None:
    visit = opened(FakeEngine({WHY: grounded(WHY)}), examples=[WHY])
    visit.ask(WHY)
    visit.ask("What is the capital of France?")
    for button in visit.page.locator("button, summary, textarea, a").all():
        name = button.get_attribute("aria-label") or button.text_content() or ""
        labelled = button.evaluate("element => element.labels?.length > 0")
        assert name.strip() or labelled, button.evaluate("element => element.outerHTML")


def test_a_screen_reader_is_told_when_the_answer_is_there(opened: Opener) -> None:
    visit = opened(FakeEngine({WHY: grounded(WHY)}))
    visit.ask(WHY)
    expect(visit.page.locator("#status [role=status]")).to_have_text("Answered, with 2 sources.")
    visit.ask("What is the capital of France?")
    expect(visit.page.locator("#status [role=status]")).to_have_text("The transcripts do not answer that.")


def test_ids_are_unique_over_a_conversation(opened: Opener) -> None:
    visit = opened(FakeEngine(otherwise=grounded))
    for question in ("one", "two", "three"):
        visit.ask(question)
    ids = visit.page.evaluate("[...document.querySelectorAll('#conversation [id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))
