"""What the page needs from an engine, and nothing more. `rag.engine.Engine` satisfies it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from ingest.transcript import Transcript
from rag.explain import Explained
from rag.filters import Filters
from rag.results import Answer


class Listed(Protocol):
    """A transcript as the archive lists it."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str | None: ...
    @property
    def published(self) -> date | None: ...
    @property
    def speakers(self) -> tuple[str, ...]: ...
    @property
    def place(self) -> str: ...
    @property
    def duration_ms(self) -> int | None: ...
    @property
    def words(self) -> int: ...


class Asker(Protocol):
    """Answers questions over an archive; may be asked from several threads at once.

    `stream` yields a growing answer, the last one complete. `history` is the earlier questions, or answers, of the
    conversation, oldest first; `filters` narrow the search by hand.
    """

    def ask(self, question: str, history: Sequence[str | Answer] = (), *, filters: Filters | None = None) -> Answer: ...
    def stream(
        self, question: str, history: Sequence[str | Answer] = (), *, filters: Filters | None = None
    ) -> Iterator[Answer]: ...
    def explain(
        self, question: str, limit: int = 10, history: Sequence[str | Answer] = (), *, filters: Filters | None = None
    ) -> Explained: ...
    def entries(self) -> Sequence[Listed]: ...
    def transcript(self, id_or_prefix: str, /) -> Transcript: ...
