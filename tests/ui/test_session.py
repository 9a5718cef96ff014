"""Only the answer begun last changes a session, and a session is never shared."""

from __future__ import annotations

from copy import deepcopy

from tests.ui.fakes import grounded
from ui.conversation import Conversation, Exchange
from ui.session import Session

DONE = Conversation((Exchange("one", grounded("one"), complete=True),))


def begun(session: Session) -> object:
    turn = session.begin()
    assert turn is not None
    return turn


def test_one_answer_at_a_time() -> None:
    session = Session()
    seen = [session.answering]
    turn = begun(session)
    seen.append(session.answering)
    assert session.begin() is None
    session.end(turn)
    seen.append(session.answering)
    assert seen == [False, True, False]
    assert session.begin() is not None


def test_the_conversation_is_what_was_taken_last() -> None:
    session = Session()
    turn = begun(session)
    assert session.take(turn, DONE)
    session.end(turn)
    assert session.conversation == DONE
    assert not session.take(turn, Conversation())
    assert session.conversation == DONE


def test_an_answer_left_behind_changes_nothing() -> None:
    session = Session()
    left = begun(session)
    session.clear()
    turn = begun(session)
    assert not session.take(left, DONE)
    session.end(left)
    assert session.answering
    assert session.take(turn, DONE)


def test_an_exchange_left_open_is_closed_before_the_next() -> None:
    session = Session()
    turn = begun(session)
    session.take(turn, Conversation((Exchange("one"),)))
    session.end(turn)
    begun(session)
    assert session.conversation.exchanges[0].complete
    assert session.conversation.questions == ()


def test_a_copy_is_another_and_empty() -> None:
    session = Session()
    session.take(begun(session), DONE)
    copied = deepcopy(session)
    assert copied.conversation == Conversation()
    assert not copied.answering
    assert session.conversation == DONE
