"""The questions asked, one after another: each judged and stored, follow-ups also without the conversation before them.

Nothing is held but the question at hand, so that a set may be as long as it likes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ingest.sync import Progress
from rag.engine import Engine
from rag.errors import QuestionError
from rag.evaluate.answerer import Answerer, Searcher
from rag.evaluate.cases import Case, QuestionSet
from rag.evaluate.record import Record, Variant
from rag.evaluate.score import DEEPEST, Scorer
from rag.evaluate.store import Store

_WARM_UP = ("What was said about the weather?", "Who spoke first?", "How many people were there?")
_MORE_FOR_WHOLE = 5
_SHOWN = 80


@dataclass
class Asking:
    """The questions on their way; `asked` counts those that were asked now, not in an earlier part of the run."""

    read: QuestionSet
    answerer: Answerer
    scorer: Scorer
    store: Store
    asked: int = 0

    def all(self, progress: Callable[[Progress], None]) -> None:
        """Asks what has not been asked yet."""
        done = self.store.keys()
        with self.store.appending() as file:
            for number, case in enumerate(self.read.cases(), 1):
                for variant in _variants(case):
                    if (case.id, variant) not in done:
                        self.store.append(file, self._record(case, variant))
                progress(Progress("ask", number, self.read.count, _shown(case.question)))

    def _record(self, case: Case, variant: Variant) -> Record:
        if not self.asked:
            _warm(self.answerer)
        self.asked += 1
        return _asked(case, variant, self.answerer, self.scorer)


def _shown(question: str) -> str:
    return " ".join(question[: 2 * _SHOWN].split())[:_SHOWN]


def _variants(case: Case) -> tuple[Variant, ...]:
    return ("as asked", "without history") if case.history else ("as asked",)


def _warm(answerer: Answerer) -> None:
    """Loads what is loaded once, so that the first question that counts does not pay for it. Asks no language model."""
    if isinstance(answerer, Engine):
        answerer.warm(wait=True)
        for question in _WARM_UP:
            answerer.search(question)


def _asked(case: Case, variant: Variant, answerer: Answerer, scorer: Scorer) -> Record:
    record = scorer.begin(case, variant)
    began = time.perf_counter()
    try:
        answer = answerer.ask(record.question, record.history)
        total = (time.perf_counter() - began) * 1000
        hits = answer.hits
        if isinstance(answerer, Searcher):
            whole = any(not each.quote for each in record.evidence)
            hits = answerer.search(record.question, DEEPEST * (_MORE_FOR_WHOLE if whole else 1), record.history)
    except QuestionError as error:
        return scorer.failed(record, str(error))
    return scorer.finish(record, answer, hits, {"total": round(total, 2)})
