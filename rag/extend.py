"""Quotes that can be read alone: a sentence with its neighbours in the same turn where it leans on them.

Only whole sentences that follow each other are added, so that the quote stays verbatim. Where marks do not tell
sentences apart, as in captions without punctuation, nothing is added. What leans is told by `rag.leaning`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.sentences import Span
from ingest.transcript import Turn
from rag.leaning import leans_back, leans_forward
from rag.spans import spans_of

MOST_ADDED, MOST_WORDS = 2, 60
_CLOSED = re.compile(r"[.!?…:][\"”’')\]]*$")


def extended(turn: Turn, start: int, end: int) -> Span:
    """The sentence at these characters of the transcript, with up to two neighbours that it needs to be understood.

    At most MOST_WORDS words are added. A span that is no sentence of the turn is left as it is.
    """
    spans = spans_of(turn)
    if (start, end) not in spans:
        return start, end
    first = last = spans.index((start, end))
    texts = [turn.text[one - turn.char_start : other - turn.char_start] for one, other in spans]
    room = MOST_WORDS
    for _ in range(MOST_ADDED):
        if _needs_before(texts, first) and len(texts[first - 1].split()) <= room:
            first -= 1
            room -= len(texts[first].split())
        elif _needs_after(texts, last) and len(texts[last + 1].split()) <= room:
            last += 1
            room -= len(texts[last].split())
        else:
            break
    return spans[first][0], spans[last][1]


def _needs_before(texts: Sequence[str], at: int) -> bool:
    """Whether it leans on the one before it, and that is a whole sentence: what is too long is cut at words."""
    whole = at > 0 and begins_one(texts, at) and begins_one(texts, at - 1)
    return whole and leans_back(texts[at], texts[at - 1])


def _needs_after(texts: Sequence[str], at: int) -> bool:
    return at + 1 < len(texts) and begins_one(texts, at + 1) and leans_forward(texts[at])


def begins_one(texts: Sequence[str], at: int) -> bool:
    """Whether a sentence begins here, as far as the marks before it tell."""
    return not at or bool(_CLOSED.search(texts[at - 1]))
