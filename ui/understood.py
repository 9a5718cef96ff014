"""How a question was understood, as HTML: as it was read, what the search was narrowed to, as chips to remove. Pure."""

from __future__ import annotations

import json

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
    made = "".join(_chip(text, left, by_hand) for text, left in chips(through))
    return f'<p class="chips"><span class="chips-label">Looked only at</span> {made}</p>'


def _chip(text: str, left: Filters, by_hand: Filters | None) -> str:
    """A filter that was set by hand goes alone; with one read off the wording all that were read go."""
    given = by_hand or NO_FILTERS
    by_hand_alone = any(gone == text for gone, _ in chips(given)) and left == _common(left, given)
    alone = not left or by_hand_alone
    rest = plain(json.dumps(write_filters(left if alone else NO_FILTERS)))
    label = f"Ask again without {text}" if alone else f"Ask again everywhere, not only {text}"
    return (
        f'<span class="filter">{isolated(text)}<button type="button" data-act="without" data-filters="{rest}" '
        f'aria-label="{plain(label)}">×</button></span>'
    )


def _common(one: Filters, other: Filters) -> Filters:
    """What both hold."""
    return Filters(
        tuple(each for each in one.speakers if each in other.speakers),
        one.since if one.since == other.since else None,
        one.until if one.until == other.until else None,
        tuple(each for each in one.sources if each in other.sources),
    )
