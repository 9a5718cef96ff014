"""The test itself: what it is made with, settled and recorded; the questions asked; the results written.

A run that was stopped goes on; one made with anything else than what is recorded is another run.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ingest.archive import Archive
from ingest.building import folders
from ingest.embed import question_embedder
from ingest.index import open_index
from ingest.sync import Progress, open_any
from ingest.words import WordIndex
from rag.config import Settings
from rag.engine import Engine
from rag.errors import EvaluationError, ResultsError
from rag.evaluate.about import about, intent
from rag.evaluate.alignment import WordAlignment
from rag.evaluate.answerer import Answerer
from rag.evaluate.asking import Asking
from rag.evaluate.cases import QuestionSet
from rag.evaluate.estimate import Summary, summarise
from rag.evaluate.exports import texts_of, write_qrels, write_ragas, write_trec_run
from rag.evaluate.formats import read_questions
from rag.evaluate.judges import Judge, ModelJudge
from rag.evaluate.locate import Locator
from rag.evaluate.record import Record
from rag.evaluate.report import write_report
from rag.evaluate.score import Scorer
from rag.evaluate.store import QRELS, RAGAS, REPORT, TREC_RUN, Store

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
    process. With `fresh`, what an earlier run left in `out` is thrown away first, and nothing else.

    Raises QuestionSetError, ResultsError, EvaluationError, AnswererError, ArchiveError.
    """
    read = questions if isinstance(questions, QuestionSet) else read_questions(questions)
    judging = judge or WordAlignment()
    store = Store(out) if out else _passing()
    with store.writing(), ExitStack() as stack:
        chosen = settings or Settings()
        for source in (read.path, Path(archive or chosen.archive)):
            store.spare(source)
        if fresh:
            store.clear()
        chosen = _settled(chosen, answerer, store)
        name = _name(answerer, chosen)
        intended = intent(read, chosen, name, judging.name)
        folder = _archive_for(read, archive, chosen, store, intended, progress)
        held = stack.enter_context(open_any(folder))
        if answerer is None:
            chosen = chosen.model_copy(update={"embedder": held.stamps()["embedder"]})
            answerer = stack.enter_context(Engine(folder, settings=chosen))
        _made_ready(held, answerer)
        told = store.begin(about(read, held, chosen, name, judging.name))
        locator = Locator(held, WordIndex(folders(held)["words"]))
        scorer = Scorer(held, locator, question_embedder(held.stamps()["embedder"]), judging)
        asking = Asking(read, answerer, scorer, store)
        told = _counted(judging, told, store, lambda: asking.all(progress))
        return _concluded(store, held, told, asked=asking.asked, kept=out is not None)


def _settled(settings: Settings, answerer: Answerer | None, store: Store) -> Settings:
    """What is asked with. A run that is gone on with counts "last week" from the day it began."""
    if isinstance(answerer, Engine):
        return answerer.settings
    if answerer is not None or settings.today is not None:
        return settings
    return settings.model_copy(update={"today": _first_day(store.earlier({})) or datetime.now().astimezone().date()})


def _first_day(earlier: Mapping[str, Any] | None) -> date | None:
    try:
        return date.fromisoformat(earlier["fingerprint"]["settings"]["today"]) if earlier else None
    except (KeyError, TypeError, ValueError):
        return None


def _archive_for(
    read: QuestionSet,
    archive: Path | str | None,
    settings: Settings,
    store: Store,
    intended: Mapping[str, Any],
    progress: Told,
) -> Path:
    """The archive to ask, filled from the set's own texts where it brings some and no other archive is named."""
    if archive is not None or read.transcripts is None:
        return Path(archive or settings.archive).expanduser()
    store.earlier(intended)
    return store.texts.filled(read, settings.embedder, progress)


def _made_ready(archive: Archive, answerer: Answerer) -> None:
    """Sees that evidence can be looked up, and that an engine answers over the same archive. Raises EvaluationError."""
    if not isinstance(answerer, Engine):
        open_index(archive).close()
    elif {each.id for each in answerer.entries()} != {each.id for each in archive.entries()}:
        raise EvaluationError(f"The engine answers over another archive than {archive.folder}: name its as `archive`.")


def _passing() -> Store:
    """A folder that goes when the process does."""
    store = Store(tempfile.mkdtemp(prefix="onrecord-eval-"))
    weakref.finalize(evaluate, shutil.rmtree, store.folder, ignore_errors=True)
    return store


def _name(answerer: Answerer | None, settings: Settings) -> str:
    """Who answers: an answerer may call itself something by a `name`."""
    if answerer is None:
        return f"onrecord, {settings.llm or 'quotes'}"
    if isinstance(answerer, Engine):
        return answerer.name
    return str(getattr(answerer, "name", type(answerer).__name__))


def _counted(judge: Judge, told: Mapping[str, Any], store: Store, ask: Callable[[], None]) -> Mapping[str, Any]:
    """Asks; what is told of the run with what its judge cost, which is noted also where the asking is stopped."""
    if not isinstance(judge, ModelJudge):
        ask()
        return told
    from rag.usage import added

    before = dict(judge.usage)
    try:
        ask()
    finally:
        used = {name: count - before.get(name, 0) for name, count in judge.usage.items()}
        told = {**told, "judge_usage": added(told.get("judge_usage", {}), used)}
        store.describe(told)
    return told


def _concluded(store: Store, archive: Archive, told: Mapping[str, Any], *, asked: int, kept: bool) -> Results:
    if archive.fingerprint() != told["fingerprint"]["archive"]:
        cause = "the archive was changed while it was asked, so the answers are of two archives"
        raise ResultsError(store.folder, f"{cause}. Run the test again with --fresh.")
    summary = summarise(store.records())
    if not summary.counts.questions:
        raise EvaluationError(f"{store.folder}: no question was asked.")
    store.conclude(summary)
    if kept:
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        told = told if not asked and "finished" in told else {**told, "finished": finished}
        store.describe(told)
        _write_files(store, archive, summary, told)
    return Results(store.folder, summary, told, kept)


def _write_files(store: Store, archive: Archive, summary: Summary, told: Mapping[str, Any]) -> None:
    write_report(store.folder / REPORT, summary, store.records, told)
    write_trec_run(store.folder / TREC_RUN, store.records(), "onrecord")
    write_qrels(store.folder / QRELS, store.records())
    write_ragas(store.folder / RAGAS, store.records(), texts_of(archive.transcript))
