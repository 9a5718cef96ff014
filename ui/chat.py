"""The chat panel: the conversation, questions to begin with, the box to ask in, and what asking does.

It holds nothing of its own: a conversation is in its browser's `Session`, the archive in the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import gradio as gr

from rag.errors import QuestionError
from ui import render
from ui.acts import ACTS, Done, Told
from ui.chat_parts import Parts, Updates, chat_parts, view
from ui.conversation import Conversation, converse
from ui.desk import Desk
from ui.heard import number, said_in
from ui.narrowing import read_filters
from ui.session import Session

AT_ONCE = 16
WAIT = "The answer to the question before is still coming. Ask again when it is there."

_TYPED = "typed"
"""What tells a question of the box, which is emptied once it is taken, from one that was clicked."""


def chat(desk: Desk) -> Parts:
    """Puts the panel where it is called, inside a `gr.Blocks`."""
    parts = chat_parts(desk)
    quiet: dict[str, Any] = {"outputs": parts.changing, "show_progress": "hidden", "api_visibility": "private"}
    asking = {**quiet, "concurrency_limit": AT_ONCE, "concurrency_id": "ask", "trigger_mode": "multiple"}
    acting = {**quiet, "concurrency_limit": AT_ONCE, "concurrency_id": "act", "trigger_mode": "multiple"}

    def typed(question: str, narrowed: object, session: Session) -> Iterator[Updates]:
        yield from _answer(session.desk or desk, {"question": question, "filters": narrowed, _TYPED: True}, session)

    def clicked(session: Session, event: gr.EventData) -> Iterator[Updates]:
        yield from _answer(session.desk or desk, said_in(event._data), session)

    def act(session: Session, event: gr.EventData) -> Updates:
        return _act(desk, said_in(event._data), session)

    def failed(session: Session) -> Updates:
        if not session.answering:
            session.begin_with(session.conversation.cut_short())
        return view(session)

    written = [parts.question, parts.narrowing, parts.session]
    asked = [
        gr.on([parts.question.submit, parts.ask.click], typed, written, **asking),
        parts.exchanges.ask(clicked, parts.session, **asking),
    ]
    for event in asked:
        event.failure(failed, parts.session, **quiet)
    parts.exchanges.act(act, parts.session, **acting)
    parts.stop.click(_stop, parts.session, **acting)
    return parts


def _stop(session: Session) -> Updates:
    session.stop()
    return view(session)


def _act(desk: Desk, told: Told, session: Session) -> Updates:
    do: Callable[[Desk, Session, Told], Done] | None = ACTS.get(str(told.get("do")))
    done = do(desk, session, told) if do else Done()
    said = render.problem(done.problem) if done.problem else render.told(done.said) if done.said else None
    return view(session, said=said, file=done.file, first=0 if done.anew else None)


def _answer(desk: Desk, told: Mapping[str, Any], session: Session) -> Iterator[Updates]:
    turn = session.begin()
    if turn is None:
        yield view(session, said=render.problem(WAIT))
        return
    question, before, unasked = str(told.get("question") or ""), session.conversation, ""
    try:
        yield from _growing(desk, question, told, session, turn)
    except QuestionError as error:
        session.take(turn, before)
        unasked = render.problem(str(error))
    finally:
        session.end(turn)
    yield view(session, question=question, said=unasked) if unasked else view(session)


def _growing(desk: Desk, question: str, told: Mapping[str, Any], session: Session, turn: object) -> Iterator[Updates]:
    before = _before(session.conversation, told.get("at"))
    for step in converse(desk.engine, question, before, read_filters(told.get("filters"))):
        if not session.take(turn, step):
            return
        accepted = step.exchanges[-1].answer is None and not step.exchanges[-1].complete
        yield view(session, question="" if accepted and told.get(_TYPED) else None)


def _before(conversation: Conversation, at: object) -> Conversation:
    """What goes before the question: a question asked again drops itself and what followed."""
    return conversation if at is None else conversation.until(number(at))
