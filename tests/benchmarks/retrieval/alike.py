"""Where evidence stands in a file as it lies on disk, whatever stands between its words: labels, times, markup.

The plain pipeline cuts files, not transcripts, so its passages are spans of the file; this finds the evidence's span
in the same characters. Compared are words alone, in any case.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?"
_TIMES = re.compile(rf"\*?\[?{_CLOCK}\]?(?:\s*-+>?\s*{_CLOCK})?\s*\*?(?:\s?:)?")
_WORD = re.compile(r"[^\W_]+")
_RUN = 6
_SPARE_SHARE, _SPARE_WORDS = 1.5, 40
_AHEAD = 25

Span = tuple[int, int]


class Text:
    """A file's text, ready to be searched for evidence."""

    def __init__(self, text: str) -> None:
        bare = _TIMES.sub(lambda match: " " * len(match.group()), text)
        found = list(_WORD.finditer(bare))
        self._words = [match.group().casefold() for match in found]
        self._spans = [match.span() for match in found]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._words):
            self._places[word].append(place)

    def span(self, quote: str) -> Span | None:
        """The characters from the first to the last word of the quote; None where it does not stand there.

        Its words must be there, in runs of six at the beginning and the end; between these, a label or a page's
        heading may come in, as long as the whole is not half as long again.
        """
        wanted = [word.casefold() for word in _WORD.findall(_TIMES.sub(" ", quote))]
        if not wanted:
            return None
        pairs = [(first, first + len(wanted) - 1) for first in self._runs(wanted)] or self._around(wanted)
        if not pairs:
            return None
        first, last = min(pairs, key=lambda pair: abs(pair[1] - pair[0] + 1 - len(wanted)))
        return self._spans[first][0], self._spans[last][1]

    def _around(self, wanted: Sequence[str]) -> list[tuple[int, int]]:
        """The first and last word of all stretches between a run of the beginning and one of the end."""
        size = min(_RUN, len(wanted))
        final = len(wanted) - size
        begins = self._first_found([wanted[at : at + size] for at in range(min(_AHEAD, final) + 1)])
        ends = self._first_found([wanted[at : at + size] for at in range(final, max(0, final - _AHEAD) - 1, -1)])
        longest = len(wanted) * _SPARE_SHARE + _SPARE_WORDS
        between = ((first, last + size - 1) for first in begins for last in ends)
        return [(first, last) for first, last in between if len(wanted) / 2 <= last - first + 1 <= longest]

    def _first_found(self, runs: Sequence[Sequence[str]]) -> list[int]:
        """Where the first of the runs that stands anywhere stands."""
        return next(filter(None, map(self._runs, runs)), [])

    def _runs(self, words: Sequence[str]) -> list[int]:
        size = len(words)
        return [at for at in self._places.get(words[0], ()) if self._words[at : at + size] == words]
