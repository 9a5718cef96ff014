"""Roll-up captions to captions that have each spoken word once, at the time when its line first appears.

YouTube's automatic captions and live broadcast encoders (CEA-608 roll-up) show two to four lines and push
them up: a cue repeats the lines that are still on the screen and adds one, and YouTube puts a cue of 10 ms
that adds nothing between any two. Encoders may also let a line grow, a letter or a word at a time. Whether a
file is like that is read off the whole of it: in ordinary captions next to no cue begins with the very lines
that the cue before it ended with.

Cues are compared with the cue right before and nothing else, so what is said again stays said again: a new
line that equals an old one is new, and so is a line that comes back after the screen was empty. What nothing
can tell apart counts as shown again: the same lines, with no pause and none added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ingest.formats.cue import Cue
from ingest.formats.timings import Timing

_FILLER_MS = 20
_CLEARED_MS = 200
_MOST_LINES = 15
_FEWEST = 3
_SHARE_ROLLING = 0.4
_SHARE_GROWING = 0.6


class _Screen(NamedTuple):
    """What a cue shows: its lines as they are compared, and as they are, each with its voice."""

    timing: Timing
    words: tuple[str, ...]
    lines: tuple[tuple[str | None, str], ...]

    def follows(self, before: _Screen) -> bool:
        """Whether the screen was not empty for longer than the eye takes to see it."""
        return self.timing.start_ms - before.timing.end_ms <= _CLEARED_MS


def unrolled(cues: Sequence[Cue]) -> Sequence[Cue]:
    """The cues without lines that are only still on the screen; ordinary captions come back as they are."""
    screens = [screen for screen in map(_screen, cues) if screen.lines]
    grown = _shape(screens, _grows, _SHARE_GROWING)
    if grown:
        screens = list(_full_grown(screens))
    elif not _shape(screens, _rolls, _SHARE_ROLLING):
        return cues
    carried = [0, *(_carried(*pair) for pair in pairwise(screens))]
    shown = zip(screens, carried, strict=True)
    return [_cue(screen, count) for screen, count in shown if count < len(screen.lines)]


def _screen(cue: Cue) -> _Screen:
    lines = [(voice, line) for voice, text in cue.parts for line in text.split("\n") if line.strip()]
    return _Screen(cue.timing, tuple(" ".join(line.split()) for _, line in lines), tuple(lines))


def _cue(screen: _Screen, carried: int) -> Cue:
    """What is new on the screen."""
    voices = groupby(screen.lines[carried:], key=lambda line: line[0])
    return Cue(screen.timing, tuple((voice, "\n".join(text for _, text in lines)) for voice, lines in voices))


def _shape(screens: Sequence[_Screen], is_sign: Callable[[_Screen, _Screen], bool], share: float) -> bool:
    """Whether so many of the cues bear the sign, compared with the cue before, that the file is made like this."""
    signs = sum(is_sign(*pair) for pair in pairwise(screens))
    return signs >= _FEWEST and signs > share * (len(screens) - 1)


def _rolls(before: _Screen, now: _Screen) -> bool:
    return 0 < _carried(before, now) < len(now.words) or _is_filler(before, now)


def _carried(before: _Screen, now: _Screen) -> int:
    """How many of the lines were on the screen already."""
    same, size = _overlap(before.words, now.words), len(now.words)
    if same < size or _is_filler(before, now):
        return same
    if not now.follows(before):
        return 0
    pushed = 1 < size == len(before.words) and before.words[1:] == now.words[:-1]
    return size - 1 if pushed else size


def _overlap(before: Sequence[str], now: Sequence[str]) -> int:
    """How many lines, as many as possible, end the one screen and begin the other."""
    most = min(len(before), len(now), _MOST_LINES)
    return next((size for size in range(most, 0, -1) if before[-size:] == now[:size]), 0)


def _is_filler(before: _Screen, now: _Screen) -> bool:
    """Whether nobody could read the cue in its time, and all that it shows was there."""
    brief = now.timing.end_ms - now.timing.start_ms <= _FILLER_MS
    return brief and now.follows(before) and _overlap(before.words, now.words) == len(now.words)


def _grows(before: _Screen, now: _Screen) -> bool:
    return now.words != before.words and _continues(before, now)


def _continues(before: _Screen, now: _Screen) -> bool:
    """Whether the last line has grown, or nothing has changed: a blank at its end is not seen."""
    *above, last = before.words
    *still, line = now.words
    return above == still and line.startswith(last) and now.follows(before)


def _full_grown(screens: Sequence[_Screen]) -> Iterator[_Screen]:
    """Each screen when its last line is complete, with the time from its first letter on."""
    start = screens[0].timing
    for screen, following in zip(screens, (*screens[1:], None), strict=True):
        if following is None or not _continues(screen, following):
            yield screen._replace(timing=start._replace(end_ms=max(start.end_ms, screen.timing.end_ms)))
            start = following.timing if following else start
