"""The sentences of a passage found, as places in its transcript. A turn is cut once, however many passages it has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ingest.sentences import Span, sentences
from ingest.transcript import Passage, Turn


def spans_within(turn: Turn, passage: Passage) -> Iterator[Span]:
    """The sentences of the turn that lie in the passage, as (start, end) characters of the transcript."""
    for span in spans_of(turn):
        if span[0] >= passage.char_start and span[1] <= passage.char_end:
            yield span


def spans_of(turn: Turn) -> tuple[Span, ...]:
    """All sentences of the turn, likewise."""
    return tuple((turn.char_start + start, turn.char_start + end) for start, end in _sentences(turn.text))


# A talk without speakers is one turn: cutting an hour of it takes longer than everything else in an answer.
@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentences(text))
