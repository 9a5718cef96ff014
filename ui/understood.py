"""How a question was understood, as HTML: as it was read, what the search was narrowed to, as chips to remove. Pure."""

from __future__ import annotations

import json
from dataclasses import replace

from rag.filters import NO_FILTERS, Filters
from rag.results import Answer
from rag.search import Sought
from ui.conversation import Exchange
from ui.escape import isolated, plain
from ui.narrowing import chips, write_filters


def understood(shown: Exchange) -> str:
    """The line under a question; empty where it was taken as it stands and looked up everywhere."""
    answer = shown.answer
    if answer is None:
        return ""
    read_as = f'<p class="read-as">Read as: <q dir="auto">{plain(answer.read_as)}</q></p>' if answer.read_as else ""
    return read_as + _chips(answer.filters, shown.filters)


def notice_of(answer: Answer) -> str:
    """The answer's notice without what `understood` shows already."""
    told = answer.notice.replace(Sought((), answer.filters).notice, "")
    if answer.read_as:
        told = told.replace(f"Read as a follow-up: {answer.read_as}", "")
    return " ".join(told.split())


def _chips(through: Filters, by_hand: Filters | None) -> str:
    if not through:
        everywhere = by_hand == NO_FILTERS
        return '<p class="chips"><span class="chips-label">Looked everywhere</span></p>' if everywhere else ""
    made = "".join(_chip(text, left) for text, left in chips(through))
    return f'<p class="chips"><span class="chips-label">Looked only at</span> {made}</p>'


def _chip(text: str, left: Filters) -> str:
    """A filter that goes alone: those that are left are asked for by hand, so the wording brings none back."""
    rest = plain(json.dumps(write_filters(replace(left, only=bool(left)))))
    return (
        f'<span class="filter">{isolated(text)}<button type="button" data-act="without" data-filters="{rest}" '
        f'aria-label="{plain(f"Ask again without {text}")}">×</button></span>'
    )
