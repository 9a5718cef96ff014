"""The search as a LangChain retriever: one after another, at once, in batches and in a chain."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from rag import Engine, Settings
from rag.errors import QuestionError

QUESTIONS = ["Webb telescope launch", "How did the FCC vote?", "border with Russia"]


@pytest.fixture(scope="module")
def engine(sample_archive: Path) -> Iterator[Engine]:
    with Engine(sample_archive) as engine:
        yield engine


@pytest.fixture(scope="module")
def retriever(engine: Engine) -> BaseRetriever:
    return engine.as_retriever()


def ids(documents: list[Document]) -> list[str | None]:
    return [document.id for document in documents]


def test_documents_are_the_hits_with_what_a_citation_needs(engine: Engine, retriever: BaseRetriever) -> None:
    documents = retriever.invoke(QUESTIONS[0])
    hits = engine.search(QUESTIONS[0], Settings().top_k)
    assert ids(documents) == [hit.passage.id for hit in hits]
    for document, hit in zip(documents, hits, strict=True):
        metadata = document.metadata
        text = engine.transcript(metadata["transcript_id"]).text
        assert text[metadata["char_start"] : metadata["char_end"]] == document.page_content == hit.passage.text
        assert (metadata["rank"], metadata["title"]) == (hit.rank, hit.title)


def test_async_and_batch_give_what_one_by_one_gives(retriever: BaseRetriever) -> None:
    wanted = [ids(retriever.invoke(question)) for question in QUESTIONS]
    assert [ids(found) for found in retriever.batch(QUESTIONS)] == wanted

    async def at_once() -> list[list[Document]]:
        return list(await asyncio.gather(*(retriever.ainvoke(question) for question in QUESTIONS)))

    assert [ids(found) for found in asyncio.run(at_once())] == wanted
    assert [ids(found) for found in asyncio.run(retriever.abatch(QUESTIONS))] == wanted


def test_it_is_a_link_of_a_chain(retriever: BaseRetriever) -> None:
    def titles(documents: list[Document]) -> list[str]:
        return [str(document.metadata["title"]) for document in documents]

    chain = retriever | RunnableLambda(titles)
    assert chain.invoke(QUESTIONS[0])[0].startswith("Webb telescope")
    assert asyncio.run(chain.ainvoke(QUESTIONS[0])) == chain.invoke(QUESTIONS[0])


@pytest.mark.parametrize("question", ['"(*" AND title:[', "🙂 x", "the of and"])
def test_signs_are_only_text(retriever: BaseRetriever, question: str) -> None:
    assert retriever.invoke(question)


def test_a_question_without_words_is_a_clear_error(retriever: BaseRetriever) -> None:
    with pytest.raises(QuestionError, match="empty"):
        retriever.invoke("🙂")
