"""Behind a reverse proxy at /archive, whether the proxy takes its path off or leaves it on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from playwright.sync_api import expect

from tests.ui.fakes import FakeEngine, grounded
from tests.ui.proxy import proxy
from tests.ui.served import PASSWORD, users_file
from ui.app import running
from ui.serving import Serving

OPEN = Serving(open_to_all=True, root_path="/archive")


@pytest.mark.parametrize("strips", [True, False])
def test_page_api_and_health_are_under_the_proxys_path(strips: bool) -> None:
    engine = FakeEngine(otherwise=grounded)
    with running(engine, port=0, serving=OPEN) as address, proxy(address, "/archive", strips=strips) as shown:
        assert httpx.get(f"{shown}/healthz").json()["status"] == "ok"
        page = httpx.get(f"{shown}/", headers={"accept": "text/html"})
        assert f'"root":"{shown}"' in page.text
        client = Client(f"{shown}/", verbose=False, analytics_enabled=False)
        assert client.predict("Why?", api_name="/ask")["status"] == "grounded"


def test_a_login_leads_back_under_the_proxys_path(tmp_path: Path) -> None:
    serving = Serving(users=users_file(tmp_path), root_path="/archive")
    with running(FakeEngine(), port=0, serving=serving) as address, proxy(address, "/archive", strips=True) as shown:
        form = {"username": "ada", "password": PASSWORD, "next": "q=why"}
        answer = httpx.post(f"{shown}/login", data=form, headers={"accept": "text/html"}, timeout=60)
        assert answer.headers["location"] == "/archive/?q=why"
        assert "Path=/archive/" in answer.headers["set-cookie"]
        assert 'action="/archive/login"' in httpx.get(f"{shown}/", headers={"accept": "text/html"}).text


def test_the_proxys_word_tells_addresses_apart_and_a_forged_one_does_not() -> None:
    serving = Serving(open_to_all=True, root_path="/", per_minute=1)
    with running(FakeEngine(), port=0, serving=serving) as address:

        def status(forwarded: str) -> int:
            told = {"x-forwarded-for": forwarded}
            return httpx.post(f"{address}/gradio_api/run/none", headers=told, json={"data": []}).status_code

        assert status("10.0.0.1") != 429
        assert status("10.0.0.1") == 429
        assert status("192.0.2.9, 10.0.0.1") == 429
        assert status("10.0.0.2") != 429


def test_without_a_login_others_only_read(tmp_path: Path) -> None:
    with running(FakeEngine(), port=0, serving=OPEN) as address:
        answer = httpx.post(f"{address}/archive/gradio_api/upload", files={"files": ("a.txt", b"words")})
    assert answer.status_code == 403
    assert "Only editors" in answer.json()["detail"]


@pytest.mark.browser
def test_the_page_works_in_a_browser_behind_the_proxy(visiting: Any) -> None:
    engine = FakeEngine(otherwise=grounded)
    with running(engine, port=0, serving=OPEN) as address, proxy(address, "/archive", strips=True) as shown:
        visit = visiting(f"{shown}/")
        expect(visit.ask("Why?").locator("mark").first).to_be_visible()
        assert all("/archive" in url for url in visit.requests if url.startswith("http"))
