"""Nobody gets past the login without a password, by any route; who has one stays in until taken out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AuthenticationError

from tests.ui.fakes import FakeEngine, grounded
from tests.ui.served import PASSWORD, raw, users_file
from ui.accounts import read_users, write_users
from ui.app import running
from ui.login import COOKIE
from ui.serving import Serving
from ui.sessions import FIRST_WAIT_S, LONGEST_WAIT_S, Failures, Sessions

BROWSER = {"accept": "text/html"}
PATHS = ("/", "/config", "/theme.css", "/assets/x.js", "/gradio_api/info", "/gradio_api/queue/data?session_hash=x",
         "/gradio_api/heartbeat/x", "/gradio_api/startup-events", "/gradio_api/app_id", "/mcp")  # fmt: skip


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return users_file(tmp_path_factory.mktemp("users"))


@pytest.fixture(scope="module")
def address(users: Path) -> Iterator[str]:
    with running(FakeEngine(otherwise=grounded), port=0, serving=Serving(users=users, mcp=True)) as at:
        yield at


def signed_in(address: str, name: str = "ada") -> httpx.Client:
    form = {"username": name, "password": PASSWORD}
    answer = httpx.post(f"{address}/login", data=form, headers=BROWSER, timeout=60)
    assert answer.status_code == 303
    return httpx.Client(base_url=address, headers=BROWSER, cookies=answer.cookies, timeout=60)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_there_for_who_has_not_signed_in(address: str, path: str) -> None:
    status, body = raw(address, path)
    assert status == 401
    assert b"gradio_config" not in body


@pytest.mark.parametrize("path", ["queue/join", "cancel", "reset", "upload", "component_server", "run/ask", "call/ask"])
def test_nothing_is_done_for_who_has_not_signed_in(address: str, path: str) -> None:
    assert httpx.post(f"{address}/gradio_api/{path}", json={}).status_code == 401


def test_a_browser_gets_the_form_and_then_the_page(address: str) -> None:
    asked = httpx.get(f"{address}/?q=why", headers=BROWSER)
    assert asked.status_code == 401
    assert 'name="password"' in asked.text
    assert 'name="next" value="q=why"' in asked.text
    with signed_in(address) as client:
        page = client.get("/")
        assert page.status_code == 200
        assert "<gradio-app" in page.text
        assert "signed in as <b>ada</b>, editor" in client.get("/login").text
        assert client.post("/logout").status_code == 303
        assert client.get("/").status_code == 401


def test_the_cookie_is_kept_from_scripts_and_other_sites(address: str) -> None:
    form = {"username": "ada", "password": PASSWORD, "next": "q=why&x=https://evil.example/\r\nA: b"}
    answer = httpx.post(f"{address}/login", data=form, headers=BROWSER, timeout=60)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert answer.headers["location"].startswith("/?q=why&x=https")
    assert "\n" not in answer.headers["location"]


def test_what_was_typed_comes_back_as_text_only(address: str) -> None:
    answer = httpx.get(f'{address}/?"><script>alert(1)</script>', headers=BROWSER)
    assert "<script" not in answer.text


def test_programs_sign_in_as_gradio_client_does_and_by_basic(address: str) -> None:
    client = Client(address, auth=("ben", PASSWORD), verbose=False, analytics_enabled=False)
    assert client.predict("Why?", api_name="/ask")["status"] == "grounded"
    assert httpx.get(f"{address}/config", auth=("ben", PASSWORD), timeout=60).status_code == 200
    assert httpx.get(f"{address}/config", headers={"authorization": "Basic !"}).status_code == 401


def test_a_wrong_password_is_refused_and_failures_make_an_address_wait(users: Path) -> None:
    with running(FakeEngine(), port=0, serving=Serving(users=users)) as own:
        with pytest.raises(AuthenticationError):
            Client(own, auth=("ada", "wrong password"), verbose=False, analytics_enabled=False)
        for name in ("ada", "nobody"):
            assert httpx.post(f"{own}/login", data={"username": name, "password": "x"}, timeout=60).status_code == 401
        slowed = httpx.post(f"{own}/login", data={"username": "ada", "password": PASSWORD}, timeout=60)
    assert slowed.status_code == 429
    assert slowed.headers["retry-after"] == "1"
    assert slowed.json()["detail"] == "Too many failed tries. Try again in 1 s."


def test_failures_double_the_wait_up_to_a_minute() -> None:
    now = [0.0]
    failures = Failures(lambda: now[0])
    waits = []
    for _ in range(12):
        failures.failed("10.0.0.1")
        waits.append(failures.wait_s("10.0.0.1"))
    assert waits[:5] == [0, 0, FIRST_WAIT_S, FIRST_WAIT_S * 2, FIRST_WAIT_S * 4]
    assert waits[-1] == LONGEST_WAIT_S
    assert failures.wait_s("10.0.0.2") == 0
    now[0] += LONGEST_WAIT_S
    assert failures.wait_s("10.0.0.1") == 0


def test_who_is_taken_out_of_the_file_is_out_at_once(tmp_path: Path) -> None:
    path = users_file(tmp_path)
    with running(FakeEngine(), port=0, serving=Serving(users=path)) as own, signed_in(own, "ben") as client:
        assert client.get("/config").status_code == 200
        write_users(path, [each for each in read_users(path) if each.name != "ben"])
        assert client.get("/config").status_code == 401
        path.write_text("nonsense\n")
        assert client.get("/config").status_code == 401
        broken = httpx.post(f"{own}/login", data={"username": "ada", "password": PASSWORD})
        assert broken.status_code == 503
        assert str(tmp_path) not in broken.text


def test_a_session_ends_after_idle_hours(users: Path) -> None:
    from ui.accounts import Accounts

    now = [0.0]
    accounts = Accounts(users)
    ada = accounts.get("ada")
    assert ada is not None
    sessions = Sessions(accounts, lambda: now[0])
    token = sessions.begin(ada)
    now[0] += 11 * 3600
    assert sessions.account(token) == ada
    now[0] += 13 * 3600
    assert sessions.account(token) is None


def test_readers_upload_nothing(address: str) -> None:
    sent = {"files": ("a.txt", b"words")}
    for name, status in (("ben", 403), ("ada", 200)):
        with signed_in(address, name) as client:
            assert client.post("/gradio_api/upload", files=sent).status_code == status


def test_a_login_of_many_bytes_is_not_read(address: str) -> None:
    answer = httpx.post(f"{address}/login", content=b"username=" + b"a" * 100_000, timeout=60)
    assert answer.status_code in {401, 429}
