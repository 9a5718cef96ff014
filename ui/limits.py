"""How much a person may ask for, as ASGI middleware: requests a minute, bytes of each, and uploads by editors only.

Requests are counted by a token bucket for each user, or each address where nobody signs in: a minute's worth at once,
refilled evenly. Only what makes work counts. A few questions of one user wait at a time, so that the queue, which is
first come first served, is shared by all.
"""

from __future__ import annotations

import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.accounts import SCOPE_KEY, Person, Role
from ui.guard import refusal
from ui.serving import MEGABYTE, Serving

UPLOAD = "/gradio_api/upload"
MOST_BYTES = 16 * 1024 * 1024
SHARE = 8
_WORK = re.compile(r"/gradio_api/(queue/join|component_server|upload|run/.+|call/.+)/?|/mcp/?")
_MOST_BUCKETS = 10_000
_TOO_MANY = "That is more than {limit} requests in a minute. Try again in {seconds} s."
_SHARE = "{count} of your questions are still being answered. Ask again when one of them is."
_TOO_LARGE = "That is more than {mb:g} MB at once. Send less."
_NO_EDITOR = "Only editors put transcripts in. Ask whoever keeps the users file to make you one."

Waiting = Callable[[str], int]


class Buckets:
    """A token bucket for each key, that holds a minute's worth when it is full."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute, self._clock = per_minute, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, key: str) -> float:
        """Takes a token; 0 where there was one, else the seconds until there is one."""
        now, per_second = self._clock(), self._per_minute / 60
        held, then = self._buckets.pop(key, (float(self._per_minute), now))
        held = min(self._per_minute, held + (now - then) * per_second)
        self._buckets[key] = (held - 1 if held >= 1 else held, now)
        if len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(last=False)
        return 0.0 if held >= 1 else (1 - held) / per_second


class Limits:
    """Refuses what is too much. `waiting` gives how many questions a key has in the queue."""

    def __init__(self, app: ASGIApp, serving: Serving, host: str, waiting: Waiting | None = None) -> None:
        self._app, self._upload_bytes = app, serving.upload_mb * MEGABYTE
        self._per_minute = serving.limit(host)
        self._buckets = Buckets(self._per_minute) if self._per_minute else None
        self._waiting = waiting if self._per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        refused = self._not_allowed(scope) or self._too_often(scope)
        most = self._upload_bytes if scope["path"].startswith(UPLOAD) else MOST_BYTES
        if refused is None and _announced(scope) > most:
            refused = _too_large(most)
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self._app(scope, _Counted(receive, most), send)

    def _not_allowed(self, scope: Scope) -> ASGIApp | None:
        person = scope.get(SCOPE_KEY)
        editor = isinstance(person, Person) and person.role is Role.EDITOR
        if scope["path"].startswith(UPLOAD) and not editor:
            return refusal(HTTPStatus.FORBIDDEN, _NO_EDITOR)
        return None

    def _too_often(self, scope: Scope) -> ASGIApp | None:
        if self._buckets is None or not _WORK.fullmatch(scope["path"]):
            return None
        key = key_of(scope)
        if wait := self._buckets.wait_s(key):
            seconds = math.ceil(wait)
            told = _TOO_MANY.format(limit=self._per_minute, seconds=seconds)
            return refusal(HTTPStatus.TOO_MANY_REQUESTS, told, Retry_After=str(seconds))
        count = self._waiting(key) if self._waiting and named(scope) else 0
        if count >= SHARE:
            return refusal(HTTPStatus.TOO_MANY_REQUESTS, _SHARE.format(count=count), Retry_After="5")
        return None


def key_of(scope: Scope) -> str:
    """Whose bucket it is: the user's, else the address's."""
    person, client = scope.get(SCOPE_KEY), scope.get("client")
    if isinstance(person, Person) and person.name:
        return f"user {person.name}"
    return f"address {client[0]}" if client else "nobody"


def named(scope: Scope) -> bool:
    """Whether the person has signed in."""
    person = scope.get(SCOPE_KEY)
    return isinstance(person, Person) and person.name is not None


class _Counted:
    """A request's body, that ends with HTTPException once it is too long; the application makes a refusal of it."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._left = receive, most, most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE.format(mb=self._most / MEGABYTE))
        return message


def _announced(scope: Scope) -> int:
    told = Headers(scope=scope).get("content-length", "0")
    return int(told) if told.isdecimal() else 0


def _too_large(most: int) -> ASGIApp:
    return refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE.format(mb=most / MEGABYTE))
