"""The components of the chat panel, and what they show of a session. What happens on events is in `ui.chat`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import gradio as gr

from ingest.errors import IngestError
from rag.errors import RagError
from ui import render, stored
from ui.conversation import Conversation
from ui.desk import Desk
from ui.escape import plain
from ui.export import File
from ui.looking_into import explaining
from ui.session import Session
from ui.theme import asset, script

_CONVERSATION = """
<div class="bar"></div>
<section class="exchanges" aria-label="Conversation"></section>
<div class="lost" role="status"></div>
"""
_STATUS = '<div class="status" role="status">${value}</div>'
_WELCOME = '<div class="welcome">${value}</div>'
_AGAIN = 2
"""How many exchanges at the end are sent with every step: the browser may have missed the end of the one before."""

Updates = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of the panel that events read or change."""

    session: gr.State
    exchanges: gr.HTML
    question: gr.Textbox
    narrowing: gr.HTML
    status: gr.HTML
    welcome: gr.HTML
    ask: gr.Button
    stop: gr.Button
    outbox: gr.HTML

    @property
    def changing(self) -> list[Any]:
        """Those that asking changes, in the order of `Updates`."""
        return [
            self.session, self.exchanges, self.question, self.status, self.welcome, self.ask, self.stop, self.outbox
        ]  # fmt: skip


def chat_parts(desk: Desk) -> Parts:
    """Makes the components where it is called, from top to bottom."""
    html = partial(gr.HTML, apply_default_css=False)
    exchanges = html(
        {"from": 0, "pages": [], "kept": [], "total": 0},
        html_template=_CONVERSATION,
        js_on_load=script("store.js", "conversations.js", "draft.js", "page.js"),
        server_functions=[explaining(desk)],
        elem_id="conversation",
    )
    welcome = html("", html_template=_WELCOME, js_on_load=script("welcome.js"), elem_id="welcome")
    with gr.Column(elem_id="composer"):
        status = html("", html_template=_STATUS, elem_id="status", js_on_load=None)
        narrowing = html(
            {},
            html_template=asset("narrowing.html"),
            js_on_load=script("narrowing.js"),
            server_functions=[_offering(desk)],
            elem_id="narrowing",
        )
        with gr.Row(elem_id="asking"):
            question = _question()
            ask = gr.Button("Ask", variant="primary", elem_id="ask", scale=0, min_width=96)
            stop = gr.Button("Stop", visible=False, elem_id="stop", scale=0, min_width=96)
    outbox = html(None, html_template="<div></div>", js_on_load=script("outbox.js"), elem_id="outbox")
    return Parts(gr.State(Session()), exchanges, question, narrowing, status, welcome, ask, stop, outbox)


def view(
    session: Session,
    *,
    question: str | None = None,
    said: str | None = None,
    file: File | None = None,
    first: int | None = None,
) -> Updates:
    """The page as the session stands.

    `question` is what the box is to hold, `said` what the reader is told instead of how the last answer went, `file`
    one to save, `first` from which exchange on all is sent anew.
    """
    conversation, answering = session.conversation, session.answering
    total = len(conversation.exchanges)
    start = max(0, total - _AGAIN) if first is None else first
    heard = f'<p class="unseen">{plain(render.announcement(conversation))}</p>'
    return (
        session,
        {"from": start, "total": total, "busy": answering, **_pages(conversation, start)},
        gr.skip() if question is None else question,
        heard if said is None else said,
        gr.update(visible=not total),
        gr.update(interactive=not answering),
        gr.update(visible=answering),
        gr.skip() if file is None else asdict(file),
    )


def _pages(conversation: Conversation, start: int) -> dict[str, list[Any]]:
    later = conversation.exchanges[start:]
    pages = [render.exchange(one, number) for number, one in enumerate(later, start + 1)]
    return {"pages": pages, "kept": [stored.dump(one) if one.complete else None for one in later]}


def _offering(desk: Desk) -> Callable[[object], dict[str, list[str]]]:
    def offered(_: object = None) -> dict[str, list[str]]:
        """The sources and speakers that a question can be narrowed to, the commonest first."""
        try:
            entries = desk.engine.entries()
        except (IngestError, RagError):
            return {"sources": [], "speakers": [], "days": []}
        days = sorted(entry.published.isoformat() for entry in entries if entry.published)
        return {
            "sources": _commonest(entry.source for entry in entries),
            "speakers": _commonest(name for entry in entries for name in entry.speakers),
            "days": [days[0], days[-1]] if days else [],
        }

    return offered


def _commonest(names: Iterable[str | None], most: int = 2000) -> list[str]:
    return [name for name, _ in Counter(name for name in names if name).most_common(most)]


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
