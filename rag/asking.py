"""One question, one answer, in one call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rag.engine import Engine, History
from rag.filters import Filters
from rag.results import Answer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def ask(
    question: str,
    *,
    archive: Path | str | None = None,
    history: History = (),
    filters: Filters | None = None,
    llm: str | BaseChatModel | None = None,
    llm_url: str | None = None,
) -> Answer:
    """One question, one answer. Opens the archive each time: keep an Engine to ask often. Raises as Engine does."""
    with Engine(archive, llm=llm, llm_url=llm_url) as engine:
        return engine.ask(question, history, filters=filters)
