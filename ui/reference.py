"""A quote with where it comes from, as one line of text to paste into an article or a note. Pure."""

from __future__ import annotations

from datetime import date

from ingest.clock import format_clock
from ingest.sentences import Span
from ingest.transcript import Transcript
from rag.results import Citation
from ui.escape import written
from ui.media import at_second


def reference(citation: Citation) -> str:
    """“Exact words.” — Kevin Ho, president in “Title”, Harbour News, 19 April 2018, at ≈0:34."""
    said = ", ".join(part for part in (citation.speaker or "", citation.role or "") if part)
    when = "" if citation.start_ms is None else format_clock(citation.start_ms, interpolated=citation.interpolated)
    return line(citation.quote, said, origin(citation.title, citation.source, citation.published), when, citation.url)


def reference_in(transcript: Transcript, quote: Span) -> str:
    """The same of a span of a transcript: speaker and time are those of the turn that covers it."""
    turn = transcript.turn_at(quote[0])
    said = ", ".join(part for part in (turn.speaker or "", turn.role or "") if part)
    when = "" if turn.start_ms is None else format_clock(turn.start_ms, interpolated=turn.interpolated)
    where = origin(transcript.title, transcript.source, transcript.published)
    url = at_second(transcript.media_url, turn.start_ms) or at_second(transcript.url, turn.start_ms, recording=False)
    return line(transcript.text[slice(*quote)], said, where, when, url)


def origin(title: str, source: str | None, published: date | None) -> str:
    """“Title”, Harbour News, 19 April 2018: as much of it as is known."""
    named = f"“{title}”" if title else ""
    return ", ".join(part for part in (named, source or "", written(published) if published else "") if part)


def line(quote: str, said: str, where: str, when: str, url: str | None) -> str:
    """The parts put together; what is empty is left out."""
    about = " in ".join(part for part in (said, where) if part) if said else where
    told = ", at ".join(part for part in (about, when) if part)
    words = f"“{' '.join(quote.split())}”"
    return " ".join(part for part in (f"{words} — {told}." if told else words, at_second(url, None) or "") if part)
