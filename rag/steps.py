"""What passes between the steps from a question to an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.question import Question
from rag.results import Answer, Hit


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came, with the earlier questions or answers of the conversation."""

    question: str
    history: tuple[str | Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A question understood, the passages found for it, and the milliseconds by stage so far."""

    question: Question
    hits: tuple[Hit, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
