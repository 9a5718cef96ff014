"""A conversation: the questions asked in one browser tab and what came back. Values; nothing here renders.

Each browser session holds its own; a question is asked with the earlier questions of the same conversation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.errors import IngestError
from rag.errors import AnswererError
from rag.filters import Filters
from rag.results import Answer
from ui.asker import Asker
from ui.examples import near

STOPPED = "Stopped before the answer was complete. Ask again when you like."
CUT_SHORT = "Something went wrong on our side, and the terminal that runs this page says what. Please ask again."
NO_ANSWER = "No answer came back. Please ask again."


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer so far. `problem` is a sentence when there can be no answer.

    `filters` are those set by hand, `instead` what could be asked where the transcripts do not answer, and `judged`
    whether a reader found the answer right or wrong.
    """

    question: str
    answer: Answer | None = None
    problem: str = ""
    complete: bool = False
    filters: Filters | None = None
    instead: tuple[str, ...] = ()
    judged: bool | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges, oldest first. Only the last may be incomplete."""

    exchanges: tuple[Exchange, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that were answered."""
        return tuple(exchange.question for exchange in self.exchanges if exchange.answer)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Their answers: the history that a follow-up, and "Who said that?", is understood by."""
        return tuple(exchange.answer for exchange in self.exchanges if exchange.answer)

    def cut_short(self, sentence: str = CUT_SHORT) -> Conversation:
        """The same, with a last exchange that was left incomplete closed by a sentence."""
        if not self.exchanges or self.exchanges[-1].complete:
            return self
        closed = replace(self.exchanges[-1], answer=None, problem=sentence, complete=True)
        return Conversation((*self.exchanges[:-1], closed))

    def until(self, count: int) -> Conversation:
        """Its first `count` exchanges: what goes before a question that is asked again."""
        return Conversation(self.exchanges[: max(0, count)])

    def judging(self, at: int, right: bool) -> Conversation:
        """The same, with what a reader thought of an answer. Raises IndexError where there is none."""
        judged = list(self.exchanges)
        judged[at] = replace(judged[at], judged=right)
        return Conversation(tuple(judged))


def converse(
    engine: Asker, question: str, before: Conversation, filters: Filters | None = None
) -> Iterator[Conversation]:
    """The conversation growing by one exchange: first the bare question, then each step of the answer.

    Where the transcripts do not answer, what could be asked instead comes with the last step. A failing archive or
    answerer ends the exchange with a sentence. Raises QuestionError when the question cannot be asked; then the
    conversation is as it was.
    """
    asked = bare = Exchange(question, filters=filters)
    yield _with(before, asked)
    try:
        for answer in engine.stream(question, before.answers, filters=filters):
            asked = replace(bare, answer=answer)
            yield _with(before, asked)
    except (AnswererError, IngestError) as error:
        asked = replace(bare, problem=str(error))
    if asked.answer is None and not asked.problem:
        asked = replace(bare, problem=NO_ANSWER)
    refused = asked.answer is not None and asked.answer.status == "refused"
    instead = near(asked.answer.hits, question) if refused and asked.answer else ()
    yield _with(before, replace(asked, complete=True, instead=instead))


def _with(before: Conversation, exchange: Exchange) -> Conversation:
    return Conversation((*before.exchanges, exchange))
