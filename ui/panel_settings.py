"""Settings of one browser tab: who answers, and with how many quotes. Kept in memory, gone with the tab."""

from __future__ import annotations

from typing import Any

import gradio as gr

from ingest.errors import IngestError
from rag.config import Settings
from rag.errors import RagError
from ui.accounts import may_edit
from ui.answerers import Answerers, Choice
from ui.desk import Desk
from ui.escape import plain
from ui.followed import problem
from ui.session import Session

QUOTES, MODEL = "Exact quotes only", "A language model, checked against the transcripts"
_INTRO = (
    "<h2>Who answers</h2><p>For this tab alone, until it is closed. A language model's key is read from the "
    "environment of the program that serves this page; it is never asked for here.</p>"
)


def settings(desk: Desk, session: gr.State) -> None:
    """Puts the panel where it is called."""
    answerers = Answerers(desk)
    now: Settings = getattr(desk.engine, "settings", None) or Settings()
    gr.HTML(_INTRO, apply_default_css=False, elem_classes="panel")
    who = gr.Radio([QUOTES, MODEL], value=MODEL if now.llm else QUOTES, label="Answers are made of")
    quotes = gr.Slider(1, 10, value=now.quotes, step=1, label="At most so many quotes")
    with gr.Group(visible=bool(now.llm)) as model:
        llm = gr.Textbox(now.llm or "", label="Model", placeholder="ollama:llama3.2", max_lines=1)
        url = gr.Textbox(now.llm_url or "", label="Address of its server, if not the provider's", max_lines=1)
    use = gr.Button("Use this", variant="primary", scale=0, elem_id="use")
    status = gr.HTML("", html_template='<div role="status">${value}</div>', apply_default_css=False, js_on_load=None)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def chosen(who: str, quotes: float, llm: str, url: str, state: Session, request: gr.Request) -> tuple[Session, str]:
        if who == MODEL and not may_edit(request):
            return state, problem("Only editors choose a language model, since this server then calls it.")
        return state, choose(answerers, state, _choice(who, quotes, llm, url))

    who.change(lambda who: gr.update(visible=who == MODEL), who, model, **quiet)
    use.click(chosen, [who, quotes, llm, url, session], [session, status], **quiet)


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


def _choice(who: str, quotes: float, llm: str, url: str) -> Choice | None:
    if who != MODEL:
        return Choice(int(quotes))
    return Choice(int(quotes), llm.strip(), url.strip()) if llm.strip() else None
