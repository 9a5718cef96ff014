"""The chain as LangChain knows it: invoke, stream and batch, their async forms, and what callbacks get to see."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import BaseMessage
from langchain_core.outputs import LLMResult
from langchain_core.runnables import Runnable

from rag import Answer, Engine, Settings
from rag.chain import Input
from tests.rag.builders import Saying

QUESTION, OTHER = "How did the FCC vote on the draft order?", "By how much did Huawei's profits rise in 2017?"
SETTINGS = Settings(reranker="none")


@pytest.fixture(scope="module")
def says(sample_archive: Path) -> str:
    """Two sentences that hold, with the markers that their passages will have."""
    with Engine(sample_archive, settings=SETTINGS) as engine:
        n = next(hit.rank for hit in engine.search(QUESTION) if "voted 5-0" in hit.passage.text)
    return f"The US Federal Communications Commission voted 5-0 [{n}]. It voted on Tuesday for a draft order [{n}]."


@pytest.fixture
def chain(sample_archive: Path, says: str) -> Iterator[Runnable[Input, Answer]]:
    with Engine(sample_archive, settings=SETTINGS, llm=Saying(says=says)) as engine:
        yield engine.as_runnable()


class Watching(BaseCallbackHandler):
    """Keeps what a trace would: which model was asked what, what it said, and within which run."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        self.within: list[Any] = []
        self.runs: set[Any] = set()

    def on_chain_start(self, serialized: Any, inputs: Any, *, run_id: Any, **kwargs: Any) -> None:
        self.runs.add(run_id)

    def on_chat_model_start(
        self, serialized: Any, messages: list[list[BaseMessage]], *, parent_run_id: Any = None, **kwargs: Any
    ) -> None:
        self.asked.append(str(messages[0][-1].content))
        self.within.append(parent_run_id)

    def on_llm_end(self, response: LLMResult, **kwargs: Any) -> None:
        self.said.append(response.generations[0][0].text)


def test_each_way_gives_the_same_answer(chain: Runnable[Input, Answer]) -> None:
    [*_, streamed] = chain.stream(QUESTION)
    batched = chain.batch([QUESTION, {"question": QUESTION, "history": []}])
    awaited = asyncio.run(chain.ainvoke(QUESTION))
    gathered = asyncio.run(chain.abatch([QUESTION, QUESTION]))
    texts = {each.text for each in (chain.invoke(QUESTION), streamed, awaited, *batched, *gathered)}
    assert len(texts) == 1
    assert "voted 5-0" in texts.pop()


def test_an_async_stream_grows_sentence_by_sentence(chain: Runnable[Input, Answer]) -> None:
    async def grown() -> list[Answer]:
        return [answer async for answer in chain.astream(QUESTION)]

    answers = asyncio.run(grown())
    assert [answer.text for answer in answers] == [answer.text for answer in chain.stream(QUESTION)]
    assert len({answer.text for answer in answers}) == 2


def test_an_async_stream_leaves_the_loop_to_others(chain: Runnable[Input, Answer]) -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0)

    async def both() -> None:
        ticking = asyncio.create_task(tick())
        async for _ in chain.astream(QUESTION):
            pass
        ticking.cancel()

    asyncio.run(both())
    assert ticks > 10


@pytest.mark.parametrize("way", ["invoke", "stream", "batch", "ainvoke", "astream", "abatch"])
def test_callbacks_see_the_language_model_within_the_run(chain: Runnable[Input, Answer], way: str, says: str) -> None:
    watching = Watching()
    config: Any = {"callbacks": [watching]}

    async def drained() -> None:
        async for _ in chain.astream(QUESTION, config):
            pass

    ways: dict[str, Any] = {
        "invoke": lambda: chain.invoke(QUESTION, config),
        "stream": lambda: list(chain.stream(QUESTION, config)),
        "batch": lambda: chain.batch([QUESTION], config),
        "ainvoke": lambda: asyncio.run(chain.ainvoke(QUESTION, config)),
        "astream": lambda: asyncio.run(drained()),
        "abatch": lambda: asyncio.run(chain.abatch([QUESTION], config)),
    }
    ways[way]()
    assert len(watching.asked) == 1
    assert QUESTION in watching.asked[0]
    assert watching.said == [says]
    assert watching.within[0] in watching.runs


def test_an_answer_of_a_batch_that_fails_does_not_take_the_others_along(chain: Runnable[Input, Answer]) -> None:
    good, bad = chain.batch([QUESTION, " "], return_exceptions=True)
    assert isinstance(good, Answer)
    assert type(bad).__name__ == "QuestionError"
