"""The chat panel: the conversation, questions to begin with, the box to ask in, and what asking does.

It holds nothing of its own: a conversation is in its browser's `Session`, the archive in the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.errors import QuestionError
from ui import render
from ui.asker import Asker
from ui.conversation import Conversation, Exchange, converse
from ui.escape import plain
from ui.session import Session
from ui.theme import asset

AT_ONCE = 16
WAIT = "The answer to the question before is still coming. Ask again when it is there."
_EXCHANGES = '<section class="exchanges" aria-label="Conversation"></section>'
_STATUS = '<div class="status" role="status">${value}</div>'

Updates = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the panel that events read or change."""

    session: gr.State
    exchanges: gr.HTML
    question: gr.Textbox
    status: gr.HTML
    welcome: gr.Column
    ask: gr.Button
    new: gr.Button

    @property
    def changing(self) -> list[Any]:
        """Those that asking changes, in the order of `Updates`."""
        return [self.session, self.exchanges, self.question, self.status, self.welcome, self.ask, self.new]


def chat(engine: Asker, examples: Sequence[str]) -> None:
    """Puts the panel where it is called, inside a `gr.Blocks`."""
    exchanges = gr.HTML(
        [],
        html_template=_EXCHANGES,
        js_on_load=asset("page.js"),
        elem_id="conversation",
        apply_default_css=False,
    )
    welcome, chips = _welcome(examples)
    with gr.Column(elem_id="composer"):
        status = gr.HTML("", html_template=_STATUS, elem_id="status", apply_default_css=False)
        with gr.Row(elem_id="asking"):
            question = _question()
            ask = gr.Button("Ask", variant="primary", elem_id="ask", scale=0, min_width=96)
        new = gr.Button("New conversation", size="sm", visible=False, elem_id="new")
    _wire(engine, Parts(gr.State(Session()), exchanges, question, status, welcome, ask, new), chips)


def _welcome(examples: Sequence[str]) -> tuple[gr.Column, list[gr.Button]]:
    with gr.Column(visible=bool(examples), elem_id="welcome") as welcome:
        gr.HTML("<h2>Questions to begin with</h2>", apply_default_css=False)
        chips = [gr.Button(text, size="sm", elem_classes="chip") for text in examples]
    return welcome, chips


def _question() -> gr.Textbox:
    return gr.Textbox(
        label="Your question",
        show_label=False,
        placeholder="Ask a question",
        lines=1,
        max_lines=6,
        autofocus=True,
        elem_id="question",
    )


def _wire(engine: Asker, parts: Parts, chips: Sequence[gr.Button]) -> None:
    def answer(question: str, session: Session) -> Iterator[Updates]:
        yield from _answer(engine, question, session)

    def clear(session: Session) -> Updates:
        session.clear()
        return _view(session, question="")

    def failed(session: Session) -> Updates:
        if not session.answering:
            session.conversation = session.conversation.cut_short()
        return _view(session)

    quiet: dict[str, Any] = {
        "outputs": parts.changing,
        "show_progress": "hidden",
        "api_visibility": "private",
    }
    asking = {**quiet, "concurrency_limit": AT_ONCE, "concurrency_id": "ask", "trigger_mode": "multiple"}
    typed = [parts.question.submit, parts.ask.click]
    asked = [gr.on(typed, answer, [parts.question, parts.session], **asking)]
    asked += [chip.click(answer, [chip, parts.session], **asking) for chip in chips]
    for event in asked:
        event.failure(failed, parts.session, **quiet)
    parts.new.click(clear, parts.session, **quiet)


def _answer(engine: Asker, question: str, session: Session) -> Iterator[Updates]:
    turn = session.begin()
    if turn is None:
        yield _view(session, said=render.problem(WAIT))
        return
    before = session.conversation
    unasked = ""
    try:
        yield from _growing(engine, question, session, turn)
    except QuestionError as error:
        session.take(turn, before)
        unasked = render.problem(str(error))
    finally:
        session.end(turn)
    yield _view(session, question=question, said=unasked) if unasked else _view(session)


def _growing(engine: Asker, question: str, session: Session, turn: object) -> Iterator[Updates]:
    before = session.conversation
    made = _pages(before)
    for step in converse(engine, question, before):
        if not session.take(turn, step):
            return
        accepted = step.exchanges[-1] == Exchange(question)
        yield _view(session, made, question="" if accepted else None)


def _view(session: Session, made: Sequence[str] = (), question: str | None = None, said: str | None = None) -> Updates:
    """The page as the session stands.

    `made` is the HTML of its first exchanges where that is known, `question` what the box is to hold, `said`
    what the reader is told instead of how the last answer went.
    """
    conversation = session.conversation
    talking = bool(conversation.exchanges)
    heard = f'<p class="unseen">{plain(render.announcement(conversation))}</p>'
    return (
        session,
        [*made, *_pages(conversation, len(made))],
        gr.skip() if question is None else question,
        heard if said is None else said,
        gr.update(visible=not talking),
        gr.update(interactive=not session.answering),
        gr.update(visible=talking),
    )


def _pages(conversation: Conversation, start: int = 0) -> list[str]:
    later = conversation.exchanges[start:]
    return [render.exchange(one, number) for number, one in enumerate(later, start + 1)]
