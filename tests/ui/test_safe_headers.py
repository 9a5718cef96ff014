"""What a browser is told not to do, on every answer; what of Gradio's page the policy allows."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.ui.fakes import FakeEngine
from tests.ui.visit import Visit
from ui.app import running
from ui.headers import policy, script_hashes
from ui.panel_evaluate import framed
from ui.server import background, listen, url

PAGE = {"accept": "text/html"}


def directives(answer: httpx.Response) -> dict[str, str]:
    pairs = (each.strip().partition(" ") for each in answer.headers["content-security-policy"].split(";"))
    return {name: value for name, _, value in pairs}


def test_inline_scripts_are_known_by_their_hash() -> None:
    page = b'<script src="a.js"></script><script data-x>let a = 1;</script>\n<script>\nb()\n</script>'
    wanted = [base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (b"let a = 1;", b"\nb()\n")]
    assert list(script_hashes(page)) == wanted
    assert f"script-src 'self' 'unsafe-eval' 'sha256-{wanted[0]}' 'sha256-{wanted[1]}' " in policy(wanted)


@pytest.mark.parametrize("path", ["/", "/config", "/healthz", "/theme.css", "/assets/none.js", "/gradio_api/nothing"])
def test_every_answer_carries_the_headers(path: str) -> None:
    with running(FakeEngine(), port=0) as address:
        answer = httpx.get(address + path, headers=PAGE if path == "/" else {})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    told = directives(answer)
    assert told["frame-ancestors"] == told["object-src"] == "'none'"
    assert "'unsafe-inline'" not in told["script-src"]
    assert {"'self'"} == {told["default-src"], told["connect-src"], told["form-action"], told["base-uri"]}


def test_the_page_comes_whole_and_compressed_with_a_policy_of_its_own_scripts() -> None:
    with running(FakeEngine(), port=0) as address:
        answer = httpx.get(address, headers={**PAGE, "accept-encoding": "gzip, br"})
        plain = httpx.get(address, headers={**PAGE, "accept-encoding": "identity"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "<gradio-app" in answer.text
    assert "content-encoding" not in plain.headers
    assert directives(plain)["script-src"].count("'sha256-") == len(script_hashes(plain.content)) + 1 > 1


@pytest.mark.browser
def test_a_report_runs_in_its_frame_and_no_other_script_does(visiting: Callable[..., Visit], tmp_path: Path) -> None:
    told: list[str] = []
    script = (files("rag.evaluate.report") / "report.js").read_text("utf-8")
    with running(FakeEngine(), port=0) as address:
        visit, path = visiting(address), tmp_path / "report.html"
        page = visit.page
        page.on("console", lambda message: told.append(message.text))
        for at, text in enumerate((script, "parent.hit = 1")):
            path.write_text(f"<p>Report {at}</p><script>{text}</script>", "utf-8")
            page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", framed(path))
            expect(page.frame_locator("iframe >> nth=-1").get_by_text(f"Report {at}")).to_be_visible()
            assert sum("Content Security Policy" in each for each in told) == at
    assert len(visit.errors) == 1, "the report's script runs, and misses the rest of its page"
    visit.errors.clear()


def test_a_stream_is_not_held_back() -> None:
    with (
        running(FakeEngine(), port=0) as address,
        httpx.stream("GET", f"{address}/gradio_api/heartbeat/tab", headers=PAGE, timeout=10) as answer,
    ):
        assert "ALIVE" in next(answer.iter_text())


def test_no_site_is_let_in_by_cors() -> None:
    """Gradio by itself mirrors any Origin, with credentials, where the host is not loopback."""
    app = FakeEngine()
    with running(app, port=0) as address:
        answer = httpx.get(f"{address}/config", headers={"origin": address})
    assert answer.status_code == 200
    assert [name for name in answer.headers if name.startswith("access-control")] == []


def test_the_application_serves_under_any_server() -> None:
    from ui.app import application

    with listen("127.0.0.1", 0) as socket:
        at = url("127.0.0.1", socket.getsockname()[1])
        with background(application(FakeEngine()), socket, lambda: None):
            assert httpx.get(f"{at}/healthz").json()["status"] == "ok"
