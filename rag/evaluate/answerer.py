"""What can be tested: anything that answers with citations. `Engine` is one; a person's own object may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from rag.results import Answer, Hit


class Answerer(Protocol):
    """Answers questions over the archive that the test looks at. `history` is the earlier questions, oldest first."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The complete answer. QuestionError marks a question as failed; any other exception ends the run."""
        ...


@runtime_checkable
class Searcher(Protocol):
    """An answerer that can be asked for more passages than it reads, so that recall@20 can be measured."""

    def search(self, question: str, limit: int = 10, history: Sequence[str] = ()) -> tuple[Hit, ...]:
        """The `limit` passages that fit best, best first, as `ask` would find them."""
        ...
