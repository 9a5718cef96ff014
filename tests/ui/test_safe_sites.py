"""Another site can make a reader's browser open the page by a link, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from starlette.datastructures import Headers

from tests.ui.fakes import FakeEngine
from ui.app import running
from ui.guard import from_elsewhere
from ui.serving import Serving

EVIL = "https://evil.example"
GRADIO = "queue/join upload component_server cancel reset run/ask call/ingest".split()
STATE_CHANGING = (*(f"/gradio_api/{each}" for each in GRADIO), "/login", "/logout", "/mcp")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running(FakeEngine(), port=0) as at:
        yield at


@pytest.mark.parametrize("path", STATE_CHANGING)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": EVIL},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
    ],
)
def test_no_other_site_changes_anything(address: str, path: str, headers: dict[str, str]) -> None:
    answer = httpx.post(address + path, headers=headers, json={})
    assert answer.status_code == 403
    assert "another site" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("method", "headers", "refused"),
    [
        ("GET", {}, False),
        ("POST", {}, False),
        ("POST", {"origin": "https://news.example"}, False),
        ("POST", {"origin": "https://news.example:443"}, False),
        ("POST", {"origin": "https://news.example:8443"}, True),
        ("POST", {"origin": "https://news.example.evil.example"}, True),
        ("GET", {"origin": EVIL}, True),
        ("POST", {"origin": "null", "sec-fetch-site": "same-origin"}, False),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, False),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, True),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}, True),
        ("GET", {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, False),
    ],
)
def test_who_counts_as_elsewhere(method: str, headers: dict[str, str], refused: bool) -> None:
    assert from_elsewhere(method, Headers(headers), "news.example") is refused


def test_a_foreign_name_pointed_at_loopback_reads_nothing(address: str) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "evil.example:7860", "localhost.evil.example"):
        assert httpx.get(f"{address}/config", headers={"host": host}).status_code == 421
    for host in ("localhost", "127.0.0.1:1", "[::1]:7860"):
        assert httpx.get(f"{address}/config", headers={"host": host}).status_code == 200


def test_a_proxys_word_counts_only_where_there_is_one(address: str) -> None:
    told = {"origin": EVIL, "x-forwarded-host": "evil.example"}
    assert httpx.post(f"{address}/gradio_api/cancel", headers=told, json={}).status_code == 403
    with running(FakeEngine(), port=0, serving=Serving(open_to_all=True, root_path="/")) as behind:
        own = {"origin": "https://news.example", "x-forwarded-host": "evil.example, news.example"}
        assert httpx.post(f"{behind}/gradio_api/reset", headers=own, json={"event_id": "x"}).status_code == 200
        assert httpx.post(f"{behind}/gradio_api/reset", headers=told | {"x-forwarded-host": "b"}).status_code == 403
