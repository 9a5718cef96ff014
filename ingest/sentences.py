"""Where sentences begin and end, as character offsets, so that what is cut out is always verbatim.

The boundaries are sentencex's (Wikimedia); two things are ours: it ends a sentence after "7 p.m." even when a day
follows, and it has no answer for speech without punctuation, which is cut at word boundaries to stay readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

Span = tuple[int, int]

LONGEST_WORDS = 80
_CLOCK_END = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    r"(?:on |in )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Eastern|Pacific|Central|GMT|UTC|E[SD]T)\b"
)
_WORD = re.compile(r"\S+")


def sentences(text: str, language: str = "en") -> tuple[Span, ...]:
    """Offsets (start, end) of each sentence of the text, white space around it left out.

    A sentence never runs over a line end. One of more than 80 words, as in captions without punctuation, is cut into
    pieces of that length.
    """
    spans: list[Span] = []
    offset = 0
    for line in text.split("\n"):
        spans.extend((offset + a, offset + b) for a, b in _line_sentences(line, language))
        offset += len(line) + 1
    return tuple(spans)


def _line_sentences(line: str, language: str) -> Iterator[Span]:
    for start, end in _merged(line, _raw(line, language)):
        yield from _pieces(line, start, end)


def _raw(line: str, language: str) -> Iterator[Span]:
    offset = 0
    for segment in sentencex.segment(language, line):
        stripped = segment.strip()
        if stripped:
            start = offset + segment.index(stripped)
            yield start, start + len(stripped)
        offset += len(segment)


def _merged(line: str, spans: Iterator[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and _belongs_to_previous(line[slice(*merged[-1])], line[start:end]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _belongs_to_previous(previous: str, current: str) -> bool:
    after_clock = _CLOCK_END.search(previous) and _AFTER_CLOCK.match(current)
    return bool(after_clock) or not any(char.isalnum() for char in current)


def _pieces(line: str, start: int, end: int) -> Iterator[Span]:
    words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(line[start:end])]
    for first in range(0, len(words), LONGEST_WORDS):
        piece = words[first : first + LONGEST_WORDS]
        yield piece[0][0], piece[-1][1]
