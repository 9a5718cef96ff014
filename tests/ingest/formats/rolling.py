"""Lines of speech as YouTube and as broadcast encoders roll them up, for tests. Times are milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

SHOWN_MS = 1500
PAUSE_MS = 3000


class Shown(NamedTuple):
    """What is on the screen from when to when."""

    start_ms: int
    end_ms: int
    lines: Sequence[str]


def by_youtube(lines: Sequence[str], height: int = 2) -> list[Shown]:
    """Each new line below the last ones, and between any two a cue of 10 ms without the new line."""
    shown: list[Shown] = []
    for place in range(len(lines)):
        start = place * (SHOWN_MS + 10)
        end = start + SHOWN_MS
        shown.append(Shown(start, end, lines[max(0, place - height + 1) : place + 1]))
        shown.append(Shown(end, end + 10, lines[max(0, place - height + 2) : place + 1]))
    return shown


def by_broadcast(lines: Sequence[str], height: int, cleared: Iterable[int] = ()) -> list[Shown]:
    """Each new line below the last ones; before the lines of those places the screen is empty for a while."""
    shown: list[Shown] = []
    start, first, pauses = 0, 0, frozenset(cleared)
    for place in range(len(lines)):
        if place in pauses:
            start, first = start + PAUSE_MS, place
        shown.append(Shown(start, start + SHOWN_MS, lines[max(first, place - height + 1) : place + 1]))
        start += SHOWN_MS
    return shown


def as_srt(shown: Iterable[Shown]) -> str:
    """The cues as SubRip."""
    blocks = (
        f"{number}\n{clock(each.start_ms, ',')} --> {clock(each.end_ms, ',')}\n" + "\n".join(each.lines) + "\n"
        for number, each in enumerate(shown, start=1)
    )
    return "\n".join(blocks)


def as_vtt(shown: Iterable[Shown]) -> str:
    """The cues as YouTube's WebVTT: word times in the new line, a line with a blank for one that is empty."""
    blocks = []
    for each in shown:
        filler = each.end_ms - each.start_ms == 10
        rows = [*each.lines, " "] if filler else [*each.lines[:-1], word_times(each.lines[-1], each.start_ms)]
        rows = [" ", *rows] if len(rows) < 2 else rows
        times = f"{clock(each.start_ms)} --> {clock(each.end_ms)} align:start position:0%"
        blocks.append("\n".join([times, *rows]) + "\n")
    return "\n".join(["WEBVTT\nKind: captions\nLanguage: en\n", *blocks])


def word_times(line: str, start_ms: int) -> str:
    first, *others = line.split(" ")
    return first + "".join(f"<{clock(start_ms + 10 * n)}><c> {word}</c>" for n, word in enumerate(others, 1))


def clock(ms: int, point: str = ".") -> str:
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{point}{rest % 1000:03d}"
