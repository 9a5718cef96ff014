"""A conversation of 500 questions comes back after a reload, and goes on."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.ui.fakes import FakeEngine, grounded
from tests.ui.visit import Visit
from ui.conversation import Exchange
from ui.stored import dump

pytestmark = pytest.mark.browser

KEEP = """(all) => {
  localStorage.setItem("onrecord::long", all);
  localStorage.setItem("onrecord::list", JSON.stringify([{ id: "long", name: "Long", at: 0, count: 500 }]));
  sessionStorage.setItem("onrecord::current", JSON.stringify("long"));
}"""


def test_500_questions_come_back_and_go_on(opened: Callable[..., Visit]) -> None:
    asked = FakeEngine(otherwise=grounded)
    visit = opened(asked)
    said = [dump(Exchange(f"Question {at}?", grounded("x"), complete=True)) for at in range(500)]
    visit.page.evaluate(KEEP, json.dumps(said))
    visit.page.reload()
    expect(visit.exchanges).to_have_count(500, timeout=60_000)
    visit.box.fill("And now?")
    for _ in range(8):  # Gradio drops an Enter that comes while it takes in a page as long as this
        if visit.box.input_value():
            visit.box.press("Enter")
        visit.page.wait_for_timeout(1000)
    visit.answered(500)
    expect(visit.exchanges).to_have_count(501)
    assert len(asked.asked[-1][1]) == 500
    assert visit.page.evaluate("JSON.parse(localStorage.getItem('onrecord::long')).length") == 501
