"""A server on loopback that speaks OpenAI's chat API over real HTTP and does as its script says, request by request."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FRAME = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "x"}


@dataclass(frozen=True, slots=True)
class Act:
    """What it does with one request.

    With a status other than 200 it refuses, with what it `says`. Else it streams that, `times` over (for ever if None),
    and ends as told: "stop", "drop" (hangs up in the middle), "garbage" (no JSON), "silence" (says nothing more).
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    times: int | None = 1
    ends: str = "stop"
    code: str | None = None


@dataclass(slots=True)
class Served:
    """Where it listens, when it was asked what, and with which Authorization headers."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(acts: Sequence[Act]) -> Iterator[Served]:
    """Plays the acts in order; the last goes on for every request after it."""
    served = Served()
    handler = type("Handler", (_Chat,), {"acts": acts, "served": served})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        served.url = f"http://127.0.0.1:{server.server_port}/v1"
        try:
            yield served
        finally:
            served.closed.set()
            server.shutdown()


class _Chat(BaseHTTPRequestHandler):
    acts: Sequence[Act]
    served: Served

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        act = self.acts[min(len(self.served.asked), len(self.acts) - 1)]
        self.served.asked.append(body)
        self.served.at.append(time.monotonic())
        self.served.keys.append(self.headers.get("Authorization", ""))
        try:
            self._refuse(act) if act.status != 200 else self._stream(act)
        except ConnectionError:
            self.close_connection = True

    def _refuse(self, act: Act) -> None:
        body = json.dumps({"error": {"message": act.says or f"status {act.status}", "code": act.code}}).encode()
        self.send_response(act.status)
        for name, value in {"Content-Type": "application/json", **act.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, act: Act) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        if act.ends == "drop":
            self.send_header("Content-Length", "1000000")
        self.end_headers()
        said = 0
        while not self.served.closed.is_set() and (act.times is None or said < act.times):
            self._send({"index": 0, "delta": {"role": "assistant", "content": act.says}, "finish_reason": None})
            said += 1
        self._end(act)

    def _end(self, act: Act) -> None:
        if act.ends == "silence":
            self.served.closed.wait(30)
        elif act.ends == "garbage":
            self.wfile.write(b"data: \xff\xfe{not json at all\n\ndata: <html>502</html>\n\n")
        elif act.ends == "stop":
            self._send({"index": 0, "delta": {}, "finish_reason": "stop"})
            self.wfile.write(b"data: [DONE]\n\n")

    def _send(self, choice: Mapping[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps({**FRAME, 'choices': [choice]})}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""
