"""Which requests reach the page at all, as ASGI middleware: known paths, this host, no other site.

Only what the page, the API and health need of Gradio's routes is open (`OPEN`); its file, proxy, component and
developer routes are not there for anybody. A request that a browser makes on behalf of another site is refused,
following "Fetch Metadata" (W3C) and, for browsers without, the Origin header; following a link here is not. On
loopback without a proxy the Host header must be a loopback name, so that a foreign name cannot be pointed at us.

Behind a proxy its last X-Forwarded entries are believed; without one such headers are dropped. It logs nobody in.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.serving import Serving, is_loopback

_READ, _WRITTEN = ("GET", "HEAD"), ("POST",)
_NAME = r"[\w.-]+"
OPEN: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (methods, re.compile(pattern))
    for methods, pattern in (
        (_READ, r"/(healthz|login|config/?|theme\.css|favicon\.ico|robots\.txt|manifest\.json)?"),
        (_READ, r"/(assets|static)/.+"),
        (_READ, r"/gradio_api/(info/?|theme\.css|login_check/?|startup-events|app_id/?)"),
        (_READ, rf"/gradio_api/(queue/(data|status)|upload_progress|heartbeat/{_NAME}|call/(v2/)?{_NAME}/{_NAME})"),
        (_WRITTEN, r"/(login|logout)"),
        (_WRITTEN, rf"/gradio_api/(queue/join|cancel|reset|upload|component_server/?|(run|call|call/v2)/{_NAME})/?"),
        (("GET", "POST", "DELETE"), r"/mcp/?"),
    )
)
_FOREIGN = "A request from another site is not taken. Open the page itself."
_HOST = "{host} is not how this page is reached. Open {own}, or serve it with --host, or --root-path behind a proxy."


class Guard:
    """Refuses what is not to reach the page, with a sentence as JSON {"detail"}."""

    def __init__(self, app: ASGIApp, serving: Serving, host: str) -> None:
        self._app, self._serving = app, serving
        self._local_only = not serving.reached_by_others(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        seen = self._seen(scope)
        refused = self._refusal(seen)
        await (refused or self._app)(seen, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._local_only and not is_loopback(_hostname(host)):
            return refusal(HTTPStatus.MISDIRECTED_REQUEST, _HOST.format(host=host or "That", own="http://127.0.0.1"))
        if from_elsewhere(scope["method"], headers, _known_as(headers, self._serving.proxied)):
            return refusal(HTTPStatus.FORBIDDEN, _FOREIGN)
        if not is_open(scope["method"], scope["path"]):
            return refusal(HTTPStatus.NOT_FOUND, "There is nothing here.")
        return None

    def _seen(self, scope: Scope) -> dict[str, Any]:
        """The request as the browser made it: a proxy's word on it believed, anybody else's dropped."""
        headers = Headers(scope=scope)
        if not self._serving.proxied:
            kept = [pair for pair in scope["headers"] if not pair[0].startswith((b"x-forwarded-", b"forwarded"))]
            return {**scope, "headers": kept}
        changed = {**scope, "path": _without(scope["path"], self._serving.prefix)}
        changed["raw_path"] = changed["path"].encode()
        changed["scheme"] = _last(headers, "x-forwarded-proto") or scope["scheme"]
        address = _last(headers, "x-forwarded-for")
        changed["client"] = (address, 0) if address else scope.get("client")
        return changed


def is_open(method: str, path: str) -> bool:
    """Whether a path is there for that method."""
    return any(method in methods and pattern.fullmatch(path) for methods, pattern in OPEN)


def from_elsewhere(method: str, headers: Headers, host: str) -> bool:
    """Whether another site has a browser make this request; opening the page by a link is none."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None:
        return origin is not None and _plain(urlsplit(origin).netloc) != _plain(host)
    opened = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return site not in {"same-origin", "none"} and not (opened and method == "GET")


def refusal(status: HTTPStatus, detail: str, **headers: str) -> JSONResponse:
    """A refusal for people and programs alike; the page shows the sentence."""
    return JSONResponse({"detail": detail}, status, {name.replace("_", "-"): text for name, text in headers.items()})


def _known_as(headers: Headers, proxied: bool) -> str:
    return (_last(headers, "x-forwarded-host") if proxied else "") or headers.get("host", "")


def _plain(place: str) -> str:
    return place.lower().removesuffix(":80").removesuffix(":443")


def _last(headers: Headers, name: str) -> str:
    """What the proxy next to us has added; what stands before it anybody may have written."""
    return headers.get(name, "").rpartition(",")[2].strip()


def _without(path: str, prefix: str) -> str:
    """The path as it is here, whether or not the proxy has taken its own part off."""
    return path.removeprefix(prefix) or "/" if prefix and (path + "/").startswith(prefix + "/") else path


def _hostname(host: str) -> str:
    return host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
