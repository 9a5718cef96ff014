"""Cuts what is too long for one sentence: at its marks where it has some, else before a conjunction, else at words.

Speech-to-text often writes no punctuation at all; then a run of words that can be read at a glance stands for a
sentence. Even halves are cut, not the longest run first, so that no crumb is left at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Span = tuple[int, int]

LONGEST_WORDS = 80
RUN_WORDS = 25
_LONGEST_UNMARKED = 60
_ENDING = 8
_WORD = re.compile(r"\S+")
_CLOSING = r"[\"”’')\]]*"
_MARK = re.compile(rf"[.?!…;:—–,]{_CLOSING}(?=\s|$)")
_STRENGTHS = tuple(re.compile(rf"{marks}{_CLOSING}$") for marks in ("[.?!…]", "[;:—–]", ","))
_CONJUNCTIONS = frozenset(
    "although and because but if or since so that then though until when where whereas which while who".split()
)


def runs(line: str, start: int, end: int, bare_words: int) -> Iterator[Span]:
    """The stretch of the line, cut where it is too long.

    One without any mark is too long at more than `bare_words` words, any at more than 80. Without a mark for more
    than 60 words on end it counts as bare, since nobody writes such sentences. Pieces of bare speech have at most 25
    words.
    """
    words = [match.span() for match in _WORD.finditer(line, start, end)]
    yield from _halved(line, words, RUN_WORDS if _is_bare(line, words, bare_words) else LONGEST_WORDS)


def is_bare(text: str) -> bool:
    """Whether the text has too few marks for its length to be cut at them."""
    return _is_bare(text, [match.span() for match in _WORD.finditer(text)], RUN_WORDS)


def _is_bare(line: str, words: Sequence[Span], bare_words: int) -> bool:
    marks = [place for place, (a, b) in enumerate(words) if _MARK.search(line, max(a, b - _ENDING), b)]
    return len(words) > bare_words if not marks else _longest_stretch(marks, len(words)) > _LONGEST_UNMARKED


def _halved(line: str, words: Sequence[Span], most: int) -> Iterator[Span]:
    waiting = [(0, len(words))]
    while waiting:
        first, last = waiting.pop()
        if last - first <= most:
            yield words[first][0], words[last - 1][1]
            continue
        cut = _best_cut(line, words, first, last)
        waiting += [(cut, last), (first, cut)]


def _best_cut(line: str, words: Sequence[Span], first: int, last: int) -> int:
    """The place about the middle with the strongest mark before it; of several, the one nearest to the middle."""
    around, middle = min((last - first) // 4, LONGEST_WORDS // 4), (first + last) // 2
    places = range(middle - around + 1, middle + around + 1)
    return min(places, key=lambda place: (_rank(line, words, place), abs(place - middle)))


def _rank(line: str, words: Sequence[Span], place: int) -> int:
    """How strongly the words are parted there, 0 the most. A stop before a small letter is that of "U.S." only."""
    start, end = words[place - 1]
    tail, following = line[max(start, end - _ENDING) : end], line[slice(*words[place])]
    found = next((rank for rank, mark in enumerate(_STRENGTHS) if mark.search(tail)), len(_STRENGTHS))
    if found == 0 and following[0].islower():
        found = len(_STRENGTHS)
    return found if found < len(_STRENGTHS) or following.lower() in _CONJUNCTIONS else found + 1


def _longest_stretch(marks: Sequence[int], words: int) -> int:
    return max(later - earlier for earlier, later in pairwise((-1, *marks, words - 1)))
