"""Where speech without punctuation is cut: after a pause, or at the end of a cue where cues are made of phrases.

What nobody punctuated would be cut at a count of words when its sentences are looked for (`ingest.runs`). Pauses are
better places, and so are the ends of cues that somebody made of phrases; each piece then keeps the exact times of its
cues. Cues that were wrapped at a width end anywhere ("in the", "that he"): such ends are no places to cut, and what is
left long is cut by `ingest.runs`, as is a cue that is longer than its bounds allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from ingest.runs import RUN_WORDS, is_bare

PAUSE_MS = 300
_FEWEST_WORDS = 4
_MOST_LEANING = 0.2
_LEANING_LIST = """
    a about an and are as at be because been but by can could did do does for from had has have her his i if in into is
    its just may might my no not of on or our she should so some than that the their there these they this those to very
    was we were what when where which who will with would you your
"""
_LEANING = frozenset(_LEANING_LIST.split())
_Cue = TypeVar("_Cue")


class Breath(NamedTuple):
    """A cue that is not cut: its text, and whether a pause comes after it, or at least the end of a phrase."""

    text: str
    pauses: bool
    ends: bool


def are_phrases(texts: Iterable[str]) -> bool:
    """Whether cues end where phrases do: no more than one in five on a word that leans on the next one."""
    last = [words[-1].lower() for words in map(str.split, texts) if words]
    return sum(word in _LEANING for word in last) <= _MOST_LEANING * len(last)


def in_breaths(cues: Sequence[_Cue], breaths: Sequence[Breath]) -> Iterator[Sequence[_Cue]]:
    """The cues of one speaker, cut into groups where they are long and without punctuation.

    `breaths` has what is known of each. Even halves are cut, so that no crumb is left at the end.
    """
    bare = is_bare(" ".join(breath.text for breath in breaths))
    words = [len(breath.text.split()) for breath in breaths]
    waiting = [(0, len(cues))]
    while waiting:
        first, last = waiting.pop()
        cut = _best_cut(words, breaths, first, last) if bare and sum(words[first:last]) > RUN_WORDS else None
        if cut is None:
            yield cues[first:last]
        else:
            waiting += [(cut, last), (first, cut)]


def _best_cut(words: Sequence[int], breaths: Sequence[Breath], first: int, last: int) -> int | None:
    """The place in the middle half that is best, of several the nearest to the middle; else the nearest of all."""
    half = sum(words[first:last]) / 2
    off = {place: abs(sum(words[first:place]) - half) for place in range(first + 1, last)}
    fit = [
        place
        for place, distance in off.items()
        if half - distance >= _FEWEST_WORDS and (breaths[place - 1].pauses or breaths[place - 1].ends)
    ]
    rank = {place: (off[place] > half / 2, not breaths[place - 1].pauses, off[place]) for place in fit}
    return min(fit, key=rank.__getitem__, default=None)
