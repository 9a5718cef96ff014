"""The library: the archive's shape, a table of its transcripts to search, sort, read and remove, and the way in.

The rows are made page by page on the server, so that thousands of transcripts are no more to load than fifty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gradio as gr

from ingest.errors import IngestError
from ingest.sync import Progress
from rag.errors import RagError
from ui.accounts import may_edit
from ui.desk import Desk
from ui.escape import plain
from ui.followed import followed, problem, progress_bar
from ui.plot import plot
from ui.sent import TAKEN, NotTaken, Uploaded, taken
from ui.serving import ALONE, MEGABYTE, Serving
from ui.shelf import ORDERS, page, read_wish
from ui.theme import script
from ui.uploads import Put, put_in, remove

_HEADS = "".join(
    f'<th scope="col" aria-sort="{"descending" if name == "date" else "none"}">'
    f'<button type="button" data-order="{name}">{heading}</button></th>'
    for name, (heading, _) in ORDERS.items()
)
_TABLE = """
<div class="shelf">
  <div class="held"></div>
  <label class="find">Search the library <input type="search" name="words" autocomplete="off"></label>
  <p class="count" role="status"></p>
  <div class="table rows" tabindex="0" role="region" aria-label="Transcripts">
  <table><thead><tr>HEADS</tr></thead><tbody></tbody></table></div>
  <div class="pages"><button type="button" data-page="-1">Previous page</button>
  <button type="button" data-page="1">Next page</button></div>
  <dialog aria-labelledby="removing"><h2 id="removing">Remove this transcript?</h2><p class="which" dir="auto"></p>
  <p>It goes out of the archive and out of every search. A file that lies elsewhere stays where it is.</p>
  <p class="problem" hidden></p>
  <form method="dialog"><button type="button" class="yes">Remove</button>
  <button value="no">Keep</button></form></dialog>
</div>
"""


def library(desk: Desk, serving: Serving = ALONE) -> None:
    """Puts the panel where it is called; `serving` tells how much is taken at once."""
    changing = desk.folder is not None
    last = '<th scope="col"><span class="unseen">Remove</span></th>' if changing else ""
    gr.HTML(
        0,
        html_template=_TABLE.replace("HEADS", _HEADS + last),
        js_on_load=script("library.js"),
        server_functions=[listing(desk), removing(desk)],
        elem_id="library",
        apply_default_css=False,
    )
    if changing:
        _uploading(desk, serving)


def listing(desk: Desk) -> Callable[[object], dict[str, Any]]:
    """What the browser calls for a page of the table: {"words", "order", "down", "start"}."""

    def listed(told: object = None) -> dict[str, Any]:
        try:
            entries = desk.engine.entries()
        except (IngestError, RagError) as error:
            return {"problem": str(error)}
        speakers = len({name for entry in entries for name in entry.speakers})
        named = "1 speaker is named" if speakers == 1 else f"{speakers:,} speakers are named"
        held = f"<p>{named} in them.</p>" if entries else ""
        shown = page(entries, read_wish(told), removable=desk.folder is not None)
        return {**asdict(shown), "held": held + plot(entries)}

    return listed


def removing(desk: Desk) -> Callable[[object], dict[str, Any]]:
    """What the browser calls, once its reader has confirmed, to take a transcript out: {"id"}."""

    def removed(told: object = None, request: gr.Request | None = None) -> dict[str, Any]:
        if not may_edit(request):
            return {"problem": "Only editors remove transcripts."}
        if desk.folder is None or not isinstance(told, dict):
            return {"problem": "Nothing can be removed here."}
        try:
            entry = remove(str(told.get("id")), desk.folder)
        except (IngestError, OSError) as error:
            return {"problem": str(error)}
        return {"said": f"Removed “{entry.title}”."}

    return removed


def _uploading(desk: Desk, serving: Serving) -> None:
    with gr.Column(elem_id="putting-in"):
        gr.HTML("<h2>Put transcripts in</h2>", apply_default_css=False)
        files = gr.File(
            label="Transcripts to put in",
            show_label=False,
            file_count="multiple",
            file_types=sorted(TAKEN),
            height=150,
            elem_id="files",
        )
        limits = f'data-files="{serving.files}" data-bytes="{serving.upload_mb * MEGABYTE}"'
        report = gr.HTML(
            "",
            html_template=f'<div role="status" {limits}>${{value}}</div>',
            js_on_load=script("put.js"),
            apply_default_css=False,
        )

    def put(sent: Sequence[Uploaded] | None, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        if not may_edit(request):
            yield None, problem("Only editors put transcripts in.")
            return
        try:
            with taken(sent or (), serving.files) as paths:
                for shown in progressing(desk, paths):
                    yield gr.skip(), shown
            yield None, gr.skip()
        except NotTaken as error:
            yield None, problem(str(error))

    # Not preprocessed: Gradio would leave an empty file behind for each.
    files.upload(
        put, files, [files, report], show_progress="hidden", api_visibility="private", concurrency_limit=1,
        concurrency_id="put", preprocess=False,
    )  # fmt: skip


def progressing(desk: Desk, files: Sequence[Path]) -> Iterator[str]:
    """Puts the files in, telling how far it is as HTML; the last is what became of each."""
    yield f"<p>Putting in {len(files)} {'file' if len(files) == 1 else 'files'}…</p>"
    for news in followed(lambda tell: put_in(files, desk.folder or Path(), tell)):
        if isinstance(news, Progress):
            yield progress_bar(news)
        else:
            yield problem(news.problem) if news.given is None else outcomes(news.given)


def outcomes(put: Sequence[Put]) -> str:
    """What became of each file, as a list."""
    items = "".join(
        f'<li><b dir="auto">{plain(each.name)}</b> {plain(each.outcome)}{"." if not each.detail else ": "}'
        f'<span dir="auto">{plain(each.detail)}</span></li>'
        for each in put
    )
    return f'<ul class="outcomes" data-done="{len(put)}">{items}</ul>' if put else "<p>There was nothing to put in.</p>"
