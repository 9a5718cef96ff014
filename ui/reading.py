"""A stretch of a transcript as HTML, the quote marked in it, what its source repeats greyed. Pure.

Only a stretch around a place is made, some thousand characters, so that a recording of ten hours opens at once; the
buttons at both ends say what comes before and after.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.casing import Casing
from ingest.clock import format_clock
from ingest.sentences import Span, sentences
from ingest.transcript import Transcript, Turn
from ui.cards import ESTIMATED, TRANSCRIBED, UNNAMED
from ui.escape import isolated, plain

REACH = 5000
_SNAP = 400
_PARAGRAPH = 500


@dataclass(frozen=True, slots=True)
class Text:
    """A transcript with what is needed to show it: its casing and the spans that its source repeats."""

    transcript: Transcript
    casing: Casing
    repeated: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of a transcript, as HTML."""

    html: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Shown:
    """Words from `start` on, as they were transcribed and as they are shown: of one length."""

    start: int
    exact: str
    words: str


def around(text: Text, quote: Span) -> Stretch:
    """The quote with some thousand characters before and after it."""
    return stretch(text, quote[0] - REACH, quote[1] + REACH, quote)


def stretch(text: Text, start: int, end: int, quote: Span | None = None) -> Stretch:
    """Those characters, begun and ended between words; `quote` is marked."""
    whole = text.transcript.text
    first, last = _snapped(whole, max(0, start)), _snapped(whole, min(len(whole), end))
    turns = text.transcript.turns
    at = max(0, bisect_right(turns, first, key=lambda turn: turn.char_start) - 1)
    shown = []
    for turn in turns[at:]:
        if turn.char_start >= last:
            break
        if turn.char_end > first:
            shown.append(_turn(text, turn, (max(first, turn.char_start), min(last, turn.char_end)), quote))
    return Stretch("".join(shown), first, last)


def _snapped(whole: str, at: int) -> int:
    """The place itself at either end of the text, else the next one where a word begins."""
    if at <= 0 or at >= len(whole):
        return min(max(at, 0), len(whole))
    if whole[at - 1].isspace() and not whole[at].isspace():
        return at
    gap = next((place for place in range(at, min(at + _SNAP, len(whole))) if whole[place].isspace()), at)
    return next((place for place in range(gap, len(whole)) if not whole[place].isspace()), len(whole))


def _turn(text: Text, turn: Turn, span: Span, quote: Span | None) -> str:
    begins = span[0] == turn.char_start
    shown = _readable(text, turn, span)
    paragraphs = "".join(f'<p dir="auto">{_marked(text, shown, each, quote)}</p>' for each in _paragraphs(turn, span))
    kind = "turn" if begins else "turn continued"
    return f'<section class="{kind}">{_heading(turn, begins)}{paragraphs}</section>'


def _heading(turn: Turn, begins: bool) -> str:
    who = f"<b>{isolated(turn.speaker)}</b>" if turn.speaker else f'<span class="unnamed">{UNNAMED}</span>'
    role = f'<span class="role">, {isolated(turn.role)}</span>' if turn.role else ""
    when = "" if not begins or turn.start_ms is None else _clock(turn.start_ms, turn.interpolated)
    return f'<h3 class="said-by"><span>{who}{role}{"" if begins else ", continued"}</span>{when}</h3>'


def _clock(start_ms: int, interpolated: bool) -> str:
    hint = f' title="{ESTIMATED}"' if interpolated else ""
    return f'<span class="when"{hint}>{format_clock(start_ms, interpolated=interpolated)}</span>'


def _paragraphs(turn: Turn, span: Span) -> Iterator[Span]:
    """The lines of the span; one too long to read is parted between sentences."""
    at = span[0]
    offset = turn.char_start
    for line in turn.text[span[0] - offset : span[1] - offset].splitlines(keepends=True):
        begin = at
        if len(line) > 2 * _PARAGRAPH:
            for _, stop in sentences(line):
                if at + stop - begin >= _PARAGRAPH:
                    yield begin, at + stop
                    begin = at + stop
        at += len(line)
        if turn.text[begin - offset : at - offset].strip():
            yield begin, at


def _readable(text: Text, turn: Turn, span: Span) -> _Shown:
    """The span's words as they are shown; what stands just before them tells where a sentence begins."""
    before = max(turn.char_start, span[0] - _SNAP)
    exact = text.transcript.text[before : span[1]]
    return _Shown(before, exact, text.casing.readable(exact))


def _marked(text: Text, shown: _Shown, span: Span, quote: Span | None) -> str:
    """The characters of a paragraph, in runs that are alike."""
    cuts = {*span}
    for start, end in (*text.repeated, *([quote] if quote else [])):
        cuts |= {at for at in (start, end) if span[0] < at < span[1]}
    return "".join(_run(text, shown, run, quote) for run in pairwise(sorted(cuts)))


def _run(text: Text, shown: _Shown, run: Span, quote: Span | None) -> str:
    place = slice(run[0] - shown.start, run[1] - shown.start)
    words, exact = shown.words[place], shown.exact[place]
    if quote and quote[0] <= run[0] and run[1] <= quote[1]:
        hint = f' title="{plain(f"{TRANSCRIBED}: {exact}")}"' if exact != words else ""
        return f"<mark{hint}>{plain(words)}</mark>"
    if any(start <= run[0] and run[1] <= end for start, end in text.repeated):
        return f'<span class="repeated">{plain(words)}</span>'
    return plain(words)
