"""A conversation: the questions asked in one browser tab and what came back. Values; nothing here renders.

Each browser session holds its own; a question is asked with the earlier questions of the same conversation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.errors import IngestError
from rag.errors import AnswererError
from rag.results import Answer
from ui.asker import Asker

CUT_SHORT = "Something went wrong on our side, and the terminal that runs this page says what. Please ask again."
NO_ANSWER = "No answer came back. Please ask again."


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer so far. `problem` is a sentence when there can be no answer."""

    question: str
    answer: Answer | None = None
    problem: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges, oldest first. Only the last may be incomplete."""

    exchanges: tuple[Exchange, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that were answered: the history that a follow-up is understood by."""
        return tuple(exchange.question for exchange in self.exchanges if exchange.answer)

    def cut_short(self) -> Conversation:
        """The same, with a last exchange that was left incomplete closed by a sentence."""
        if not self.exchanges or self.exchanges[-1].complete:
            return self
        closed = replace(self.exchanges[-1], answer=None, problem=CUT_SHORT, complete=True)
        return Conversation((*self.exchanges[:-1], closed))


def converse(engine: Asker, question: str, before: Conversation) -> Iterator[Conversation]:
    """The conversation growing by one exchange: first the bare question, then each step of the answer.

    A failing archive or answerer ends the exchange with a sentence. Raises QuestionError when the question
    cannot be asked; then the conversation is as it was.
    """
    asked = Exchange(question)
    yield _with(before, asked)
    try:
        for answer in engine.stream(question, before.questions):
            asked = Exchange(question, answer)
            yield _with(before, asked)
    except (AnswererError, IngestError) as error:
        asked = Exchange(question, problem=str(error))
    if asked.answer is None and not asked.problem:
        asked = Exchange(question, problem=NO_ANSWER)
    yield _with(before, replace(asked, complete=True))


def _with(before: Conversation, exchange: Exchange) -> Conversation:
    return Conversation((*before.exchanges, exchange))
