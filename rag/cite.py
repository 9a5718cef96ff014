"""Makes a citation of exact words: quote, speaker and time are read off the transcript, never off a model."""

from __future__ import annotations

from ingest.clock import quote_span
from ingest.transcript import Transcript
from rag.interview import asked_before
from rag.results import Citation

CONTEXT_CHARS = 240


def cite(transcript: Transcript, char_start: int, char_end: int, marker: int) -> Citation:
    """The characters from `char_start` to `char_end` of the transcript as citation number `marker`.

    Words that open a turn carry the question they answer, as `rag.interview` finds it.

    Raises ValueError when they are not within one turn: words of two speakers are no quote of either.
    """
    turn = transcript.turn_at(char_start)
    if not turn.char_start <= char_start < char_end <= turn.char_end:
        raise ValueError(f"characters {char_start} to {char_end} of transcript {transcript.id} are not within one turn")
    span, asked = quote_span(turn, char_start, char_end), asked_before(transcript, turn, char_start)
    return Citation(
        marker=marker,
        quote=transcript.text[char_start:char_end],
        transcript_id=transcript.id,
        title=transcript.title,
        source=transcript.source,
        published=transcript.published,
        speaker=turn.speaker,
        role=turn.role,
        start_ms=span.start_ms,
        end_ms=span.end_ms,
        char_start=char_start,
        char_end=char_end,
        url=transcript.url,
        interpolated=span.interpolated,
        before=_clipped(transcript.text[turn.char_start : char_start], keep_end=True),
        after=_clipped(transcript.text[char_end : turn.char_end], keep_end=False),
        asked=asked.text if asked else "",
        asked_by=asked.by if asked else None,
    )


def _clipped(text: str, *, keep_end: bool) -> str:
    """At most CONTEXT_CHARS of it, at a word boundary, with an ellipsis where it was cut."""
    if len(text) <= CONTEXT_CHARS:
        return text
    if keep_end:
        return "…" + text[-CONTEXT_CHARS:].partition(" ")[2]
    return text[:CONTEXT_CHARS].rpartition(" ")[0] + "…"
