"""`python -m tests.benchmarks.page`: how soon the chat page shows itself in Chromium, and an answer's first words.

Over the packaged samples, or the archive given, on loopback. First paint is the browser's own "first-contentful-paint"
(W3C Paint Timing), counted from navigation in a fresh profile; the first words are counted from pressing Enter until
text of the answer is in the page, once the models are loaded and the question has been asked before in another tab.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from rag import Engine
from tests.benchmarks.__main__ import settle_environment
from ui.app import running
from ui.screenshot import PATIENCE_MS, chromium

VISITS = 5
QUESTION = "Why is Huawei turning to Europe?"
_PAINTED = """() => new Promise((done) => {
  const seen = (entries) => entries.find((each) => each.name === "first-contentful-paint");
  const now = seen(performance.getEntriesByType("paint"));
  if (now) return done(now.startTime);
  new PerformanceObserver((list) => { const one = seen(list.getEntries()); if (one) done(one.startTime); })
    .observe({ type: "paint", buffered: true });
})"""
_BOX_READY = """() => new Promise((done) => {
  const box = () => document.querySelector("#question textarea");
  const look = () => (box() ? done(performance.now()) : requestAnimationFrame(look));
  look();
})"""
_WATCH = """() => {
  const box = document.querySelector("#question textarea");
  window.firstWords = new Promise((done) => {
    let entered = 0;
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") entered = performance.now(); }, true);
    new MutationObserver(() => {
      const words = document.querySelector(".exchange :is(.answer, .short, .refusal)");
      if (words?.textContent.trim()) done(performance.now() - entered);
    }).observe(document.querySelector("#conversation"), { childList: true, subtree: true, characterData: true });
  });
}"""


def main(arguments: Sequence[str]) -> None:
    """Measures and prints a line for each."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks.page", description=__doc__)
    parser.add_argument("--archive", type=Path, metavar="DIR", help="another archive than one of the samples")
    parser.add_argument("--question", default=QUESTION, help="what is asked of it")
    given = parser.parse_args(arguments)
    settle_environment()
    with tempfile.TemporaryDirectory(prefix="onrecord-page-") as folder:
        archive = given.archive or _samples(Path(folder) / "archive")
        with Engine(archive) as engine, running(engine, port=0, archive=archive) as address, chromium() as browser:
            engine.warm(wait=True)
            _visit(browser, address, given.question)
            visits = [_visit(browser, address, given.question) for _ in range(VISITS)]
            alone = [_first_words(engine, given.question) for _ in range(VISITS)]
    print(f"{VISITS} visits after one unmeasured; load {', '.join(f'{each:.2f}' for each in os.getloadavg())}")
    names = ("first paint", "question box there", "Enter to first words")
    for name, *times in (*zip(names, *visits, strict=True), ("the engine's share of that", *alone)):
        print(f"{name}: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")


def _visit(browser: Browser, address: str, question: str) -> tuple[float, float, float]:
    """Milliseconds to the first paint, to the box, and from Enter to the first words, in a profile of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        return _measured(context.new_page(), address, question)
    finally:
        context.close()


def _measured(page: Page, address: str, question: str) -> tuple[float, float, float]:
    page.goto(address, wait_until="commit")
    ready = float(page.evaluate(_BOX_READY))
    painted = float(page.evaluate(_PAINTED))
    box = page.get_by_role("textbox", name="Your question")
    expect(box).to_be_editable(timeout=PATIENCE_MS)
    expect(page.locator("#welcome .chip").first).to_be_visible(timeout=PATIENCE_MS)
    page.evaluate(_WATCH)
    box.fill(question)
    box.press("Enter")
    words = float(page.evaluate("window.firstWords"))
    expect(page.locator(".exchange").first).to_have_attribute("aria-busy", "false", timeout=PATIENCE_MS)
    return painted, ready, words


def _first_words(engine: Engine, question: str) -> float:
    """Milliseconds until the engine alone has the first words."""
    began = time.perf_counter()
    next(each for each in engine.stream(question) if each.text)
    return 1000 * (time.perf_counter() - began)


def _samples(folder: Path) -> Path:
    from ingest import samples, sync

    sync([*samples.paths()], folder)
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
