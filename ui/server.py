"""An address to serve on, and a server in the background. Knows no page.

The socket is opened first, by us: a port in use is said at once, with the option to change.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from ui.errors import AddressError

PORT = 7860
LOOPBACK = "127.0.0.1"
FIRST_FREE_PORT, HIGHEST_PORT = 1024, 65_535
_POLL_S = 0.02
_STOP_S = 5.0

_REASONS = {
    errno.EADDRINUSE: "Port {port} is already in use on {host}. Choose another, for example: --port {other}",
    errno.EACCES: "Port {port} needs administrator rights. Choose another, for example: --port {other}",
    errno.EADDRNOTAVAIL: "{host} is not an address of this machine, so nothing can be served there.",
}
_OTHER = "Nothing can be served on {host}:{port}: {error}."


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes a free one. Raises AddressError, saying what to change."""
    if not 0 <= port <= HIGHEST_PORT:
        raise AddressError(f"{port} is no port. Choose one up to {HIGHEST_PORT}, for example: --port {PORT}")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise AddressError(reason(error, host, port)) from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        raise AddressError(reason(error, host, port)) from error
    return listening


class Server(uvicorn.Server):
    """Uvicorn's server, which tells the application to end its endless streams before it waits for them."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams
        logging.getLogger("uvicorn.error").addFilter(_worth_telling)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._end_streams()
        await super().shutdown(sockets)


@contextmanager
def background(app: FastAPI, listening: socket.socket, end_streams: Callable[[], None]) -> Iterator[None]:
    """The application served on the socket by a thread, from when it answers until the block is left.

    `end_streams` is called at the end, in the server's event loop.
    """
    # X-Forwarded headers are for `ui.guard` to believe or not.
    config = uvicorn.Config(
        app, log_level="warning", timeout_graceful_shutdown=1, server_header=False, proxy_headers=False
    )
    server = Server(config, end_streams)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(_POLL_S)
        yield
    finally:
        server.should_exit = True
        thread.join(_STOP_S)


def url(host: str, port: int) -> str:
    """How a browser is told to go there."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _worth_telling(record: logging.LogRecord) -> bool:
    """Answers that were still coming at the end are cut off; uvicorn would print a traceback for each."""
    cut_off = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not cut_off and not record.getMessage().startswith("Cancel ")


def reason(error: OSError | UnicodeError, host: str, port: int) -> str:
    """Why nothing can be served there, and what to do, for a person."""
    told = _REASONS.get(getattr(error, "errno", None) or 0, _OTHER)
    other = port + 1 if FIRST_FREE_PORT <= port < HIGHEST_PORT else PORT
    return told.format(host=host, port=port, other=other, error=error)
