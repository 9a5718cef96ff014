"""Which Chroma server keeps the vectors, where one does: said by ONRECORD_CHROMA and its options in the environment.

ONRECORD_CHROMA is the server's address (https://vectors.example.org:8000); without it vectors are in the archive's
folder. ONRECORD_CHROMA_TOKEN is sent with every request, both as "Authorization: Bearer" and as "X-Chroma-Token".
ONRECORD_CHROMA_CA names the file of certificates that the server's is checked against, in place of the usual ones.
Nothing here connects.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ingest.errors import StorageError

VARIABLE, TOKEN, CERTIFICATES = "ONRECORD_CHROMA", "ONRECORD_CHROMA_TOKEN", "ONRECORD_CHROMA_CA"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """A server, and the archive that it is for. `verify` is what its certificate is checked against."""

    address: str
    host: str
    port: int
    ssl: bool
    archive_id: str
    token: str = field(default="", repr=False)
    verify: bool | str = True

    @property
    def headers(self) -> Mapping[str, str]:
        """What is sent with every request."""
        return {"Authorization": f"Bearer {self.token}", "X-Chroma-Token": self.token} if self.token else {}

    def collection(self, folder: Path) -> str:
        """The name of the collection that stands for the folder: other archives, and copies elsewhere, have others."""
        return "onrecord-" + hashlib.sha256(f"{self.archive_id} {folder}".encode()).hexdigest()[:40]

    def unreachable(self, error: Exception) -> str:
        """What to tell a person."""
        return (
            f"The Chroma server at {self.address}, which {VARIABLE} names, does not serve the vectors: {error}. "
            f"Start it, or see to the address and {TOKEN}; without {VARIABLE} vectors are kept in the archive's folder."
        )


def chroma_server(archive_id: str) -> ChromaServer | None:
    """The server that the environment names for the archive, if any. Raises StorageError where it names none."""
    address = os.environ.get(VARIABLE, "").strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
        host, port, path = parts.hostname or "", parts.port or _PORTS[parts.scheme], parts.path.strip("/")
    except (ValueError, KeyError):
        host, port, path = "", 0, ""
    if not host or path:
        raise StorageError(f"{VARIABLE} is {address!r}. Write it like http://127.0.0.1:8000, with no path.")
    token, certificates = os.environ.get(TOKEN, ""), os.environ.get(CERTIFICATES, "")
    return ChromaServer(
        address, host, port, address.lower().startswith("https:"), archive_id, token, certificates or True
    )
