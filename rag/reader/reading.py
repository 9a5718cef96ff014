"""What a reader says of a passage, and the protocol of those who read. Nothing here reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rag.results import Hit


@dataclass(frozen=True, slots=True)
class Reading:
    """How well a passage fits a question, beside others of the same question: higher is better, unbounded.

    `answers` is the logit of its answering the question at all, None where the reader does not tell. `sentences` is
    how well each of its sentences does, by where they start in the transcript; empty where the reader does not tell.
    """

    rank: float
    answers: float | None = None
    sentences: Mapping[int, float] = field(default_factory=dict)


class Reader(Protocol):
    """Reads passages beside a question. `name` goes on record with what it scored."""

    name: str

    def read(self, question: str, hits: Sequence[Hit]) -> Sequence[Reading]:
        """A reading for each of the hits from the first on; fewer than there are when time ran out."""
        ...

    def warm(self) -> None:
        """Loads what takes long to load, if it is not there yet. Raises ModelError."""
        ...
