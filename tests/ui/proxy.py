"""A tiny reverse proxy on loopback, as nginx would be set up: a path before ours, X-Forwarded headers added."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx

_HOP = {"connection", "transfer-encoding", "content-length", "content-encoding", "host", "keep-alive"}


@contextmanager
def proxy(address: str, prefix: str, *, strips: bool) -> Iterator[str]:
    """Shows what is served at the address under a prefix, which it takes off or not; gives the address to open."""
    handler = type("Handler", (_Proxy,), {"address": address, "prefix": prefix, "strips": strips})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()


class _Proxy(BaseHTTPRequestHandler):
    address: str
    prefix: str
    strips: bool

    def _pass_on(self) -> None:
        if urlsplit(self.path).path != self.prefix and not self.path.startswith(self.prefix + "/"):
            self.send_error(404)
            return
        path = self.path.removeprefix(self.prefix) or "/" if self.strips else self.path
        headers = {name: text for name, text in self.headers.items() if name.lower() not in _HOP}
        headers["X-Forwarded-Host"] = self.headers["Host"]
        headers["X-Forwarded-Proto"] = "http"
        headers["X-Forwarded-For"] = ", ".join(filter(None, [self.headers["X-Forwarded-For"], "203.0.113.7"]))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = self.address + path
        with httpx.stream(self.command, url, headers=headers, content=body, timeout=60) as answer:
            self.send_response(answer.status_code)
            for name, text in answer.headers.multi_items():
                if name.lower() not in _HOP:
                    self.send_header(name, text)
            self.send_header("Connection", "close")
            self.end_headers()
            for part in answer.iter_bytes():
                self.wfile.write(part)
                self.wfile.flush()

    do_GET = do_POST = do_HEAD = _pass_on  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""
