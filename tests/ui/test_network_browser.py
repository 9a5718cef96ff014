"""A server that goes away in mid-answer and a slow network: what happened is said, nothing typed is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.ui.fakes import FakeEngine, grounded
from tests.ui.visit import Visit
from ui.app import running

pytestmark = pytest.mark.browser

WHY, HOW, WHO = "Why is Huawei turning to Europe?", "How did the FCC vote?", "Who said so?"
Opener = Callable[..., Visit]


def test_a_restart_in_mid_answer_loses_no_question(visiting: Opener) -> None:
    gate = threading.Event()
    gate.set()
    with ExitStack() as first:
        address = first.enter_context(running(FakeEngine(otherwise=grounded, gate=gate), port=0))
        visit = visiting(address)
        visit.ask(WHY)
        gate.clear()
        visit.box.fill(HOW)
        visit.box.press("Enter")
        expect(visit.exchanges.nth(1).locator(".answer")).to_be_visible()
        first.close()
    gate.set()
    expect(visit.page.get_by_text("Connection to the server was lost.")).to_be_visible()
    visit.box.fill(WHO)
    again = FakeEngine(otherwise=grounded)
    with running(again, port=urlsplit(address).port or 0):
        lost = visit.page.locator(".lost")
        expect(lost).to_contain_text(f"“{HOW}” was not answered. The connection was lost")
        expect(visit.exchanges.locator(".question")).to_have_text([WHY])
        expect(visit.box).to_have_value(WHO)
        lost.get_by_role("button", name="Ask it again").click()
        visit.answered(1)
        expect(lost).to_be_empty()
        expect(visit.box).to_have_value(WHO)
        visit.box.press("Enter")
        visit.answered(2)
        expect(visit.box).to_have_value("")
    assert again.asked == [(HOW, (WHY,)), (WHO, (WHY, HOW))]


def test_a_page_loaded_again_in_mid_answer_has_the_question_in_its_box(opened: Opener) -> None:
    gate = threading.Event()
    visit = opened(FakeEngine(otherwise=grounded, gate=gate))
    visit.box.fill(WHY)
    visit.box.press("Enter")
    expect(visit.exchanges.first.locator(".answer")).to_be_visible()
    visit.page.reload()
    expect(visit.page.locator(".lost")).to_contain_text("It is in the box: ask it again.")
    expect(visit.box).to_have_value(WHY)
    gate.set()
    visit.box.press("Enter")
    visit.answered(0)
    visit.page.reload()
    expect(visit.exchanges).to_have_count(1)
    expect(visit.page.locator(".lost")).to_be_empty()
    expect(visit.box).to_have_value("")


def test_a_slow_network_is_told_and_a_lost_one_loses_nothing(opened: Opener) -> None:
    visit = opened(FakeEngine(otherwise=grounded))
    held: list[Route] = []
    visit.page.route("**/queue/join*", lambda route: held.append(route))  # noqa: PLW0108
    visit.box.fill(WHY)
    visit.box.press("Enter")
    lost = visit.page.locator(".lost")
    expect(lost).to_have_text("Your question is on its way. It stays in the box until the server has it.")
    expect(visit.box).to_have_value(WHY)
    for route in held:
        route.continue_()
    visit.page.unroute("**/queue/join*")
    visit.answered(0)
    expect(lost).to_be_empty()
    visit.page.route("**/queue/join*", lambda route: route.abort())
    visit.box.fill(HOW)
    visit.box.press("Enter")
    expect(visit.page.get_by_text("Connection to the server was lost.")).to_be_visible()
    visit.page.unroute("**/queue/join*")
    expect(visit.page.get_by_text("Connection to the server was lost.")).to_be_hidden()
    expect(visit.box).to_have_value(HOW)
    expect(visit.exchanges).to_have_count(1)
    visit.box.press("Enter")
    visit.answered(1)
