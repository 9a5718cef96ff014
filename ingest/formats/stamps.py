"""Times that stand here and there in talk: "[15:03:27]" every few minutes, as cable news has them, or "[12:40]".

Three parts are a time of day, unless they begin in the hour after midnight; then, and where there are two parts, they
count from the start of the recording. They are used where at least three, and nine in ten of all, run forward at a pace
at which people speak; else they tell nothing. What lies between them gets its times from the characters spoken, which
are estimates; what is before the first and after the last is taken to be spoken as fast. Where much less is said than
in other such stretches, there was a break right before the next stamp, which programmes have on their return. All
stamps are left out of the text, whether they are used or not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import accumulate, pairwise
from statistics import median_low
from typing import NamedTuple

from ingest.clock import parse_clock
from ingest.formats.directions import is_direction

_STAMP = re.compile(r"\s*\[(?P<clock>\d{1,2}:[0-5]\d(?::[0-5]\d)?)\]\s*")
_FIRST_MARK, _LAST_MARK = 0xF0000, 0xFFFFD
_MARK = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_LAST_MARK)}]")
_FEWEST, _SHARE = 3, 0.9
_FASTEST, _SLOWEST = 20, 400
_HOUR_MS = 3_600_000
_HALF_DAY_MS = 12 * _HOUR_MS
_BETWEEN = 2
_BROKEN = 1.5


class Times(NamedTuple):
    """From when to when something is said, in milliseconds from the start; `estimated` unless a stamp stands there."""

    start_ms: int
    end_ms: int
    estimated: bool


class _Knot(NamedTuple):
    """A character of the talk and when it is spoken."""

    char: int
    ms: float


@dataclass(frozen=True, slots=True)
class Stamps:
    """The stamps of a text that can be used: by the mark that stands for each, its time of day or from the start."""

    clocks: dict[str, int]
    of_day: bool

    @classmethod
    def of(cls, text: str) -> Stamps:
        """The stamps in the text that run forward; none where they are too few or tell nothing."""
        shown = [match["clock"] for match in _STAMP.finditer(text)]
        if len(shown) < _FEWEST or len(shown) > _LAST_MARK - _FIRST_MARK or _MARK.search(text):
            return cls({}, of_day=False)
        clocks = list(_running_on([parse_clock(each) or 0 for each in shown]))
        kept = _longest_forward(clocks)
        if len({clocks[place] for place in kept}) < _FEWEST or len(kept) < _SHARE * len(clocks):
            return cls({}, of_day=False)
        of_day = all(each.count(":") == 2 for each in shown) and clocks[kept[0]] >= _HOUR_MS
        return cls({chr(_FIRST_MARK + place): clocks[place] for place in kept}, of_day)

    def marked(self, lines: Sequence[str], first: int, label_end: Callable[[str], int]) -> list[str]:
        """The lines from the first that is talk on, a mark for each stamp right before the word that follows it.

        `label_end` tells where in a line its label ends. Lines that nobody says pass their stamps on to the next.
        """
        waiting, number, marked = "", 0, list[str]()
        for place, line in enumerate(lines):
            head, *rest = _STAMP.split(line)
            found = rest[1::2]
            marks = [chr(_FIRST_MARK + number + each) for each in range(len(found))]
            number += len(found)
            known = [mark if mark in self.clocks else "" for mark in marks]
            bare = _joined([head, *found])
            if place < first or not bare or is_direction(bare):
                marked.append(bare)
                waiting += "".join(known)
                continue
            inner, after = _with_marks(head, found, known)
            spoken = inner.lstrip("".join(known))
            waiting += inner.removesuffix(spoken)
            at = label_end(spoken)
            told = waiting if at < len(spoken) else ""
            marked.append(spoken[:at] + told + spoken[at:])
            waiting = waiting.removeprefix(told) + after
        return marked

    def times(self, texts: Sequence[str], aired: time | None) -> list[Times]:
        """When each of the marked texts is said. `aired` is the time of day at which the programme began, if known."""
        if not self.clocks:
            return []
        bare = [self.bare(text).strip() for text in texts]
        lengths = [len(text) + _BETWEEN if text else 0 for text in bare]
        starts = list(accumulate(lengths, initial=0))
        anchors = [
            _Knot(start + offset, self.clocks[mark])
            for start, text in zip(starts, texts, strict=False)
            for offset, mark in _placed(text)
        ]
        if len(anchors) < _FEWEST or not _FASTEST < _pace(anchors) < _SLOWEST:
            return []
        zero, is_sure = self._zero(anchors, aired)
        knots = _knots(anchors, zero, starts[-1])
        exact = {knot.char for knot in anchors} if is_sure else set[int]()
        return [
            Times(_at(knots, start), _at(knots, start + max(0, length - _BETWEEN)), start not in exact)
            for start, length in zip(starts, lengths, strict=False)
        ]

    def bare(self, text: str) -> str:
        """The text without the marks that stand for stamps."""
        return _MARK.sub("", text) if self.clocks else text

    def _zero(self, anchors: Sequence[_Knot], aired: time | None) -> tuple[float, bool]:
        """What the clock shows when the recording begins, and whether that is known and not worked out."""
        first = anchors[0]
        if not self.of_day:
            return 0, True
        if aired:
            since = (first.ms - _clock_of(aired)) % _HALF_DAY_MS
            if since <= _HOUR_MS:
                return first.ms - since, True
        return (first.ms, True) if first.char == 0 else (first.ms - first.char * _pace(anchors), False)


def without_stamps(line: str) -> str:
    """The line without its stamps."""
    return _joined(_STAMP.split(line)[::2])


def _running_on(clocks: Sequence[int]) -> Iterator[int]:
    """The clock times, those after noon or midnight counted on from the ones before."""
    before: int | None = None
    turned = 0
    for clock in clocks:
        if before is not None and clock + turned < before:
            forward = (clock - before) % _HALF_DAY_MS
            turned += before + forward - (clock + turned) if forward <= _HOUR_MS else 0
        yield clock + turned
        before = max(before or 0, clock + turned)


def _longest_forward(clocks: Sequence[int]) -> list[int]:
    """The places of as many of the times as run forward."""
    tails, places, above = list[int](), list[int](), list[int]()
    for place, clock in enumerate(clocks):
        size = bisect_right(tails, clock)
        tails[size : size + 1], places[size : size + 1] = [clock], [place]
        above.append(places[size - 1] if size else -1)
    found, place = list[int](), places[-1]
    while place >= 0:
        found.append(place)
        place = above[place]
    return found[::-1]


def _with_marks(head: str, found: Sequence[str], marks: Sequence[str]) -> tuple[str, str]:
    """The line with a mark before each word that a stamp stands before, and the marks that no word follows."""
    text, waiting = head.rstrip(), ""
    for piece, mark in zip(found, marks, strict=True):
        waiting += mark
        if piece.strip():
            text = _joined([text, waiting + piece.strip()])
            waiting = ""
    return text, waiting


def _joined(pieces: Sequence[str]) -> str:
    """The pieces with a space between two; the gaps at the start of the first one mean something and stay."""
    first, *others = pieces
    return " ".join(filter(None, [first.rstrip() if others else first, *map(str.strip, others)]))


def _placed(text: str) -> Iterator[tuple[int, str]]:
    """The marks of a text, each with the character of the bare text that it stands before."""
    for count, match in enumerate(_MARK.finditer(text)):
        yield match.start() - count, match[0]


def _clock_of(moment: time) -> int:
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1000


def _pace(anchors: Sequence[_Knot]) -> float:
    """Milliseconds a character, as in the middle one of the stretches between stamps: breaks do not tell."""
    paces = [(other.ms - one.ms) / (other.char - one.char) for one, other in pairwise(anchors) if other.char > one.char]
    return median_low(paces) if paces else 0.0


def _knots(anchors: Sequence[_Knot], zero: float, length: int) -> list[_Knot]:
    """Where time is known, from the first character to the last."""
    pace, first, last = _pace(anchors), anchors[0], anchors[-1]
    begin = _Knot(0, max(0.0, first.ms - zero - first.char * pace))
    end = _Knot(length, last.ms - zero + (length - last.char) * pace)
    return [begin, *_unbroken([_Knot(char, ms - zero) for char, ms in anchors], pace), end]


def _unbroken(knots: Sequence[_Knot], pace: float) -> Iterator[_Knot]:
    """The knots, and before those that come after a break one that says when the talk before it was over."""
    yield knots[0]
    for one, other in pairwise(knots):
        over = one.ms + (other.char - one.char) * pace
        if other.ms - one.ms > _BROKEN * (over - one.ms):
            yield _Knot(other.char, over)
        yield other


def _at(knots: Sequence[_Knot], char: int) -> int:
    """When the character is spoken; of several stamps before it the last counts."""
    place = min(bisect_right(knots, char, key=lambda knot: knot.char), len(knots) - 1)
    one, other = knots[place - 1], knots[place]
    share = (char - one.char) / (other.char - one.char) if other.char > one.char else 0.0
    return round(one.ms + share * (other.ms - one.ms))
