"""Settings of one browser tab: who answers, and with how many quotes. Kept in memory, gone with the tab.

Only who may also change the archive names a model, its address or a key, for it is this server that then calls it;
others are not offered the fields, and what they send in spite of that is refused. Nothing of the server's own settings
is in the page as it is served.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from ingest.errors import IngestError
from rag.config import Settings
from rag.errors import RagError
from ui.accounts import may_edit
from ui.answerers import Answerers, Choice
from ui.desk import Desk
from ui.errors import UiError
from ui.escape import plain
from ui.followed import problem
from ui.session import Session

QUOTES, MODEL = "Exact quotes only", "A language model, checked against the transcripts"
_TAB = "For this tab alone, until it is closed."
_EDITORS = (
    "A key typed here stays in this server's memory and is sent to the model's server alone. Without one, the key in "
    "the environment of the program that serves this page goes to the provider's own address, and to no other."
)
_READERS = "Only editors choose a language model, its address or a key, since this server then calls it."


@dataclass(frozen=True, slots=True)
class Fields:
    """What the panel's fields hold."""

    who: str
    quotes: float
    llm: str
    url: str
    key: str = field(repr=False)


class _NotYours(UiError):
    """Asked for by somebody who may not; the message says who may."""


def settings(desk: Desk, session: gr.State) -> None:
    """Puts the panel where it is called."""
    answerers = Answerers(desk)
    own: Settings = getattr(desk.engine, "settings", None) or Settings()
    gr.HTML("<h2>Who answers</h2>", apply_default_css=False, elem_classes="panel")
    note = gr.HTML(f"<p>{_TAB}</p>", apply_default_css=False, elem_classes="panel")
    who = gr.Radio([QUOTES, MODEL], value=MODEL if own.llm else QUOTES, label="Answers are made of", visible=False)
    quotes = gr.Slider(1, 10, value=own.quotes, step=1, label="At most so many quotes")
    with gr.Group(visible=False) as model:
        llm = gr.Textbox(label="Model", placeholder="ollama:llama3.2", max_lines=1)
        url = gr.Textbox(label="Address of its server, if not the provider's", max_lines=1, elem_id="address")
        unkept = gr.InputHTMLAttributes(autocomplete="off", spellcheck=False)
        key = gr.Textbox(label="Key, if it needs one", type="password", max_lines=1, html_attributes=unkept)
    use = gr.Button("Use this", variant="primary", scale=0, elem_id="use")
    status = gr.HTML("", html_template='<div role="status">${value}</div>', apply_default_css=False, js_on_load=None)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def offered(request: gr.Request) -> tuple[Any, ...]:
        return _offered(own, editor=may_edit(request))

    def named(who: str, request: gr.Request) -> dict[str, Any]:
        return gr.update(visible=who == MODEL and may_edit(request))

    def chosen(request: gr.Request, *given: Any) -> tuple[Session, str]:
        *fields, state = given
        try:
            return state, choose(answerers, state, _choice(Fields(*fields), own, editor=may_edit(request)))
        except _NotYours as error:
            return state, problem(str(error))

    who.change(named, who, model, **quiet)
    use.click(chosen, [who, quotes, llm, url, key, session], [session, status], **quiet)
    page = gr.context.Context.root_block
    if page is not None:
        page.load(offered, outputs=[note, who, model, llm, url], **quiet)


def _offered(own: Settings, *, editor: bool) -> tuple[Any, ...]:
    """The note, who may be chosen, whether a model is named, and the page's own model and its address."""
    told = f"<p>{_TAB} {_EDITORS if editor else _READERS}</p>"
    fields = (own.llm or "", own.llm_url or "") if editor else ("", "")
    return told, gr.update(visible=editor or bool(own.llm)), gr.update(visible=editor and bool(own.llm)), *fields


def _choice(fields: Fields, own: Settings, *, editor: bool) -> Choice | None:
    """What the fields ask for, None where they name no model. Others than editors get the page's own model or none.

    Raises _NotYours.
    """
    quotes = int(fields.quotes)
    if fields.who != MODEL:
        return Choice(quotes)
    if editor:
        llm = fields.llm.strip()
        return Choice(quotes, llm, fields.url.strip(), fields.key.strip()) if llm else None
    if own.llm is None:
        raise _NotYours(_READERS)
    return Choice(quotes, own.llm, own.llm_url or "")


def choose(answerers: Answerers, session: Session, choice: Choice | None) -> str:
    """Has the tab answered so from now on; what to say of it, as HTML."""
    if choice is None:
        return problem("Name a model, such as ollama:llama3.2.")
    try:
        session.desk = answerers.of(choice)
    except (IngestError, RagError) as error:
        return problem(str(error))
    by = choice.llm or ("one exact quote" if choice.quotes == 1 else f"up to {choice.quotes} exact quotes")
    return f"<p>From the next question on, answers are made by {plain(by)}.</p>"
