"""The chat page and how it is served: on loopback unless told otherwise, no share link, no analytics.

Nothing is fetched from elsewhere. The panels are in the files beside this one, the socket in `ui.server`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

# Gradio reads these: no telemetry, and no statistics, which it makes with pandas after every question.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from ingest.errors import IngestError
from rag.errors import RagError
from ui import health, masthead, mcp_tools, views
from ui.asker import Asker
from ui.chat import chat
from ui.desk import Desk
from ui.doors import name_of, shut
from ui.endpoints import Api, endpoints
from ui.panel_evaluate import evaluation
from ui.panel_library import library
from ui.panel_reader import reader
from ui.panel_settings import settings
from ui.server import LOOPBACK, PORT, background, listen, url
from ui.serving import ALONE, MEGABYTE, Serving
from ui.theme import favicon, head, script, theme
from ui.welcome import beginning

_UPLOADS_S = (3600, 24 * 3600)
"""Seconds between looks for uploads that nobody asked for any more, and how old these are. At the end all go."""


def build(
    engine: Asker, examples: Sequence[str] = (), archive: Path | None = None, serving: Serving = ALONE
) -> gr.Blocks:
    """The page over an engine, with questions to try; not yet served.

    `archive` is the folder of the engine's archive. With it transcripts can be put in and taken out, test questions
    asked and other answerers chosen, within what `serving` allows; without it the page only reads.
    """
    desk = Desk(engine, archive)
    page = gr.Blocks(title=masthead.NAME, analytics_enabled=False, delete_cache=_UPLOADS_S)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    with page:
        top = gr.HTML(_top(engine), elem_id="top", js_on_load=script("top.js"), apply_default_css=False)
        views.links(archive is not None)
        with gr.Column(elem_id="main"):
            with gr.Column(elem_id="view-ask", elem_classes="view"):
                parts = chat(desk)
            with gr.Column(elem_id="view-library", elem_classes="view"):
                library(desk, serving)
            if archive is not None:
                with gr.Column(elem_id="view-evaluate", elem_classes="view"):
                    evaluation(desk, parts.session)
                with gr.Column(elem_id="view-settings", elem_classes="view"):
                    settings(desk, parts.session)
        reader(desk)
        begin = beginning(desk, tuple(dict.fromkeys(examples)))
        for arrived in (page.load, top.changed):
            arrived(lambda: _top(engine), outputs=top, **quiet)
            arrived(begin, outputs=parts.welcome, **quiet)
    return page


def application(
    engine: Asker,
    examples: Sequence[str] = (),
    archive: Path | None = None,
    serving: Serving = ALONE,
    host: str = LOOPBACK,
) -> FastAPI:
    """The page, its API and its health as an ASGI application, for any server that listens on `host`.

    Raises OpenDoorError, UsersFileError, McpMissing.
    """
    serving.check(host)
    outer = FastAPI(title=masthead.NAME, docs_url=None, redoc_url=None, openapi_url=None)
    outer.add_api_route(health.PATH, health.health(engine), include_in_schema=False)
    page, desk = build(engine, examples, archive, serving), Desk(engine, archive)
    endpoints(page, desk, serving.files)
    if serving.mcp:
        mcp_tools.mount(outer, Api(desk, serving.files))
    gr.mount_gradio_app(
        outer,
        page,
        path="/",
        root_path=serving.prefix or None,
        auth_dependency=name_of if serving.users else None,
        max_file_size=serving.upload_mb * MEGABYTE,
        theme=theme(),
        head=head(),
        favicon_path=str(favicon()),
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    shut(outer, page, serving, host)
    return outer


def serve(
    engine: Asker,
    host: str = LOOPBACK,
    port: int = PORT,
    examples: Sequence[str] = (),
    announce: Callable[[str], None] | None = None,
    archive: Path | None = None,
    serving: Serving = ALONE,
) -> None:
    """Serves the page until interrupted. Once it is up its address is printed, or given to `announce`.

    Raises AddressError when the address cannot be listened on, and what `application` raises.
    """
    with running(engine, host, port, examples, archive, serving) as address:
        (announce or tell_address)(address)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


@contextmanager
def running(
    engine: Asker,
    host: str = LOOPBACK,
    port: int = PORT,
    examples: Sequence[str] = (),
    archive: Path | None = None,
    serving: Serving = ALONE,
) -> Iterator[str]:
    """The page served in the background; gives its URL. Port 0 takes any free one. Raises as `serve` does."""
    with listen(host, port) as listening:
        app = application(engine, examples, archive, serving, host)
        with background(app, listening, partial(_end_streams, app)):
            yield url(host, listening.getsockname()[1])


def _end_streams(app: FastAPI) -> None:
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, gr.routes.App):
            route.app.stop_event.set()


def _top(engine: Asker) -> str:
    try:
        return masthead.masthead(engine.entries())
    except (IngestError, RagError) as error:
        return masthead.closed(str(error))


def tell_address(address: str) -> None:
    """Prints where the page is."""
    print(f"\n  {masthead.NAME} is ready: {address}\n  Press Ctrl-C to stop.\n", flush=True)  # noqa: T201
