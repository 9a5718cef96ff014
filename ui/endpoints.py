"""The page's API for programs: `ask`, `search`, `transcripts` and `ingest`, as Gradio endpoints with names and types.

What they give is what the command line prints with --json. Errors reach the caller as a sentence. Who may call them is
settled by `ui.login`; that readers put nothing in, here.
"""

# Gradio takes types and defaults of the endpoints from their annotations, which must be types and not text.
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import PurePath
from typing import Any, ParamSpec, TypeVar, cast

import gradio as gr
from gradio.events import api

from ingest.errors import IngestError
from rag.errors import RagError
from ui.accounts import may_edit
from ui.chat import AT_ONCE
from ui.desk import Desk
from ui.errors import UiError
from ui.jsonout import plain
from ui.narrowing import read_filters
from ui.printing_search import plain_search
from ui.sent import NotTaken, taken
from ui.serving import FILES
from ui.uploads import put_in

MOST_HITS, MOST_BEFORE = 100, 100
TOLD = (IngestError, RagError, UiError, sqlite3.Error, OSError)
Record = dict[str, Any]
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Api:
    """The endpoints over a desk; each may be called from several threads at once."""

    desk: Desk
    most_files: int = FILES

    def ask(
        self,
        question: str,
        history: list[str] | None = None,
        speakers: list[str] | None = None,
        since: str = "",
        until: str = "",
        sources: list[str] | None = None,
    ) -> Record:
        """Answer a question in the transcripts' own words, each with who said it, where and when.

        history holds the conversation's earlier questions, oldest first. speakers, sources and the days since and
        until (2022-03-31) narrow the search. status is grounded, partial or refused; citations are verbatim.
        """
        filters = read_filters({"speakers": speakers, "since": since, "until": until, "sources": sources})
        return cast("Record", plain(self.desk.engine.ask(question, history or (), filters=filters)))

    def search(
        self,
        question: str,
        limit: int = 10,
        speakers: list[str] | None = None,
        since: str = "",
        until: str = "",
        sources: list[str] | None = None,
    ) -> Record:
        """Find the passages that fit a question best, best first, narrowed as for ask. Nothing is answered."""
        filters = read_filters({"speakers": speakers, "since": since, "until": until, "sources": sources})
        found = self.desk.engine.explain(question, max(1, min(int(limit), MOST_HITS)), filters=filters)
        return cast("Record", plain(plain_search(found)))

    def transcripts(self) -> list[Record]:
        """List the transcripts of the archive, newest first; place is the name of the file each came from."""
        return [_listed(entry) for entry in cast("list[Record]", plain(self.desk.engine.entries()))]

    def ingest(self, files: list[dict[str, Any]], request: gr.Request) -> list[Record]:
        """Put files into the archive that were uploaded just before, and tell what became of each. Editors only."""
        if not may_edit(request):
            raise NotTaken("Only editors put transcripts in.")
        if self.desk.folder is None:
            raise NotTaken("This page was not told its archive's folder, so nothing can be put in.")
        with taken(files, self.most_files) as paths:
            return cast("list[Record]", plain(put_in(paths, self.desk.folder, lambda _: None)))


def endpoints(page: gr.Blocks, desk: Desk, most_files: int = FILES) -> None:
    """Adds the endpoints to a page."""
    own = Api(desk, most_files)
    asking: Record = {"concurrency_limit": AT_ONCE, "concurrency_id": "ask"}
    with page:
        api(_told(own.ask), api_name="ask", **asking)
        api(_told(own.search), api_name="search", **asking)
        api(_told(own.transcripts), api_name="transcripts", **asking)
        api(_told(own.ingest), api_name="ingest", concurrency_limit=1, concurrency_id="put")


def _listed(entry: Record) -> Record:
    """Without the server's folders."""
    return {**entry, "place": PurePath(str(entry.get("place") or "")).name}


def explained(error: Exception) -> str:
    """What to tell of an error in TOLD; of the system's own errors not where the server's files lie."""
    if isinstance(error, sqlite3.Error | OSError):
        return "The archive cannot be read or written just now. Tell who runs this page."
    return str(error)


def _told(function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    @wraps(function)
    def telling(*given: _Given.args, **named: _Given.kwargs) -> _Result:
        try:
            return function(*given, **named)
        except TOLD as error:
            raise gr.Error(explained(error), print_exception=False) from error

    return telling
