"""What passes between the steps from a question to an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.filters import Filters
from rag.question import Question
from rag.results import Answer, Hit


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came, with the earlier questions or answers of the conversation.

    `filters` go before those found in the question; NO_FILTERS switches these off, None leaves them as found.
    """

    question: str
    history: tuple[str | Answer, ...] = ()
    filters: Filters | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A question understood, the passages found for it, what to tell of that, and milliseconds by stage so far."""

    question: Question
    hits: tuple[Hit, ...] = ()
    notice: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)
