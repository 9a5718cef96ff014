"""A stretch of a sentence that may be an answer, and finding such stretches by a pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typed:
    """Characters of a sentence; `sure` is how far their own form or place says that they are of the kind, 0 to 1."""

    start: int
    end: int
    sure: float


Finder = Callable[[str], Iterator[Typed]]


def matching(pattern: str, sure: float = 1.0, *, any_case: bool = True) -> Finder:
    """What matches, without blanks and punctuation at its ends."""
    compiled = re.compile(pattern, re.IGNORECASE if any_case else 0)

    def find(sentence: str) -> Iterator[Typed]:
        for match in compiled.finditer(sentence):
            words = match.group()
            yield Typed(match.end() - len(words.lstrip()), match.start() + len(words.rstrip(" ,;:")), sure)

    return find


def any_of(*finders: Finder) -> Finder:
    """What any of them finds."""

    def find(sentence: str) -> Iterator[Typed]:
        for finder in finders:
            yield from finder(sentence)

    return find
