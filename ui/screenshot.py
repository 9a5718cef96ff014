"""Takes a picture of the chat page in Chromium: `python -m ui.screenshot OUT.png --ask "…"`.

Pictures the page at --url, else one that it serves over the archive meanwhile. Needs the extra "dev".
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ui.exits import reported
from ui.options import ArchiveFolder

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 60_000
SETTLE_MS = 1500
LENGTH = "document.documentElement.scrollHeight"


def take(  # noqa: PLR0913, PLR0917
    out: Annotated[Path, typer.Argument(metavar="OUT.png", help="The picture.")],
    url: Annotated[str | None, typer.Option(help="A page that is being served.")] = None,
    archive: ArchiveFolder = None,
    ask: Annotated[list[str] | None, typer.Option(help="A question to ask first; may be given again.")] = None,
    width: Annotated[int, typer.Option(min=320, help="Of the window, in pixels.")] = 1280,
    height: Annotated[int, typer.Option(min=320, help="Of the window, in pixels.")] = 900,
    view: Annotated[str, typer.Option(help="Of the page: ask, library, evaluate or settings.")] = "ask",
    read: Annotated[bool, typer.Option("--read", help="With the transcript of the first quote beside it.")] = False,
    dark: Annotated[bool, typer.Option("--dark", help="In dark colours.")] = False,
    whole: Annotated[bool, typer.Option("--whole", help="The whole page, not the window alone.")] = False,
) -> None:
    """A picture of the chat page."""
    with reported(), _address(url, archive) as address, chromium() as browser:
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            device_scale_factor=2,
        )
        page.goto(address)
        for number, question in enumerate(ask or ()):
            _ask(page, question, number)
        if view != "ask":
            page.get_by_role("link", name=view.capitalize()).click()
            page.wait_for_timeout(SETTLE_MS)
        if read:
            page.locator(".marker").first.click()
            expect(page.locator("#reader mark").first).to_be_visible(timeout=PATIENCE_MS)
        if whole:
            page.set_viewport_size({"width": width, "height": page.evaluate(LENGTH)})
        page.mouse.move(0, 0)
        page.screenshot(path=out)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine, else the one playwright has installed."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def _address(url: str | None, archive: Path | None) -> Iterator[str]:
    if url:
        yield url
        return
    from rag.config import Settings
    from rag.engine import Engine
    from ui.app import running
    from ui.samples import questions

    folder = archive or Settings().archive
    with Engine(folder) as engine, running(engine, port=0, examples=questions(engine.entries()), archive=folder) as at:
        yield at


def _ask(page: Page, question: str, number: int) -> None:
    box = page.get_by_role("textbox", name="Your question")
    expect(box).to_be_editable(timeout=PATIENCE_MS)
    box.fill(question)
    box.press("Enter")
    expect(page.locator(".exchange").nth(number)).to_have_attribute("aria-busy", "false", timeout=PATIENCE_MS)


if __name__ == "__main__":
    typer.run(take)
