"""`GET /healthz`: whether questions can be answered here, for whatever watches over the server. Needs no login.

It names no file and no person: a reason is the kind of error, and `onrecord doctor` tells the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse

from ingest.errors import IngestError
from rag.errors import RagError
from ui.asker import Asker

PATH = "/healthz"


def health(engine: Asker) -> Callable[[], JSONResponse]:
    """What answers: 200 with what the archive holds, 503 with why it cannot be read."""

    def healthz() -> JSONResponse:
        try:
            entries = engine.entries()
        except (IngestError, RagError, sqlite3.Error, OSError) as error:
            return _told(HTTPStatus.SERVICE_UNAVAILABLE, {"status": "unavailable", "reason": type(error).__name__})
        speakers = {name for entry in entries for name in entry.speakers}
        words = sum(entry.words for entry in entries)
        held = {"transcripts": len(entries), "speakers": len(speakers), "words": words}
        return _told(HTTPStatus.OK, {"status": "ok", **held})

    return healthz


def _told(status: HTTPStatus, facts: dict[str, Any]) -> JSONResponse:
    return JSONResponse(facts, status, {"Cache-Control": "no-store"})
