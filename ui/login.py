"""Signing in, as ASGI middleware: nothing but health is there for who has not.

A browser signs in by the form and keeps a cookie (HttpOnly, SameSite=Lax, Secure over https); programs send the same
form (as gradio_client's `auth` does) or HTTP Basic (RFC 7617). Gradio's own login is not used: it leaves several of
its routes, and the Model Context Protocol, open to everybody.

Passwords are checked one after the other, for each takes 32 MB; failures make an address wait.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import math
import secrets
from binascii import Error as BadBase64
from http import HTTPStatus
from urllib.parse import parse_qs, quote

from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ui import login_page
from ui.accounts import SCOPE_KEY, Account, Accounts, Person, Role
from ui.errors import UsersFileError
from ui.guard import refusal
from ui.health import PATH as HEALTH
from ui.sessions import Failures, Sessions

COOKIE = "onrecord-session"
_WRONG = "That user name and password do not go together."
_WAIT = "Too many failed tries. Try again in {seconds} s."
_FIRST = "Sign in first."
_MOST_BYTES, _MOST_REMEMBERED = 8_192, 1_000


class Login:
    """Lets in who has signed in, and says who it is under SCOPE_KEY; answers /login and /logout itself."""

    def __init__(self, app: ASGIApp, accounts: Accounts, prefix: str) -> None:
        self._app, self._prefix = app, prefix
        self._sessions, self._failures = Sessions(accounts), Failures()
        self._one_by_one = asyncio.Lock()
        self._secret = secrets.token_bytes(32)
        self._basics: dict[bytes, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == HEALTH:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except UsersFileError as error:
            print(f"Nobody can be let in: {error}", flush=True)  # noqa: T201
            answer = refusal(HTTPStatus.SERVICE_UNAVAILABLE, "The users file cannot be read. Tell who runs this page.")
        await (answer or self._app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        """The answer to who is not let in or is signing in or out; None for whom the page answers."""
        path, written = request.scope["path"], request.method == "POST"
        if written and path == "/login":
            return await self._sign_in(request)
        account = self._sessions.account(request.cookies.get(COOKIE, "")) or await self._by_basic(request)
        if path == "/logout":
            return self._sign_out(request)
        if account is None:
            return self._turned_away(request)
        if path == "/login":
            return HTMLResponse(login_page.signed_in(self._prefix, account.name, account.role))
        request.scope[SCOPE_KEY] = Person(account.name, account.role)
        return None

    async def _sign_in(self, request: Request) -> Response:
        form = await _form(request)
        address, following = _address(request), form.get("next", "")
        if wait := self._failures.wait_s(address):
            seconds = math.ceil(wait)
            told = _WAIT.format(seconds=seconds)
            return self._not_in(request, HTTPStatus.TOO_MANY_REQUESTS, told, following, Retry_After=str(seconds))
        account = await self._checked(address, form.get("username", "").strip(), form.get("password", ""))
        if account is None:
            return self._not_in(request, HTTPStatus.UNAUTHORIZED, _WRONG, following)
        answer: Response = JSONResponse({"success": True})
        if _by_browser(request):
            query = f"?{quote(following, safe='=&%+')}" if following else ""
            answer = RedirectResponse(f"{self._prefix}/{query}", HTTPStatus.SEE_OTHER)
        secure = request.url.scheme == "https"
        token = self._sessions.begin(account)
        answer.set_cookie(COOKIE, token, path=f"{self._prefix}/", httponly=True, samesite="lax", secure=secure)
        return answer

    def _sign_out(self, request: Request) -> Response:
        self._sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(f"{self._prefix}/", HTTPStatus.SEE_OTHER)
        answer.delete_cookie(COOKIE, path=f"{self._prefix}/")
        return answer

    async def _by_basic(self, request: Request) -> Account | None:
        """Who sends name and password along; once right they are remembered by a keyed hash, as long as they are."""
        header = request.headers.get("authorization", "")
        if not header.lower().startswith("basic "):
            return None
        mark = hmac.digest(self._secret, header.encode(), hashlib.sha256)
        account = self._sessions.account(self._basics.get(mark, ""))
        address = _address(request)
        if account is not None or self._failures.wait_s(address):
            return account
        name, password = _pair(header[6:])
        account = await self._checked(address, name, password)
        if account is not None:
            if len(self._basics) >= _MOST_REMEMBERED:
                self._basics.clear()
            self._basics[mark] = self._sessions.begin(account)
        return account

    async def _checked(self, address: str, name: str, password: str) -> Account | None:
        async with self._one_by_one:
            account = (
                None
                if self._failures.wait_s(address)
                else await asyncio.to_thread(self._sessions.check, name, password)
            )
        (self._failures.succeeded if account else self._failures.failed)(address)
        return account

    def _turned_away(self, request: Request) -> Response:
        if _by_browser(request) and request.method in {"GET", "HEAD"}:
            page = login_page.sign_in(self._prefix, request.url.query)
            return HTMLResponse(page, HTTPStatus.UNAUTHORIZED)
        if "sec-fetch-mode" in request.headers:
            return refusal(HTTPStatus.UNAUTHORIZED, _FIRST)
        return refusal(HTTPStatus.UNAUTHORIZED, _FIRST, WWW_Authenticate='Basic realm="On the Record", charset="UTF-8"')

    def _not_in(self, request: Request, status: HTTPStatus, told: str, following: str, **headers: str) -> Response:
        if not _by_browser(request):
            return refusal(status, told, **headers)
        sent = {name.replace("_", "-"): text for name, text in headers.items()}
        return HTMLResponse(login_page.sign_in(self._prefix, following, told), status, sent)


class Everybody:
    """Where nobody signs in: every request is of a person without a name, in the one role."""

    def __init__(self, app: ASGIApp, role: Role) -> None:
        self._app, self._person = app, Person(None, role)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, SCOPE_KEY: self._person}, receive, send)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, urlencoded; what is longer than a login can be counts as empty."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def _pair(encoded: str) -> tuple[str, str]:
    try:
        name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (BadBase64, UnicodeDecodeError):
        return "", ""
    return name, password


def _by_browser(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
