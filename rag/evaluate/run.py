"""The test itself: every question asked, judged and stored; follow-ups also without the conversation before them.

Nothing is held but the question at hand: a set may be as long as it likes, and a run that was stopped goes on.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.archive import Archive
from ingest.embed import question_embedder
from ingest.sync import Progress, add, open_any
from ingest.words import WordIndex
from rag.config import Settings
from rag.engine import Engine
from rag.errors import EvaluationError, QuestionError
from rag.evaluate.about import about
from rag.evaluate.alignment import WordAlignment
from rag.evaluate.answerer import Answerer, Searcher
from rag.evaluate.cases import Case, QuestionSet
from rag.evaluate.estimate import Summary, summarise
from rag.evaluate.exports import write_qrels, write_ragas, write_trec_run
from rag.evaluate.formats import read_questions
from rag.evaluate.judges import Judge, ModelJudge
from rag.evaluate.locate import Locator
from rag.evaluate.record import Ranked, Record, Variant
from rag.evaluate.report import write_report
from rag.evaluate.score import DEEPEST, Scorer
from rag.evaluate.store import Store

_WARM_UP = ("What was said about the weather?", "Who spoke first?", "How many people were there?")
_MORE_FOR_WHOLE = 5
Told = Callable[[Progress], None]


@dataclass(frozen=True)
class Results:
    """A finished run: the measures, what it was made with, and where the records are. `kept` says whether they stay."""

    folder: Path
    summary: Summary
    about: Mapping[str, Any]
    kept: bool

    def records(self) -> Iterator[Record]:
        """Every question's record, read from the folder."""
        return Store(self.folder).records()


def evaluate(
    questions: Path | str | QuestionSet,
    archive: Path | str | None = None,
    *,
    answerer: Answerer | None = None,
    judge: Judge | None = None,
    settings: Settings | None = None,
    out: Path | str | None = None,
    fresh: bool = False,
    progress: Told = lambda progress: None,
) -> Results:
    """Asks a question set of an archive and measures the answers.

    `questions` is a file or folder that `read_questions` knows. Without `archive`, a set that brings its own texts is
    asked about these, any other about the archive of the settings. `answerer` is tested in place of the engine that
    `settings` describe; it must answer over the same archive. `judge` is word alignment unless another is given
    (`load_judge`). Results are kept in `out`, where a run that was stopped is gone on with, or thrown away with the
    process.

    Raises QuestionSetError, ResultsError, EvaluationError, AnswererError, ArchiveError.
    """
    read = questions if isinstance(questions, QuestionSet) else read_questions(questions)
    chosen = settings or Settings()
    judging = judge or WordAlignment()
    store = Store(out) if out else _passing()
    with store.writing(), ExitStack() as stack:
        folder = _archive_for(read, archive, store, chosen, progress)
        held = stack.enter_context(open_any(folder))
        if answerer is None:
            chosen = chosen.model_copy(update={"embedder": held.stamps()["embedder"]})
            answerer = stack.enter_context(Engine(folder, settings=chosen))
        told = store.begin(about(read, held, chosen, _name(answerer), judging.name), fresh=fresh)
        words = WordIndex(held.folder / "words")
        embedder = question_embedder(held.stamps()["embedder"])
        scorer = Scorer(held, Locator(held, words), embedder, judging)
        _ask_all(read, answerer, scorer, store, progress)
        if isinstance(judging, ModelJudge):
            told = {**told, "judge_usage": dict(judging.usage)}
        return _concluded(store, held, told, kept=out is not None)


def _archive_for(
    read: QuestionSet, archive: Path | str | None, store: Store, settings: Settings, progress: Told
) -> Path:
    """The archive to ask, filled from the set's own texts where it brings some and no other archive is named."""
    if archive is not None or read.transcripts is None:
        return Path(archive or settings.archive).expanduser()
    folder, mark = store.folder / "archive", store.folder / "archive" / ".filled"
    if not (mark.exists() and mark.read_text() == read.sha256):
        shutil.rmtree(folder, ignore_errors=True)
        add(read.transcripts(), folder, embedder=settings.embedder, progress=progress)
        mark.write_text(read.sha256)
    return folder


def _passing() -> Store:
    """A folder that goes when the process does."""
    store = Store(tempfile.mkdtemp(prefix="onrecord-eval-"))
    weakref.finalize(evaluate, shutil.rmtree, store.folder, ignore_errors=True)
    return store


def _name(answerer: Answerer) -> str:
    """Who answered: an answerer may call itself something by a `name`."""
    if isinstance(answerer, Engine):
        return f"onrecord, {answerer.settings.llm or 'quotes'}"
    return str(getattr(answerer, "name", type(answerer).__name__))


def _ask_all(read: QuestionSet, answerer: Answerer, scorer: Scorer, store: Store, progress: Told) -> None:
    done = store.keys()
    if not done:
        _warm(answerer)
    with store.appending() as file:
        for number, case in enumerate(read.cases(), 1):
            for variant in _variants(case):
                if (case.id, variant) not in done:
                    store.append(file, _asked(case, variant, answerer, scorer))
            progress(Progress("ask", number, read.count, case.question))


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
        return replace(record, error=str(error))
    return scorer.finish(record, answer, hits, {"total": round(total, 2)})


def _concluded(store: Store, archive: Archive, told: Mapping[str, Any], *, kept: bool) -> Results:
    summary = summarise(store.records())
    if not summary.counts.questions:
        raise EvaluationError(f"{store.folder}: no question was asked.")
    store.conclude(summary)
    if kept:
        told = {**told, "finished": datetime.now(UTC).isoformat(timespec="seconds")}
        store.describe(told)
        _write_files(store, archive, summary, told)
    return Results(store.folder, summary, told, kept)


def _write_files(store: Store, archive: Archive, summary: Summary, told: Mapping[str, Any]) -> None:
    def text_of(hit: Ranked) -> str:
        return archive.transcript(hit.transcript_id).text[hit.char_start : hit.char_end]

    write_report(store.folder / "report.html", summary, store.records, told)
    write_trec_run(store.folder / "run.trec", store.records(), "onrecord")
    write_qrels(store.folder / "qrels.trec", store.records())
    write_ragas(store.folder / "ragas.jsonl", store.records(), text_of)
