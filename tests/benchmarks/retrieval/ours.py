"""Our engine asked a set, through whatever settings: a Record a question, scored by `rag.evaluate`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest.archive import Archive
from ingest.building import folders
from ingest.embed import question_embedder
from ingest.sync import open_any
from ingest.words import WordIndex
from rag import Answer, Engine, Hit, Settings
from rag.errors import QuestionError
from rag.evaluate import Case
from rag.evaluate.alignment import WordAlignment
from rag.evaluate.locate import Locator
from rag.evaluate.record import Record
from rag.evaluate.score import DEEPEST, Scorer

FOUND = "find"
_WARM_UP = ("What was said about the weather?", "Who spoke first?", "How many people were there?")


def ask_all(cases: Sequence[Case], archive: Path, over: Mapping[str, Any], done: frozenset[str]) -> Iterator[Record]:
    """The records of the questions that are not done, in order; nothing is opened where all are."""
    left = [case for case in cases if case.id not in done]
    if not left:
        return
    with Engine(archive, settings=Settings(**{"archive": archive, **over})) as engine, open_any(archive) as held:
        scorer = _scorer(held, engine.settings.embedder)
        engine.warm(wait=True)
        for question in _WARM_UP:
            engine.ask(question)
        for case in left:
            yield _asked(engine, scorer, case)


def _scorer(held: Archive, model: str) -> Scorer:
    return Scorer(held, Locator(held, WordIndex(folders(held)["words"])), question_embedder(model), WordAlignment())


def _asked(engine: Engine, scorer: Scorer, case: Case) -> Record:
    """An answer is made only where the set has one, or has it that there is none; else passages alone are found."""
    record = scorer.begin(case, "as asked")
    try:
        if case.answers or case.answerable is False:
            answer = engine.ask(case.question, case.history)
            hits = _deeper(engine, case, record, answer)
            return scorer.finish(record, answer, hits, {FOUND: _finding(answer.timings)})
        began = time.perf_counter()
        hits = engine.search(case.question, DEEPEST, case.history)
        ms = (time.perf_counter() - began) * 1000
        return scorer.finish(record, Answer(case.question, "", (), hits), hits, {FOUND: ms})
    except QuestionError as error:
        return replace(record, error=str(error))


def _deeper(engine: Engine, case: Case, record: Record, answer: Answer) -> tuple[Hit, ...]:
    """The answer's hits; more of them, searched for anew, only where these do not find all the evidence."""
    spans = [(each.transcript_id, span) for each in record.evidence for span in each.spans[:1]]
    if all(any(_overlaps(hit, *place) for hit in answer.hits) for place in spans):
        return answer.hits
    return engine.search(case.question, DEEPEST, case.history)


def _overlaps(hit: Hit, transcript_id: str, span: tuple[int, int]) -> bool:
    passage = hit.passage
    return passage.transcript_id == transcript_id and span[0] < passage.char_end and passage.char_start < span[1]


def _finding(timings: Mapping[str, float]) -> float:
    return timings["understand"] + timings["retrieve"]
