"""The settings in a real browser: who may name a model and give a key, and where that key is afterwards: nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.rag.chat_server import Act
from tests.rag.chat_server import serving as chat_server
from tests.ui.fakes import FakeEngine
from tests.ui.shared import desk_over
from tests.ui.visit import Visit
from ui.app import running
from ui.serving import Serving

pytestmark = pytest.mark.browser

KEY = "sk-typed-by-an-editor"
STORED = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"
Opener = Callable[..., Visit]


def test_a_key_is_used_and_kept_nowhere(
    visiting: Opener, sample_archive: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    refusing = Act(status=400, says=f"What is {KEY}?")
    with chat_server([refusing]) as served, desk_over(sample_archive, tmp_path) as address:
        visit = visiting(address)
        page = visit.page
        page.get_by_role("link", name="Settings").click()
        page.get_by_label("A language model, checked").check()
        page.get_by_label("Model", exact=True).fill("openai:x")
        page.get_by_label("Address of its server").fill(served.url)
        page.get_by_label("Key, if it needs one").fill(KEY)
        expect(page.get_by_label("Key, if it needs one")).to_have_attribute("type", "password")
        page.get_by_role("button", name="Use this").click()
        expect(page.get_by_text("answers are made by openai:x")).to_be_visible()
        page.get_by_role("link", name="Ask", exact=True).click()
        expect(visit.ask("Why is Huawei pivoting to Europe?").locator(".notice")).to_contain_text("What is [key]?")
        kept = [
            page.evaluate(STORED),
            page.content(),
            *(httpx.get(f"{address}{each}").text for each in ("/config", "/")),
        ]
    assert set(served.keys) == {f"Bearer {KEY}"}
    files = [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()]
    assert files
    assert not any(KEY.encode() in each for each in files)
    assert not any(KEY in each for each in (*kept, *capfd.readouterr()))


def test_off_loopback_a_visitor_is_offered_no_model(visiting: Opener, sample_archive: Path, tmp_path: Path) -> None:
    serving = Serving(open_to_all=True, root_path="/")
    with running(FakeEngine(), port=0, archive=tmp_path, serving=serving) as address:
        page = visiting(address).page
        page.get_by_role("link", name="Settings").click()
        expect(page.get_by_text("Only editors choose a language model, its address or a key")).to_be_visible()
        expect(page.get_by_label("At most so many quotes").first).to_be_visible()
        for name in ("Model", "Address of its server", "Key, if it needs one", "A language model, checked"):
            expect(page.get_by_label(name)).to_have_count(0)
