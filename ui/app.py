"""The chat page and how it is served: on loopback unless told otherwise, no share link, no analytics.

Nothing is fetched from elsewhere. The panels are in the files beside this one, the socket in `ui.server`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

# Gradio reads these: no telemetry, and no statistics, which it makes with pandas after every question.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from ingest.errors import IngestError
from rag.errors import RagError
from ui import masthead
from ui.asker import Asker
from ui.chat import chat
from ui.server import LOOPBACK, PORT, background, listen, url
from ui.theme import favicon, head, theme


def build(engine: Asker, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page over an engine, with questions to try; not yet served."""
    page = gr.Blocks(title=masthead.NAME, analytics_enabled=False)
    with page:
        top = gr.HTML(_top(engine), elem_id="top", apply_default_css=False)
        chat(engine, tuple(dict.fromkeys(examples)))
        page.load(lambda: _top(engine), outputs=top, show_progress="hidden", api_visibility="private")
    return page


def application(engine: Asker, examples: Sequence[str] = ()) -> FastAPI:
    """The page as an ASGI application, for any server."""
    outer = FastAPI(title=masthead.NAME, docs_url=None, redoc_url=None, openapi_url=None)
    gr.mount_gradio_app(
        outer,
        build(engine, examples),
        path="/",
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
    return outer


def serve(
    engine: Asker,
    host: str = LOOPBACK,
    port: int = PORT,
    examples: Sequence[str] = (),
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serves the page until interrupted. Once it is up its address is printed, or given to `announce`.

    Raises AddressError when the address cannot be listened on.
    """
    with running(engine, host, port, examples) as address:
        (announce or tell_address)(address)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


@contextmanager
def running(engine: Asker, host: str = LOOPBACK, port: int = PORT, examples: Sequence[str] = ()) -> Iterator[str]:
    """The page served in the background; gives its URL. Port 0 takes any free one. Raises AddressError."""
    with listen(host, port) as listening:
        app = application(engine, examples)
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
