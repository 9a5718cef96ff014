"""The evaluation: a question set asked of the archive while one watches, and its report.

The report is shown in a frame that may run its own script and nothing else: no access to this page, no network.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from ingest import samples
from ingest.sync import Progress
from rag.engine import Engine
from rag.evaluate import Results, evaluate
from rag.evaluate.store import REPORT
from ui.accounts import may_edit
from ui.desk import Desk
from ui.escape import plain
from ui.feedback import FILE
from ui.followed import followed, problem, progress_bar
from ui.session import Session

CHOSEN_FILE = "The file chosen below"
_INTRO = (
    "<h2>Test questions</h2><p>Asks every question of a set, and measures what is found, quoted, answered and refused. "
    "A set is JSON lines, CSV, YAML or one of the known formats; what readers judge on this page is one.</p>"
)


def evaluation(desk: Desk, session: gr.State) -> None:
    """Puts the panel where it is called."""
    gr.HTML(_INTRO, apply_default_css=False, elem_classes="panel")
    chosen = gr.Radio([], label="Question set", elem_id="sets")
    file = gr.File(label="Another question set", show_label=False, file_count="single", height=140, elem_id="set-file")
    run = gr.Button("Ask them", variant="primary", elem_id="run", scale=0)
    status = gr.HTML("", html_template='<div role="status">${value}</div>', apply_default_css=False, js_on_load=None)
    report = gr.HTML("", apply_default_css=False, elem_id="report", js_on_load=None)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    def asked(
        choice: str | None, path: str | None, state: Session, request: gr.Request
    ) -> Iterator[tuple[Any, Any, Any]]:
        if not may_edit(request):
            yield gr.skip(), problem("Only editors run an evaluation."), ""
            return
        yield gr.update(interactive=False), "<p>Beginning…</p>", ""
        for told, shown in measuring(state.desk or desk, _path(desk, choice, path)):
            yield gr.skip(), told, shown
        yield gr.update(interactive=True), gr.skip(), gr.skip()

    run.click(
        asked, [chosen, file, session], [run, status, report], concurrency_limit=1, concurrency_id="evaluate", **quiet
    )
    file.upload(lambda: CHOSEN_FILE, outputs=chosen, **quiet)
    page = gr.context.Context.root_block
    if page is not None:
        page.load(lambda: _choices(desk), outputs=chosen, **quiet)


def measuring(desk: Desk, path: Path | None) -> Iterator[tuple[str, str]]:
    """Asks the set, telling how far it is; each step is what to say of it and the report, as HTML."""
    if path is None:
        yield problem("Choose a question set first."), ""
        return
    out = Path(tempfile.mkdtemp(prefix="onrecord-eval-"))
    answerer = desk.engine if isinstance(desk.engine, Engine) else None
    for news in followed(lambda tell: evaluate(path, desk.folder, answerer=answerer, out=out, progress=tell)):
        if isinstance(news, Progress):
            yield progress_bar(news), ""
        elif news.given is None:
            yield problem(news.problem), ""
        else:
            yield _done(news.given), framed(out / REPORT)


def framed(report: Path) -> str:
    """The report in a frame of its own."""
    page = plain(report.read_text("utf-8"))
    return f'<iframe class="report" title="Report of the evaluation" sandbox="allow-scripts" srcdoc="{page}"></iframe>'


def sets(desk: Desk) -> dict[str, Path]:
    """Question sets that are at hand, by name: what readers judged, and the packaged one where its texts are there."""
    found = {}
    if desk.folder and (desk.folder / FILE).is_file():
        found["What readers judged on this page"] = desk.folder / FILE
    here = {Path(entry.place).name for entry in desk.engine.entries()}
    if here.issuperset(path.name for path in samples.paths()):
        found["The packaged questions about the samples"] = Path(str(samples.questions_path()))
    return found


def _choices(desk: Desk) -> dict[str, Any]:
    return gr.update(choices=[*sets(desk), CHOSEN_FILE])


def _path(desk: Desk, choice: str | None, file: str | None) -> Path | None:
    if choice == CHOSEN_FILE:
        return Path(file) if file else None
    return sets(desk).get(choice or "")


def _done(results: Results) -> str:
    count = results.summary.counts.questions
    noun = "question" if count == 1 else "questions"
    return f"<p>{count:,} {noun} asked. All of it is in {plain(str(results.folder))}.</p>"
