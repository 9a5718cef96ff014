"""More than a person's share is refused with a sentence and a time to come back; others are not touched by it."""

from __future__ import annotations

import io
import threading
from itertools import chain, repeat
from pathlib import Path

import httpx
from gradio_client import Client

from tests.ui.fakes import FakeEngine, grounded
from tests.ui.served import PASSWORD, users_file
from ui.app import running
from ui.limits import SHARE, Buckets
from ui.serving import Serving


def test_a_bucket_holds_a_minutes_worth_and_fills_evenly() -> None:
    now = [0.0]
    buckets = Buckets(30, lambda: now[0])
    assert [buckets.wait_s("a") for _ in range(30)] == [0.0] * 30
    assert buckets.wait_s("a") == 60 / 30
    assert buckets.wait_s("b") == 0
    now[0] += 2
    assert buckets.wait_s("a") == 0
    assert buckets.wait_s("a") == 60 / 30
    now[0] += 3600
    assert [buckets.wait_s("a") for _ in range(30)] == [0.0] * 30
    assert buckets.wait_s("a") > 0


def test_too_many_requests_are_told_when_to_come_back() -> None:
    with running(FakeEngine(), port=0, serving=Serving(per_minute=3)) as address:
        answers = [httpx.post(f"{address}/gradio_api/run/none", json={"data": []}) for _ in range(4)]
        reading = httpx.get(f"{address}/config")
    assert 429 not in [each.status_code for each in answers[:3]]
    assert answers[3].status_code == 429
    assert 1 <= int(answers[3].headers["retry-after"]) <= 60 / 3
    assert answers[3].json()["detail"].startswith("That is more than 3 requests in a minute. Try again in ")
    assert reading.status_code == 200


def test_loopback_has_no_limit() -> None:
    with running(FakeEngine(), port=0) as address:
        statuses = {httpx.post(f"{address}/gradio_api/run/none", json={"data": []}).status_code for _ in range(150)}
    assert 429 not in statuses


def test_an_upload_beyond_its_bytes_is_refused_announced_or_not() -> None:
    with running(FakeEngine(), port=0, serving=Serving(upload_mb=1)) as address:
        upload = f"{address}/gradio_api/upload"
        told = httpx.post(upload, files={"files": ("a.txt", io.BytesIO(b"a" * 2_000_000))})
        begun = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        parts = chain([begun], repeat(b"a" * 100_000, 20))
        head = {"content-type": "multipart/form-data; boundary=x"}
        unannounced = httpx.post(upload, content=parts, headers=head)
        fits = httpx.post(upload, files={"files": ("a.txt", b"a" * 900_000)})
    assert told.status_code == unannounced.status_code == 413
    assert told.json()["detail"] == "That is more than 1 MB at once. Send less."
    assert fits.status_code == 200


def test_no_other_request_is_endless_either() -> None:
    with running(FakeEngine(), port=0) as address:
        answer = httpx.post(f"{address}/gradio_api/queue/join", content=b"[" * 17_000_000)
    assert answer.status_code == 413


def test_one_user_fills_no_more_than_a_share_of_the_queue(tmp_path: Path) -> None:
    gate = threading.Event()
    engine = FakeEngine(otherwise=grounded, gate=gate)
    with running(engine, port=0, serving=Serving(users=users_file(tmp_path), per_minute=1000)) as address:
        greedy, other = (
            Client(address, auth=(name, PASSWORD), verbose=False, analytics_enabled=False) for name in ("ada", "ben")
        )
        jobs = [greedy.submit(f"Why {number}?", api_name="/ask") for number in range(SHARE)]
        while len(engine.asked) < SHARE:
            threading.Event().wait(0.02)
        auth = ("ada", PASSWORD)
        refused = httpx.post(f"{address}/gradio_api/call/ask", json={"data": ["Why?"]}, auth=auth, timeout=60)
        also = other.submit("And mine?", api_name="/ask")
        gate.set()
        assert also.result(60)["question"] == "And mine?"
        assert {job.result(60)["status"] for job in jobs} == {"grounded"}
    assert refused.status_code == 429
    assert refused.json()["detail"].startswith(f"{SHARE} of your questions are still being answered")
