"""The questions to begin with: those given, else made from what the archive holds. Made once for what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.errors import IngestError
from rag.errors import RagError
from ui.desk import Desk
from ui.escape import plain
from ui.examples import MOST, about, varied

_LOOKED_AT = 12


def beginning(desk: Desk, given: Sequence[str]) -> Callable[[], str]:
    """A function that gives the questions as HTML. It reads the archive again only once that has changed."""
    known: dict[frozenset[str], tuple[str, ...]] = {}

    def questions() -> str:
        try:
            entries = desk.engine.entries()
            held = frozenset(entry.id for entry in entries)
            if held not in known:
                known.clear()
                known[held] = tuple(given) or _made(desk)
        except (IngestError, RagError):
            return ""
        return welcome(known[held])

    return questions


def welcome(questions: Sequence[str]) -> str:
    """A heading and a button for each question; nothing where there is none."""
    if not questions:
        return ""
    chips = "".join(f'<button type="button" class="chip" dir="auto">{plain(each)}</button>' for each in questions)
    return f"<h2>Questions to begin with</h2>{chips}"


def _made(desk: Desk) -> tuple[str, ...]:
    made: dict[str, None] = {}
    for entry in list(varied(desk.engine.entries()))[:_LOOKED_AT]:
        question = about(desk.text(entry.id))
        if question:
            made[question] = None
        if len(made) == MOST:
            break
    return tuple(made)
