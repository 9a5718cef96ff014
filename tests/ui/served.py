"""Users files and a raw request, for tests of how the page is served to others."""

from __future__ import annotations

import http.client
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from huggingface_hub.utils._headers import build_hf_headers

from ui.accounts import Account, Role, write_users
from ui.passwords import hashed

# gradio_client asks the model hub, once in a process, which agents there are. Here it asks before any test begins.
build_hf_headers()

PASSWORD = "correct horse battery"


@cache
def _hashed() -> str:
    return hashed(PASSWORD)


def users_file(folder: Path) -> Path:
    """A file with ada, an editor, and ben, a reader, of the same password."""
    path = folder / "users"
    write_users(path, [Account("ada", Role.EDITOR, _hashed()), Account("ben", Role.READER, _hashed())])
    return path


def raw(address: str, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """A request whose path is sent as it stands, which other clients tidy first."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, b"" if "event-stream" in (answer.headers["content-type"] or "") else answer.read()
    finally:
        connection.close()
