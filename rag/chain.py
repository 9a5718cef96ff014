"""The way from a question to an answer as a LangChain Runnable: understand, then retrieve, then answer.

`invoke`, `stream`, `batch` and their async forms work on it; the retriever alone is a LangChain BaseRetriever. It only
wraps the steps it is given; the engine runs the same steps without LangChain where a start has to be quick.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda
from langchain_core.runnables.config import ensure_config, run_in_executor, set_config_context

from rag.results import Answer, Hit
from rag.steps import Asked, Found

Input = str | Mapping[str, Any]


class Answerer(Runnable[Found, Answer]):
    """The last step: streams growing answers, of which the last is complete; `invoke` gives that one.

    A batch sets no context for its steps, so `invoke` does: callbacks and traces see the language model then too.
    """

    def __init__(self, answer: Callable[[Found], Iterator[Answer]]) -> None:
        self._answer = answer

    def invoke(self, input: Found, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002
        with set_config_context(ensure_config(config)) as context:
            return context.run(lambda: deque(self._answer(input), maxlen=1)[0])

    def stream(self, input: Found, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[Answer]:  # noqa: A002
        yield from self._answer(input)

    async def astream(
        self,
        input: Found,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[Answer]:
        """The same without keeping the event loop waiting: each step runs in LangChain's pool of threads."""
        grown = self._answer(input)
        while (answer := await run_in_executor(config, next, grown, None)) is not None:
            yield answer


class PassageRetriever(BaseRetriever):
    """Passages as LangChain documents: transcript, speakers, times and offsets are in the metadata."""

    search: Callable[[str], Sequence[Hit]]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [document(hit) for hit in self.search(query)]


def build_chain(
    understand: Callable[[Asked], Found],
    retrieve: Callable[[Found], Found],
    answer: Callable[[Found], Iterator[Answer]],
) -> Runnable[Input, Answer]:
    """A Runnable from a question, or {"question": …, "history": […], "filters": Filters(…)}, to an Answer."""
    return RunnableLambda(_asked) | RunnableLambda(understand) | RunnableLambda(retrieve) | Answerer(answer)


def document(hit: Hit) -> Document:
    """The hit's passage with all that a citation of it needs."""
    passage = hit.passage
    metadata = {
        "transcript_id": passage.transcript_id,
        "title": hit.title,
        "source": hit.source,
        "published": hit.published.isoformat() if hit.published else None,
        "speakers": list(passage.speakers),
        "start_ms": passage.start_ms,
        "end_ms": passage.end_ms,
        "interpolated": passage.interpolated,
        "char_start": passage.char_start,
        "char_end": passage.char_end,
        "score": hit.score,
        "rank": hit.rank,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)


def _asked(given: Input) -> Asked:
    if isinstance(given, str):
        return Asked(given)
    return Asked(given["question"], tuple(given.get("history", ())), given.get("filters"))
