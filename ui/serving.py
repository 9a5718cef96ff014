"""To whom the page is served, and how much each may ask of it: plain values, checked before a port is opened."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from ui.errors import OpenDoorError

PER_MINUTE = 120
UPLOAD_MB, FILES = 200, 1000
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Serving:
    """Who is let in, and what is asked of the page at most.

    `users` is a users file, `open_to_all` that nobody has to log in. `root_path` is where a reverse proxy shows the
    page, "/" for its root; given at all, the proxy's X-Forwarded headers are believed, else none are. `per_minute` is
    how many requests a user (an address, where nobody logs in) may make: None is PER_MINUTE where others can reach
    the page and no limit where not, 0 is no limit. `upload_mb` is for one upload, `files` for one call.
    """

    users: Path | None = None
    open_to_all: bool = False
    root_path: str | None = None
    per_minute: int | None = None
    upload_mb: int = UPLOAD_MB
    files: int = FILES
    mcp: bool = False

    @property
    def prefix(self) -> str:
        """The path before every path as a browser sees it; empty at the root."""
        cleaned = (self.root_path or "").strip("/")
        return f"/{cleaned}" if cleaned else ""

    @property
    def proxied(self) -> bool:
        """Whether a reverse proxy stands before the page."""
        return self.root_path is not None

    def reached_by_others(self, host: str) -> bool:
        """Whether somebody at another machine can reach the page that is served on this host."""
        return self.proxied or not is_loopback(host)

    def limit(self, host: str) -> int:
        """Requests a minute; 0 for no limit."""
        if self.per_minute is not None:
            return self.per_minute
        return PER_MINUTE if self.reached_by_others(host) else 0

    def check(self, host: str) -> None:
        """Raises OpenDoorError when others are let in without a word on whom, or with two that contradict."""
        if self.users and self.open_to_all:
            raise OpenDoorError("--auth and --no-auth contradict each other. Give one of them.")
        if self.reached_by_others(host) and not (self.users or self.open_to_all):
            where = "Behind a proxy" if self.proxied else f"Serving on {host}"
            raise OpenDoorError(
                f"{where} lets others in. Give --auth USERS_FILE, a file made with onrecord users add, or --no-auth "
                "if everybody who can reach it may read the archive."
            )


ALONE = Serving()
"""For nobody but who sits at this machine."""


def is_loopback(host: str) -> bool:
    """Whether the host is this machine's loopback and nothing else: 127.0.0.1, ::1, localhost."""
    bare = host.strip("[]").lower().rstrip(".")
    if bare == "localhost" or bare.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False
