"""Another process converts the archive to another model while questions are asked: answers go on, each of one model."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ingest import sync
from ingest.embed import DEFAULT_MODEL, question_embedder
from ingest.errors import ArchiveMismatch
from ingest.own_model import NAME
from ingest.passages import indexed_text
from ingest.sync import reindex
from rag import Engine, Settings
from rag.filters import NO_FILTERS, Filters
from rag.results import Answer, Hit

QUESTION = "Why is Huawei turning to Europe?"
THREADS = 3
SETTINGS = Settings(reranker="none")


@pytest.fixture
def archive(samples: tuple[Path, ...], tmp_path: Path) -> Path:
    two = [next(path for path in samples if word in path.name) for word in ("huawei", "webb")]
    assert sync(two, tmp_path / "archive").ok
    return tmp_path / "archive"


def _convert(folder: str, models: tuple[str, ...]) -> None:
    for model in models:
        reindex(folder, embedder=model)


def converting(folder: Path, *models: str) -> multiprocessing.process.BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=_convert, args=(str(folder), models))
    process.start()
    return process


def model_of(hits: tuple[Hit, ...], engine: Engine) -> str:
    """The only model by which each hit's cosine is that of the question to the passage; fails where there is none."""
    held = {hit.passage.transcript_id: engine.transcript(hit.passage.transcript_id) for hit in hits}
    texts = [indexed_text(held[hit.passage.transcript_id], hit.passage) for hit in hits]
    told = np.array([hit.parts["vectors"] for hit in hits])
    fitting = []
    for name in (DEFAULT_MODEL, NAME):
        asked, *rows = question_embedder(name).embed([QUESTION, *texts])
        if np.allclose(np.stack(rows) @ asked, told, atol=0.02):
            fitting.append(name)
    [only] = fitting
    return only


@pytest.mark.parametrize("narrowed", [False, True], ids=["by the index", "straight from the archive"])
def test_a_running_engine_answers_through_a_change_of_model_and_back(archive: Path, narrowed: bool) -> None:
    with Engine(archive, settings=SETTINGS) as engine:
        filters = Filters(since=date(2000, 1, 1)) if narrowed else NO_FILTERS
        process = converting(archive, NAME, DEFAULT_MODEL) if narrowed else converting(archive, NAME)

        def ask(number: int) -> Iterator[tuple[Answer, str]]:
            while process.is_alive():
                answer = engine.ask(QUESTION, filters=filters)
                yield answer, model_of(engine.search(QUESTION, filters=filters), engine)

        with ThreadPoolExecutor(THREADS) as pool:
            seen = [each for some in pool.map(lambda number: [*ask(number)], range(THREADS)) for each in some]
        process.join()
        assert process.exitcode == 0
        assert {answer.status for answer, _ in seen} == {"grounded"}
        assert DEFAULT_MODEL in {model for _, model in seen}
        assert model_of(engine.search(QUESTION, filters=filters), engine) == (DEFAULT_MODEL if narrowed else NAME)


def test_the_indexes_of_a_model_that_nobody_asks_any_more_are_let_go(archive: Path) -> None:
    with Engine(archive, settings=SETTINGS) as engine:
        began, may_end = threading.Event(), threading.Event()

        def look(retriever: object) -> str:
            began.set()
            may_end.wait()
            return engine.quoter._embedder.name

        with ThreadPoolExecutor(1) as pool:
            under_way = pool.submit(engine._serving.search, look)
            began.wait()
            reindex(archive, embedder=NAME)
            engine.search(QUESTION)
            assert len(engine._serving._open) == 2, "one search is still under way by the first"
            may_end.set()
            assert under_way.result() == NAME, "what it began by the first model it looked for again"
        assert len(engine._serving._open) == 1


def test_an_engine_that_was_told_a_model_says_what_to_do(archive: Path) -> None:
    with Engine(archive, settings=Settings(reranker="none", embedder=DEFAULT_MODEL)) as engine:
        assert engine.ask(QUESTION).status == "grounded"
        reindex(archive, embedder=NAME)
        with pytest.raises(
            ArchiveMismatch, match=f"ONRECORD_EMBEDDER='{NAME}'.*reindex .*--embedder '{DEFAULT_MODEL}'"
        ):
            engine.ask(QUESTION)
        reindex(archive, embedder=DEFAULT_MODEL)
        assert engine.ask(QUESTION).status == "grounded"
    with pytest.raises(ArchiveMismatch, match=f"'{NAME}' is asked for"):
        Engine(archive, settings=Settings(embedder=NAME))


def test_a_model_that_is_not_on_this_machine_is_not_looked_for(archive: Path) -> None:
    from ingest.archive import Archive

    with Archive.open(archive) as store, store.writing() as db:
        db.execute("UPDATE meta SET value = 'somebody/some-model' WHERE key = 'embedder'")
    with pytest.raises(ArchiveMismatch, match="made with embedder 'somebody/some-model'"):
        Engine(archive, settings=SETTINGS)
