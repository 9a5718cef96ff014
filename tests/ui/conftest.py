"""A real Chromium and the real page, served on a free port of loopback over a fake engine or another.

Every visit checks at its end that nothing was asked of another host, that no text ran as code, and that the
page's own code raised nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from typer.testing import CliRunner, Result

from tests.ui.visit import Visit
from ui.app import running
from ui.asker import Asker
from ui.cli import app
from ui.screenshot import CHROMIUMS, FLAGS

Opener = Callable[..., Visit]
Run = Callable[..., Result]

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        pytest.skip(f"no Chromium here; looked for {', '.join(CHROMIUMS)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def serving() -> Iterator[Callable[..., str]]:
    """Serves a page over an engine until the test ends; gives its address."""
    with ExitStack() as stack:

        def serve(engine: Asker, examples: Sequence[str] = ()) -> str:
            return stack.enter_context(running(engine, port=0, examples=examples))

        yield serve


@pytest.fixture
def visiting(chromium: Browser) -> Iterator[Opener]:
    """Opens an address in a browser profile of its own."""
    with ExitStack() as stack:
        visits: list[Visit] = []

        def visit(address: str, width: int = 1280, height: int = 900, **profile: Any) -> Visit:
            context = chromium.new_context(viewport={"width": width, "height": height}, **profile)
            stack.callback(context.close)
            visits.append(_watched(context.new_page()))
            visits[-1].page.goto(address)
            expect(visits[-1].box).to_be_editable()
            return visits[-1]

        yield visit
        for one in visits:
            assert one.page.evaluate("window.hit") is None
            assert one.errors == []
            assert {urlsplit(url).hostname for url in one.requests} <= {"127.0.0.1", "::1", None}


@pytest.fixture
def opened(serving: Callable[..., str], visiting: Opener) -> Opener:
    """Serves a page over an engine and opens it."""

    def open_page(engine: Asker, examples: Sequence[str] = (), **profile: Any) -> Visit:
        return visiting(serving(engine, examples), **profile)

    return open_page


def _watched(page: Page) -> Visit:
    visit = Visit(page)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    return visit


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command in this process on an archive of its own."""

    def on_own_archive(*arguments: object) -> Result:
        texts = [*map(str, arguments), "--archive", str(tmp_path / "archive")]
        return CliRunner().invoke(app, texts, prog_name="onrecord")

    return on_own_archive
