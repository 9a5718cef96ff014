"""Evidence as HTML cards: a citation with its exact quote marked in context, or a passage near a question.

A card is a `<details>`: one line that says who, where and when, and the words themselves beneath it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingest.clock import format_clock
from rag.results import Citation, Hit
from ui.escape import day, isolated, link, plain
from ui.media import at_second

UNNAMED = "Speaker not named"
ESTIMATED = "Estimated from the length of the recording"
TRANSCRIBED = "As transcribed"
TEASER_CHARS = 160


@dataclass(frozen=True, slots=True)
class Place:
    """Where words were said: what a card's head line shows."""

    who: str | None
    role: str | None
    title: str
    source: str | None
    published: date | None
    start_ms: int | None
    interpolated: bool


def day_and_source(source: str | None, published: date | None) -> str:
    """ "Harbour News · 19 April 2018", as far as they are known, as HTML."""
    parts = (isolated(source) if source else "", day(published) if published else "")
    return " · ".join(part for part in parts if part)


def anchor(exchange: int, marker: int) -> str:
    """The id of a citation's card, unique in the conversation."""
    return f"answer-{exchange}-source-{marker}"


def citation_card(citation: Citation, exchange: int, *, opened: bool = False, transcribed: str = "") -> str:
    """A numbered card; `opened` shows the quote in its context from the start.

    `transcribed` are the quote's exact words where it is shown in other capitals than theirs.
    """
    place = Place(
        citation.speaker,
        citation.role,
        citation.title,
        citation.source,
        citation.published,
        citation.start_ms,
        citation.interpolated,
    )
    number = f'<span class="number"><span class="unseen">Source </span>{citation.marker}</span>'
    read = _read_button(citation.transcript_id, citation.char_start, citation.char_end)
    original = link(at_second(citation.url, citation.start_ms, recording=False), "Open the original")
    body = f'{_asked(citation)}<blockquote dir="auto">{_in_context(citation, transcribed)}</blockquote>'
    body += f'<p class="original">{read}{original}</p>'
    state = " open" if opened else ""
    return (
        f'<details class="card source" id="{anchor(exchange, citation.marker)}"{state}>'
        f"<summary>{number}{_head(place, citation.quote)}</summary>{body}</details>"
    )


def passage_card(hit: Hit) -> str:
    """A passage that was found and not cited."""
    passage = hit.passage
    who = ", ".join(passage.speakers) or None
    place = Place(who, None, hit.title, hit.source, hit.published, passage.start_ms, passage.interpolated)
    return (
        f'<details class="card passage"><summary>{_head(place, passage.text)}</summary>'
        f'<blockquote dir="auto">{plain(passage.text)}</blockquote>'
        f'<p class="original">{_read_button(passage.transcript_id, passage.char_start, passage.char_end)}</p></details>'
    )


def _read_button(transcript_id: str, start: int, end: int) -> str:
    """What opens the reader at a span of a transcript."""
    place = f'data-transcript="{plain(transcript_id)}" data-start="{start}" data-end="{end}"'
    return f'<button type="button" class="read" {place}>Read in the transcript</button>'


def _asked(citation: Citation) -> str:
    """The question of the interview that the quote answers."""
    if not citation.asked:
        return ""
    who = f"{isolated(citation.asked_by)} asked" if citation.asked_by else "Asked"
    return f'<p class="asked">{who}: <q dir="auto">{plain(citation.asked)}</q></p>'


def _head(place: Place, words: str) -> str:
    role = f'<span class="role">, {isolated(place.role)}</span>' if place.role else ""
    cut = words if len(words) <= TEASER_CHARS else words[:TEASER_CHARS].rstrip() + "…"
    return (
        f'<span class="who">{_who(place)}{role}</span>{_when(place)}'
        f'<span class="where">{_where(place)}</span>'
        f'<span class="teaser" dir="auto" aria-hidden="true">{plain(cut)}</span>'
    )


def _who(place: Place) -> str:
    return f"<b>{isolated(place.who)}</b>" if place.who else f'<span class="unnamed">{UNNAMED}</span>'


def _when(place: Place) -> str:
    if place.start_ms is None:
        return ""
    hint = f' title="{ESTIMATED}"' if place.interpolated else ""
    return f'<span class="when"{hint}>{format_clock(place.start_ms, interpolated=place.interpolated)}</span>'


def _where(place: Place) -> str:
    title = f"<cite>{isolated(place.title)}</cite>" if place.title else ""
    return " · ".join(part for part in (title, day_and_source(place.source, place.published)) if part)


def _in_context(citation: Citation, transcribed: str) -> str:
    hint = f' title="{plain(f"{TRANSCRIBED}: {transcribed}")}"' if transcribed else ""
    return f"{_context(citation.before)}<mark{hint}>{plain(citation.quote)}</mark>{_context(citation.after)}"


def _context(words: str) -> str:
    return f'<span class="context">{plain(words)}</span>' if words else ""
