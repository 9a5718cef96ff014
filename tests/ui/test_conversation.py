"""A conversation grows by one exchange at a time, and its answered questions are the history of the next."""

from __future__ import annotations

import pytest

from ingest.errors import ArchiveDamaged
from rag.errors import AnswererError, QuestionError
from rag.results import Answer
from tests.ui.fakes import FakeEngine, grounded
from ui.conversation import CUT_SHORT, NO_ANSWER, Conversation, Exchange, converse


def after(engine: FakeEngine, *questions: str) -> Conversation:
    conversation = Conversation()
    for question in questions:
        *_, conversation = converse(engine, question, conversation)
    return conversation


def test_an_exchange_grows_from_the_bare_question_to_the_whole_answer() -> None:
    engine = FakeEngine({"Why?": grounded("Why?")})
    steps = list(converse(engine, "Why?", Conversation()))
    last = [step.exchanges[-1] for step in steps]
    assert last[0] == Exchange("Why?")
    assert [exchange.complete for exchange in last] == [False, False, False, True]
    assert last[-1].answer == grounded("Why?")


def test_a_follow_up_is_asked_with_the_questions_before_it() -> None:
    engine = FakeEngine()
    after(engine, "one", "two", "three")
    assert engine.asked == [("one", ()), ("two", ("one",)), ("three", ("one", "two"))]


@pytest.mark.parametrize("error", [AnswererError("No model."), ArchiveDamaged("The archive does not read.")])
def test_a_failure_is_a_sentence_and_no_part_of_the_history(error: Exception) -> None:
    engine = FakeEngine({"two": error})
    conversation = after(engine, "one", "two", "three")
    assert conversation.exchanges[1] == Exchange("two", problem=str(error), complete=True)
    assert engine.asked[-1] == ("three", ("one",))


def test_a_question_that_cannot_be_asked_is_told_to_the_caller() -> None:
    with pytest.raises(QuestionError, match="empty"):
        list(converse(FakeEngine(), "  ", Conversation()))


def test_words_that_came_before_a_failure_are_not_left_standing() -> None:
    class Breaking(FakeEngine):
        def stream(self, question: str, history: object = (), *, filters: object = None) -> object:  # type: ignore[override]
            yield Answer(question, "Half an ans", (), ())
            raise AnswererError("The model stopped.")

    last = after(Breaking(), "Why?").exchanges[-1]
    assert last.answer is None
    assert last.problem == "The model stopped."


def test_an_engine_that_says_nothing_is_told_of() -> None:
    class Silent(FakeEngine):
        def stream(self, question: str, history: object = (), *, filters: object = None) -> object:  # type: ignore[override]
            return iter(())

    assert after(Silent(), "Why?").exchanges[-1].problem == NO_ANSWER


def test_an_exchange_left_open_is_closed_with_a_sentence() -> None:
    done = Exchange("one", grounded("one"), complete=True)
    cut = Conversation((done, Exchange("two", grounded("two")))).cut_short()
    assert cut.exchanges == (done, Exchange("two", problem=CUT_SHORT, complete=True))
    assert cut.cut_short() == cut
    assert Conversation().cut_short() == Conversation()
