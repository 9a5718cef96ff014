"""Asks a provider again after a rate limit or a passing fault: exponential pauses with jitter, never past the deadline.

What asking again cannot mend (a wrong key, an unknown model, a bad request, a quota used up) is raised at once, and so
is whatever happens once the reply has begun: half a reply cannot be taken back. A pause that the provider names
(Retry-After, RFC 9110 section 10.2.3) is kept to; one that would outlast the deadline is not begun.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")

TRIES = 4
_FIRST_S, _LONGEST_S = 0.5, 8.0
_TRANSIENT_STATUS = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_FINAL_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
_JITTER = random.SystemRandom()


def patient(ask: Callable[[], Iterator[T]], deadline: float, stopped: threading.Event) -> Iterator[T]:
    """What `ask` gives, asked up to four times. `deadline` is on the monotonic clock; `stopped` ends a pause.

    Raises whatever the last `ask` raised.
    """
    for tries in range(1, TRIES + 1):
        with _Attempt(tries, deadline) as attempt:
            for piece in ask():
                attempt.began = True
                yield piece
            return
        if stopped.wait(attempt.pause):
            return


@dataclass(slots=True)
class _Attempt:
    """Put around one request: takes a fault that may pass, and says how long to wait before the next."""

    tries: int
    deadline: float
    began: bool = False
    pause: float = 0.0

    def __enter__(self) -> _Attempt:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if self.began or self.tries == TRIES or not isinstance(error, Exception) or not may_pass(error):
            return False
        self.pause = pause_after(error, self.tries)
        return time.monotonic() + self.pause < self.deadline


def may_pass(error: Exception) -> bool:
    """Whether the same request may succeed later."""
    if str(getattr(error, "code", "")) in _FINAL_CODES:
        return False
    told = getattr(error, "is_retryable", False) or getattr(error, "status_code", 0) in _TRANSIENT_STATUS
    return bool(told) or isinstance(error, (ConnectionError, TimeoutError))


def pause_after(error: Exception, tries: int) -> float:
    """Seconds to wait after so many tries: what the provider names, else half a second doubled each time, or less."""
    named = _named(getattr(getattr(error, "response", None), "headers", {}))
    grown = min(_FIRST_S * 2 ** (tries - 1), _LONGEST_S)
    return _JITTER.uniform(grown / 2, grown) if named is None else named


def _named(headers: Mapping[str, str]) -> float | None:
    after = headers.get("retry-after", "")
    try:
        if millis := headers.get("retry-after-ms"):
            return max(float(millis) / 1000, 0.0)
        if after and after[0].isdigit():
            return float(after)
        return max((parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds(), 0.0) if after else None
    except (ValueError, TypeError):
        return None
