"""The engine: the only place where archive, retriever and answerers are put together."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.holdings import Holdings
from ingest.rows import Entry
from ingest.transcript import Transcript
from rag.back_reference import told_again
from rag.config import Settings
from rag.errors import AnswererError
from rag.explain import Explained, explained
from rag.filters import Filters
from rag.more import beside, shown_in, unshown, with_more
from rag.narrow import held_by
from rag.question import Question, understand
from rag.quote import Quoter
from rag.readers import load_reader
from rag.refusal import REFUSAL, nothing_mentions, refused
from rag.reread import Rereading
from rag.results import Answer, Hit
from rag.search import Sought, seek
from rag.serving import Serving, open_archive
from rag.spelling import respelt
from rag.steps import Asked, Found

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from rag.chain import Input
    from rag.write import Writer

WARM_AFTER = 20
INSTEAD = "These are verbatim quotes instead."
History = Sequence[str | Answer]


class Engine:
    """Answers questions over one archive. A context manager; may be asked from several threads at once.

    `archive` and `llm` go before what `settings` say. `llm` is "provider:model" or a LangChain chat model; without one
    answers are made of verbatim sentences alone. It goes over to another embedding model when the archive does, unless
    the settings name one. Raises ArchiveError when the archive cannot be used.
    """

    def __init__(
        self,
        archive: Path | str | None = None,
        *,
        settings: Settings | None = None,
        llm: str | BaseChatModel | None = None,
        llm_url: str | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._archive = open_archive(archive or self.settings.archive, self.settings)
        self._transcript = lru_cache(maxsize=256)(self._archive.transcript)
        self._serving = Serving(self._archive, self.settings, self._transcript)
        self._asked = 0
        self._warming: threading.Thread | None = None
        self._rereading = self._load_rereading()
        self._holdings = lru_cache(maxsize=1)(lambda generation: self._archive.holdings())
        self._llm = llm or self.settings.llm
        self._llm_url = llm_url or self.settings.llm_url
        self._writer: Writer | None = None
        self._beginning = threading.Lock()

    @property
    def name(self) -> str:
        """Who answers, for records: "onrecord, quotes", or the language model's name in their place."""
        llm = self._llm
        if llm is None or isinstance(llm, str):
            return f"onrecord, {llm or 'quotes'}"
        return f"onrecord, {getattr(llm, 'model_name', None) or getattr(llm, 'model', None) or type(llm).__name__}"

    @property
    def quoter(self) -> Quoter:
        """What answers with quotes."""
        return self._serving.parts.quoter

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the archive's files."""
        self._settle()
        self._serving.close()
        self._archive.close()

    def ask(self, question: str, history: History = (), *, filters: Filters | None = None) -> Answer:
        """The complete answer. `history` is the conversation's earlier questions, or Answers, oldest first.

        The search is narrowed to what the question's wording asks for; `filters` go before that, one by one, and
        NO_FILTERS switches it off. Raises QuestionError when the question is empty or too long or a filter names
        somebody or something that the archive does not have, ModelError when the reranker cannot be loaded,
        AnswererError when the language model asked for is not installed.
        """
        *_, last = self.stream(question, history, filters=filters)
        return last

    def stream(self, question: str, history: History = (), *, filters: Filters | None = None) -> Iterator[Answer]:
        """Growing answers; the last is complete. Raises as `ask` does."""
        self._asked += 1
        if self._asked == WARM_AFTER:
            self.warm()
        yield from self._answer(self._retrieve(self.understand(Asked(question, tuple(history), filters))))

    def warm(self, *, wait: bool = False) -> None:
        """Begins to load, in the background, what makes answers faster but takes seconds to load.

        It begins by itself after some questions; a server does it when it starts. With `wait` it is done on return.
        """
        self._serving.warm()
        with self._beginning:
            if self._rereading and not self._warming:
                self._warming = threading.Thread(target=self._rereading.warm, name="reader")
                self._warming.start()
        if wait:
            self._settle()

    def _settle(self) -> None:
        """Waits for what is being loaded: torch does not survive a program that ends in mid-import."""
        self._serving.settle()
        if self._warming:
            self._warming.join()

    def search(
        self, question: str, limit: int = 10, history: History = (), *, filters: Filters | None = None
    ) -> tuple[Hit, ...]:
        """The `limit` passages that fit best, best first: those that `ask` answers from, fewer or more of them.

        The order is the same for every limit up to the setting `candidates`; a larger one weighs more passages. Raises
        QuestionError as `ask` does.
        """
        return self.seek(question, limit, history, filters=filters).hits

    def seek(self, question: str, limit: int = 10, history: History = (), *, filters: Filters | None = None) -> Sought:
        """The same as `search`, with the filters that the passages were found through and what was dropped."""
        return self._find(self.understand(Asked(question, tuple(history), filters)).question, limit)

    def explain(
        self, question: str, limit: int = 10, history: History = (), *, filters: Filters | None = None
    ) -> Explained:
        """The same as `seek`, with how the question was read and what each of its terms gave to each passage."""
        asked = self.understand(Asked(question, tuple(history), filters)).question
        return explained(asked, self._find(asked, limit), self._serving.parts.retriever)

    def as_runnable(self) -> Runnable[Input, Answer]:
        """The same as `ask`, as a LangChain Runnable over a question or {"question": …, "history": …, "filters": …}."""
        from rag.chain import build_chain

        return build_chain(self.understand, self._retrieve, self._answer)

    def as_retriever(self) -> BaseRetriever:
        """The same as `search`, as a LangChain retriever."""
        from rag.chain import PassageRetriever

        return PassageRetriever(search=lambda question: self.search(question, self.settings.top_k))

    def entries(self) -> tuple[Entry, ...]:
        """The archive's catalogue."""
        return self._archive.entries()

    def transcript(self, id_or_prefix: str) -> Transcript:
        """One transcript. Raises UnknownTranscript."""
        return self._archive.transcript(id_or_prefix)

    def understand(self, asked: Asked) -> Found:
        """The question as the engine takes it, with nothing searched yet. Raises QuestionError."""
        began = time.perf_counter()
        holdings = self._holdings(self._archive.generation())
        question = understand(
            asked.question,
            asked.history,
            holdings=holdings,
            today=self.settings.today,
            longest=self.settings.question_chars,
        )
        question, usage = self._rewritten(question, asked.history, holdings)
        question = respelt(question, self._serving.parts.retriever.speller)
        if asked.filters is not None:
            question = question.narrowed(held_by(holdings, asked.filters))
        return Found(question, timings={"understand": _since(began)}, history=asked.history, usage=usage)

    def _rewritten(
        self, question: Question, history: History, holdings: Holdings
    ) -> tuple[Question, Mapping[str, int]]:
        """A follow-up as the language model makes it stand alone, where there is one, and what that cost."""
        if self._llm is None or not question.follows_on or told_again(question.text, history):
            return question, {}
        from rag.rewrite import alone

        try:
            model = self._load_writer(self._llm).model
        except AnswererError:
            return question, {}
        return alone(question, history, model, partial(understand, holdings=holdings, today=self.settings.today))

    def _retrieve(self, found: Found) -> Found:
        if told_again(found.question.text, found.history):
            return found
        began = time.perf_counter()
        sought = self._find(found.question, self.settings.top_k, found.kept)
        question = replace(found.question, filters=sought.filters)
        timings = {**found.timings, "retrieve": _since(began)}
        return replace(found, question=question, hits=sought.hits, notice=sought.notice, timings=timings)

    def _find(self, question: Question, limit: int, kept: Sequence[Hit] = ()) -> Sought:
        return self._serving.search(
            lambda retriever: seek(question, retriever, limit, self.settings.candidates, self._rereading, kept)
        )

    def _load_rereading(self) -> Rereading | None:
        settings = self.settings
        reader = load_reader(settings.reranker, self._transcript, settings.reader_timeout_s)
        return Rereading(reader, settings.read, settings.reader_weight) if reader else None

    def _answer(self, found: Found) -> Iterator[Answer]:
        if again := told_again(found.question.text, found.history):
            yield replace(again, timings=found.timings)
            return
        began = time.perf_counter()
        for grown in self._more(found) if found.asks_for_more else self._answers(found.question, found.hits):
            yield found.told(grown, _since(began))

    def _more(self, found: Found) -> Iterator[Answer]:
        """What stands beside the quotes of the answer before and has not been shown, then what else answers."""
        shown = shown_in(found.history)
        places = () if self._llm else beside(shown, self._transcript)
        for grown in self._answers(found.question, unshown(found.hits, shown)):
            yield replace(with_more(grown, places, self._transcript, self.settings.quotes), hits=found.hits)

    def _answers(self, question: Question, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        if missing := nothing_mentions(question, hits, self._serving.parts.index.words):
            yield refused(question, hits, missing, confidence=0.0)
        elif self._llm is None:
            yield from self.quoter.stream(question, hits)
        else:
            yield from self._written(self._load_writer(self._llm), question, hits)

    def _written(self, writer: Writer, question: Question, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        """What the language model writes; quotes where it fails or nothing it wrote could be confirmed."""
        written, broke_off = Answer(question.text, "", (), hits, usage={"calls": 1}), ""
        try:
            for grown in writer.stream(question.standalone, hits, self._transcript):
                written = replace(grown, question=question.text)
                yield written
            notice = " ".join(filter(None, (written.text, written.notice, INSTEAD)))
        except AnswererError as error:
            broke_off, notice = f"It broke off: {error}", f"The language model did not answer: {error} {INSTEAD}"
        if written.text == REFUSAL:
            yield _instead_of(written, refused(question, hits))
        elif not written.citations:
            for quoted in self.quoter.stream(question, hits):
                yield _instead_of(written, replace(quoted, notice=notice))
        elif broke_off:
            yield replace(written, notice=" ".join(filter(None, (written.notice, broke_off))))

    def _load_writer(self, llm: str | BaseChatModel) -> Writer:
        if self._writer is None:
            from rag.writers import load_writer

            self._writer = load_writer(llm, self._llm_url, self.settings)
        return self._writer


def _instead_of(written: Answer, shown: Answer) -> Answer:
    """What is shown, with what was struck out of the written one and what that cost."""
    return replace(shown, rejected=written.rejected, timings=written.timings, usage=written.usage)


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)
