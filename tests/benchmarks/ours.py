"""On the Record as a pipeline under measurement: default settings, and the answerer that only quotes."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

from ingest import sync
from ingest.archive import Archive
from ingest.embed import bf16_is_faster
from rag import Answer, Citation, Engine, Settings
from rag.evaluate import Case
from tests.benchmarks.pipelines import TOP, Built, Passage, Quote, Reply, Written


def ingest(files: Sequence[Path], folder: Path) -> Built:
    """Brings the files into an archive. Raises RuntimeError naming the first file that did not go in."""
    report = sync(files, folder)
    if not report.ok:
        raise RuntimeError(f"not ingested: {report.failed[0].error}")
    tried = bf16_is_faster.cache_info().currsize > 0
    with Archive.open(folder) as archive:
        return Built(archive.passage_count(), "bfloat16" if tried and bf16_is_faster() else "float32")


class Ours:
    """An engine, asked with the conversation so far."""

    def __init__(self, folder: Path) -> None:
        self._engine = Engine(folder, settings=Settings(archive=folder, top_k=TOP))
        self._names = {entry.id: Path(entry.place).name for entry in self._engine.entries()}

    def settle(self) -> None:
        """Has the engine load its fast embedder, as the chat page does, and waits for it."""
        self._engine.warm()
        for thread in set(threading.enumerate()) - {threading.main_thread(), threading.current_thread()}:
            if not thread.daemon:
                thread.join()

    def ask(self, case: Case) -> Reply:
        """The answer; finding passages is what the engine gives for understanding and retrieving."""
        began = time.perf_counter()
        answer = self._engine.ask(case.question, case.history)
        ms = (time.perf_counter() - began) * 1000
        found = [hit.passage for hit in answer.hits]
        passages = tuple(Passage(self._names[each.transcript_id], each.text) for each in found)
        finding = answer.timings["understand"] + answer.timings["retrieve"]
        return Reply(passages, finding, self._written(answer, ms))

    def _written(self, answer: Answer, ms: float) -> Written:
        return Written(answer.text, answer.status == "refused", tuple(map(self._quote, answer.citations)), ms)

    def _quote(self, citation: Citation) -> Quote:
        text = self._engine.transcript(citation.transcript_id).text
        in_place = text[citation.char_start : citation.char_end] == citation.quote
        return Quote(self._names[citation.transcript_id], citation.quote, in_place)


def open_folder(folder: Path) -> Ours:
    """The archive in the folder, open for questions."""
    return Ours(folder)
