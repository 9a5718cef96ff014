"""Response headers that keep a browser from running, framing or telling on what it should not, as ASGI middleware.

The Content-Security-Policy (W3C CSP Level 3) is as strict as Gradio 6 allows. Scripts come from this server only; of
those inside the page just the ones in it as it was served, by their SHA-256, so neither an injected `<script>` nor an
`onerror=` runs. Not strict, because Gradio needs it: 'unsafe-eval', with which its HTML component runs our own
scripts; 'unsafe-inline' for styles, which Svelte and Gradio's theme write into the page; and `data:` and `blob:` for
pictures, fonts and downloads. Requests, forms and frames never leave the server. The report of an
evaluation, shown in a frame that inherits this policy, has its one script allowed likewise.

CORS headers are taken off: Gradio would let every site read answers with the reader's cookie.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_SENT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_GZIP_LEVEL = 5


def policy(hashes: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of a page with inline scripts of these hashes."""
    allowed = "".join(f" 'sha256-{each}'" for each in (*hashes, _REPORT))
    return "; ".join(f"{name} {value}{allowed if name == 'script-src' else ''}" for name, value in _POLICY.items())


def script_hashes(page: bytes) -> tuple[str, ...]:
    """The SHA-256 of each inline script of a page as it was served, in base64."""
    return tuple(map(_sha256, _INLINE.findall(page)))


def _sha256(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode()


_REPORT = _sha256((files("rag.evaluate.report") / "report.js").read_bytes())


class SecurityHeaders:
    """Sends the headers with every response; a page of HTML is looked through for its scripts first."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if "text/html" not in asked.get("accept", ""):
            await self._app(scope, receive, _Dressed(send))
            return
        zipped = "gzip" in asked.get("accept-encoding", "")
        await self._app(_uncompressed(scope), receive, _DressedPage(send, zipped))


class _Dressed:
    """Adds the headers to a response as it goes by."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            dress(MutableHeaders(scope=message))
        await self._send(message)


class _DressedPage:
    """Holds an HTML response until it is whole, since the policy names its scripts; passes on any other."""

    def __init__(self, send: Send, zipped: bool) -> None:
        self._send, self._zipped = send, zipped
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            dress(headers)
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        headers, body = MutableHeaders(scope=start), bytes(self._body)
        headers["Content-Security-Policy"] = policy(script_hashes(body))
        headers["Cache-Control"] = "no-store"
        if self._zipped and body:
            body = gzip.compress(body, _GZIP_LEVEL)
            headers["Content-Encoding"] = "gzip"
        if body:
            headers["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def dress(headers: MutableHeaders) -> None:
    """Puts the headers in, and takes out those that let other sites in."""
    for name in [name for name in headers if name.lower().startswith("access-control-")]:
        del headers[name]
    for name, value in _SENT.items():
        headers[name] = value
    headers["Content-Security-Policy"] = policy()


def _uncompressed(scope: Scope) -> dict[str, Any]:
    """The request without a wish for compression, so that the page comes as text."""
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
