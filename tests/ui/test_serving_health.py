"""`GET /healthz` tells a watcher whether questions can be answered, and nothing it should not know."""

from __future__ import annotations

from pathlib import Path

import httpx

from ingest.errors import ArchiveMissing
from tests.ui.fakes import LISTINGS, FakeEngine
from tests.ui.served import users_file
from ui.app import running
from ui.serving import Serving


def test_a_sound_archive_is_counted() -> None:
    with running(FakeEngine(), port=0) as address:
        answer = httpx.get(f"{address}/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "transcripts": len(LISTINGS), "speakers": 1, "words": 33 + 0}
    assert answer.headers["cache-control"] == "no-store"


def test_an_archive_that_cannot_be_read_is_503_without_its_place() -> None:
    with running(FakeEngine(broken=ArchiveMissing("There is no archive in /srv/secret.")), port=0) as address:
        answer = httpx.get(f"{address}/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "reason": "ArchiveMissing"}


def test_health_needs_no_login(tmp_path: Path) -> None:
    with running(FakeEngine(), port=0, serving=Serving(users=users_file(tmp_path))) as address:
        assert httpx.get(f"{address}/healthz").status_code == 200
        assert httpx.get(f"{address}/config").status_code == 401
