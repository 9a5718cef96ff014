"""Words that a hyphen parts at a line end, put together: "demo-" and "cracy" are one word, "well-" and "known" two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, starmap
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"([^\W_]+)([-\u00ad\u2010])$")
_REST = re.compile(r"([^\W_]+)([^\s:]*)(?:\s+|$)")
_WHOLE_PREFIX = frozenset(
    """all anti co cross ex far first full half high ill inter like long low mid middle multi neo new non old one part
    pre post pro self semi short so three two under vice well world year""".split()
)
_MOST_BREAKS = 0.03


class _Break(NamedTuple):
    """A word that a hyphen parts at a line end: its halves, and where the second one ends in its line."""

    first: str
    mark: str
    second: str
    end: int


def joined(lines: Sequence[str]) -> list[str]:
    """The lines, with each parted word on the upper one."""
    hyphens = _Hyphens(lines)
    whole: list[str] = []
    for line in lines:
        found = _break(whole[-1], line) if whole else None
        if found:
            mark = "-" if hyphens.keep(found) else ""
            whole[-1] = f"{whole[-1][: -len(found.mark)]}{mark}{line[: found.end].rstrip()}"
        kept = line[found.end :] if found else line
        if kept or not line:
            whole.append(kept)
    return whole


def _break(line: str, following: str) -> _Break | None:
    broken, rest = _BROKEN_WORD.search(line), _REST.match(following)
    if not broken or not rest:
        return None
    goes_on = rest[1][0].islower() or (broken[1].isdigit() and rest[1].isdigit())
    double_name = broken[1].istitle() and rest[1].istitle() and min(len(broken[1]), len(rest[1])) > 2
    return _Break(broken[1], broken[2], rest[1], rest.end()) if goes_on or double_name else None


class _Hyphens:
    """Which words a document writes with a hyphen, judged by those of its words that stand within lines.

    A word it does not tell about keeps its hyphen where lines break at such hyphens only, as when a program does not
    hyphenate.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._words = Counter(word for line in lines for word in _WORD.findall(line.lower()))
        breaks = [found for found in starmap(_break, pairwise(lines)) if found]
        told = Counter(self._told(each) for each in breaks)
        often = len(breaks) > _MOST_BREAKS * len(lines)
        self._hyphenates = told[False] > told[True] or (often and told[False] >= told[True])

    def keep(self, found: _Break) -> bool:
        """Whether the word is written with its hyphen."""
        told = self._told(found)
        if told is not None or found.mark == "\u00ad":
            return bool(told)
        return not found.second[0].islower() or not found.first.isalpha() or not self._hyphenates

    def _told(self, found: _Break) -> bool | None:
        """What the rest of the document says: as it writes the word elsewhere, or that it is made of two words."""
        first, second = found.first.lower(), found.second.lower()
        if found.mark == "\u00ad":
            return None
        if f"{first}-{second}" in self._words or first + second in self._words:
            return f"{first}-{second}" in self._words
        made_of_two = first in _WHOLE_PREFIX or (self._words[first] > 1 and self._words[second] > 1)
        return True if made_of_two else None
