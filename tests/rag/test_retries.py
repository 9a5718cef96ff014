"""A provider over real HTTP that is busy, faulty, or worse: asked again where that can help, bounded, told in words."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from rag.chat_models import load
from rag.errors import AnswererError
from rag.results import Answer
from rag.retries import TRIES, may_pass, patient, pause_after
from rag.write import Limits, Writer
from tests.rag.builders import hits, lookup, transcript
from tests.rag.chat_server import Act, Served, serving

QUESTION = "why is Huawei pivoting to Europe?"
GOOD = "Huawei is pivoting to Europe because the US is getting harder to enter [1]. "
FINE = Act(says=GOOD)
SOON = {"Retry-After-Ms": "20"}


def asked(served: Served, limits: Limits | None = None) -> Answer:
    of = transcript()
    writer = Writer(load("openai:x", url=served.url), "openai:x", served.url, limits or Limits(seconds=20))
    return writer.write(QUESTION, hits(of), lookup(of))


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_what_may_pass_is_asked_again(status: int) -> None:
    with serving([Act(status, SOON), FINE]) as served:
        assert len(asked(served).citations) == 1
        assert len(served.asked) == 2


def test_a_pause_that_the_provider_names_is_kept_to() -> None:
    with serving([Act(429, {"Retry-After": "1"}), FINE]) as served:
        asked(served)
        [pause] = [later - earlier for earlier, later in pairwise(served.at)]
        assert pause >= 1.0


def test_it_gives_up_after_some_tries() -> None:
    with serving([Act(503, SOON)]) as served:
        with pytest.raises(AnswererError, match="has a fault at the provider's"):
            asked(served)
        assert len(served.asked) == TRIES


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_asking_again_cannot_mend_is_told_at_once(status: int) -> None:
    with serving([Act(status, SOON), Act(status, SOON), FINE]) as served:
        with pytest.raises(AnswererError):
            asked(served)
        # A server that refuses the option to count tokens as a bad request is asked once without it.
        assert len(served.asked) == (2 if status == 400 else 1)


def test_a_quota_used_up_is_not_asked_for_again() -> None:
    with serving([Act(429, SOON, code="insufficient_quota"), FINE]) as served:
        with pytest.raises(AnswererError, match="or its quota is used up"):
            asked(served)
        assert len(served.asked) == 1


def test_a_pause_longer_than_the_answer_may_take_is_not_begun() -> None:
    with serving([Act(429, {"Retry-After": "3600"}), FINE]) as served:
        began = time.monotonic()
        with pytest.raises(AnswererError, match="too many requests"):
            asked(served)
        assert len(served.asked) == 1
        assert time.monotonic() - began < 3600


def test_a_line_that_drops_in_the_middle_is_told_and_not_asked_again() -> None:
    with serving([Act(says=GOOD, ends="drop")]) as served:
        with pytest.raises(AnswererError, match="cannot be reached"):
            asked(served)
        assert len(served.asked) == 1


def test_garbage_after_a_good_sentence_is_an_error_in_words() -> None:
    with serving([Act(says=GOOD, ends="garbage")]) as served, pytest.raises(AnswererError) as raised:
        asked(served)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("says", [GOOD, "x", "the ", "Ja, das ist so [99]. "])
def test_a_reply_without_end_is_bounded(says: str) -> None:
    with serving([Act(says=says, times=None)]) as served:
        answer = asked(served, Limits(seconds=15, chars=2_000))
        assert answer.notice
        assert len(answer.citations) == (1 if says == GOOD else 0)


def test_a_reply_that_falls_silent_is_not_waited_for() -> None:
    with serving([Act(says=f"{GOOD}And then it went on to say that ", ends="silence")]) as served:
        answer = asked(served, Limits(seconds=3))
        assert len(answer.citations) == 1
        assert "took too long" in answer.notice


@pytest.mark.parametrize(
    ("says", "struck"),
    [
        ("", 0),
        ("Huawei wendet sich Europa zu, weil die Vereinigten Staaten schwieriger werden [1].", 1),
        ("华为正在转向欧洲 [1]。", 1),
        ("Huawei is pivoting to Europe [99].", 1),
        ("Huawei is pivoting to Europe.", 1),
    ],
)
def test_nothing_another_language_and_made_up_markers_show_nothing(says: str, struck: int) -> None:
    with serving([Act(says=says)]) as served:
        answer = asked(served)
        assert answer.citations == ()
        assert len(answer.rejected) == struck


def test_requests_wait_their_turn_and_the_first_does_not() -> None:
    of = transcript()
    with serving([FINE]) as served:
        model = load("openai:x", url=served.url, requests_per_minute=60)
        writer = Writer(model, "openai:x", served.url)
        for _ in range(3):
            writer.write(QUESTION, hits(of), lookup(of))
        assert all(later - earlier >= 0.8 for earlier, later in pairwise(served.at))


class Busy(Exception):
    """A provider's error with a status and headers, as their libraries have it."""

    def __init__(self, status: int = 429, **headers: str) -> None:
        super().__init__("busy")
        self.status_code = status
        self.response = type("Response", (), {"headers": {name.replace("_", "-"): v for name, v in headers.items()}})()


def test_pauses_double_and_vary_up_to_a_bound() -> None:
    for tries, most in ((1, 0.5), (2, 1.0), (3, 2.0), (9, 8.0)):
        pauses = {pause_after(Busy(), tries) for _ in range(50)}
        assert len(pauses) > 1
        assert all(most / 2 <= pause <= most for pause in pauses)


def test_pauses_as_providers_name_them() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert pause_after(Busy(retry_after="7"), 1) == 7.0
    assert pause_after(Busy(retry_after_ms="250"), 1) == 0.25
    assert 55 < pause_after(Busy(retry_after=later), 1) <= 60
    assert pause_after(Busy(retry_after="Sat, 01 Jan 2000 00:00:00 GMT"), 1) == 0.0


@pytest.mark.parametrize("said", ["soon", "-5", "", "12x"])
def test_a_pause_nobody_can_read_is_none(said: str) -> None:
    assert pause_after(Busy(retry_after=said), 1) <= 0.5


def test_which_errors_may_pass() -> None:
    assert may_pass(Busy(429))
    assert may_pass(ConnectionResetError())
    assert may_pass(TimeoutError())
    assert not may_pass(Busy(404))
    assert not may_pass(ValueError("no"))


def test_someone_who_goes_away_ends_the_pause() -> None:
    stopped = threading.Event()
    stopped.set()

    def busy() -> Iterator[str]:
        yield from ()
        raise Busy(retry_after="30")

    assert list(patient(busy, time.monotonic() + 100, stopped)) == []
