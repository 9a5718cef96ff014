"""What a source says again and again: notices, sponsors' messages, openings and sign-offs. Told as spans of sentences.

Pure: it reads no files and keeps no texts. Nothing is judged by its words: "Thank you very much, everybody." is left
alone however often it is said, and so is a slogan inside an answer, unless it is as long as a notice. Numbers count
as they are written: with digits made alike, "the average is about 98,000 cases a day" would be somebody's boilerplate.
Captions without punctuation have no sentences to compare, and nothing is found in them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

from ingest.sentences import Span, sentences
from ingest.transcript import Transcript

FEWEST = 3
"""A source must have said it on so many occasions, however few transcripts there are of it."""

_EDGE = 8
_EDGE_WORDS = 6
_ANYWHERE_WORDS = 12
_PAIR_WORDS = 10
_PAIR_PART_WORDS = 3
_LONGEST_RUN_WORDS = 300
_MOST = 0.5
_LIMIT = 1_000_000
_DAY_BITS = 22
_DAY = (1 << _DAY_BITS) - 1
_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")


class Sign(NamedTuple):
    """A sentence, or two with the few words between them, that may be boilerplate, by their numbers in the transcript.

    `key` is a hash of source and words, 64 bits with a sign, as databases keep integers.
    """

    key: int
    first: int
    last: int


class _Sentence(NamedTuple):
    start: int
    end: int
    words: tuple[str, ...]


def source_of(transcript: Transcript) -> str | None:
    """The outlet whose boilerplate the transcript may have, or else the programme. None: it has none."""
    return transcript.source or transcript.programme


def least(occasions: int) -> int:
    """On how many of so many occasions a source must have said something for it to be boilerplate.

    Half the square root, and FEWEST at the least: what two people happen to say alike grows with the archive, a
    sponsor's campaign does not.
    """
    return max(FEWEST, math.isqrt(max(0, occasions - 1)) // 2 + 1)


def signs(transcript: Transcript) -> tuple[Sign, ...]:
    """All that would be boilerplate if it came back often enough; nothing where the transcript has no source.

    A sentence of six words near the beginning or the end, one of twelve words anywhere, two in a row with ten.
    """
    source = source_of(transcript)
    return tuple(_signs(source, _sentences(transcript))) if source else ()


def spans_of(transcript: Transcript, is_repeated: Callable[[int], bool]) -> tuple[Span, ...]:
    """The boilerplate in a transcript, as character spans of whole sentences in order, when these keys come back.

    A few words between two such sentences go with them. What would be longer than a break between two stories, or
    more than half of the transcript, is a story that was broadcast again, and is none.
    """
    source = source_of(transcript)
    said = _sentences(transcript) if source else []
    marked = {
        at for sign in _signs(source or "", said) if is_repeated(sign.key) for at in range(sign.first, sign.last + 1)
    }
    runs = [run for run in _runs(marked, said) if _words(said[slice(*run)]) <= _LONGEST_RUN_WORDS]
    total = sum(_words(said[slice(*run)]) for run in runs)
    if total > _MOST * _words(said):
        return ()
    return tuple((said[first].start, said[end - 1].end) for first, end in runs)


class Repeats:
    """Counts what each source repeats. `add` every transcript, by date where that can be, then ask for `spans`.

    An occasion is a day, so that a story in three bulletins of one evening is said once; an undated transcript is an
    occasion of its own. At most `limit` counts are kept, some 110 bytes each; when there are more, the rarest are
    forgotten, so that something may be counted too rarely and nothing too often (lossy counting: Manku and Motwani,
    "Approximate frequency counts over data streams", VLDB 2002).
    """

    def __init__(self, limit: int = _LIMIT) -> None:
        self._limit = limit
        self._counts: dict[int, int] = {}
        self._occasions: dict[str, int] = {}

    def add(self, transcript: Transcript) -> None:
        """Counts a transcript. One without a source is left aside."""
        source = source_of(transcript)
        if not source:
            return
        day = transcript.published.toordinal() if transcript.published else 0
        self._occasions[source] = _counted(self._occasions.get(source, 0), day)
        for key in {sign.key for sign in signs(transcript)}:
            self._counts[key] = _counted(self._counts.get(key, 0), day)
        if len(self._counts) > self._limit:
            self._forget()

    def spans(self, transcript: Transcript) -> tuple[Span, ...]:
        """The boilerplate in a transcript, judged by all that was added so far: see `spans_of`."""
        enough = least(_times(self._occasions.get(source_of(transcript) or "", 0)))
        return spans_of(transcript, lambda key: _times(self._counts.get(key, 0)) >= enough)

    def _forget(self) -> None:
        rarest = 1
        while len(self._counts) > self._limit // 2:
            self._counts = {key: count for key, count in self._counts.items() if _times(count) > rarest}
            rarest += 1


def _counted(count: int, day: int) -> int:
    """One occasion more, unless it is the day of the last one. The day is kept in the lower bits, 0 for none."""
    same = day and count & _DAY == day
    return count if same else (_times(count) + 1) << _DAY_BITS | day


def _times(count: int) -> int:
    return count >> _DAY_BITS


def _sentences(transcript: Transcript) -> list[_Sentence]:
    return [
        _Sentence(turn.char_start + start, turn.char_start + end, tuple(_WORD.findall(turn.text[start:end].casefold())))
        for turn in transcript.turns
        for start, end in sentences(turn.text)
    ]


def _signs(source: str, said: Sequence[_Sentence]) -> Iterator[Sign]:
    edge = min(_EDGE, len(said) // 4)
    for at, (_, _, words) in enumerate(said):
        if len(words) >= _ANYWHERE_WORDS:
            yield Sign(_key(source, "anywhere", words), at, at)
        elif len(words) >= _EDGE_WORDS and not edge <= at < len(said) - edge:
            yield Sign(_key(source, "edge", words), at, at)
    solid = [at for at, each in enumerate(said) if len(each.words) >= _PAIR_PART_WORDS]
    for one, other in pairwise(solid):
        both = [word for each in said[one : other + 1] for word in (*each.words, ".")]
        if len(both) - 2 >= _PAIR_WORDS:
            yield Sign(_key(source, "pair", both), one, other)


def _key(source: str, kind: str, words: Iterable[str]) -> int:
    text = "\0".join((source, kind, *words))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _runs(marked: set[int], said: Sequence[_Sentence]) -> list[tuple[int, int]]:
    """Stretches of marked sentences as (first, end), with the few words between two of them or at either end."""
    runs: list[tuple[int, int]] = []
    for at in sorted(marked):
        begin, last = runs[-1] if runs else (0, 0)
        if _words(said[last:at]) < _EDGE_WORDS:
            runs[-1:] = [(begin, at + 1)]
        else:
            runs.append((at, at + 1))
    if runs and _words(said[runs[-1][1] :]) < _EDGE_WORDS:
        runs[-1] = (runs[-1][0], len(said))
    return runs


def _words(said: Iterable[_Sentence]) -> int:
    return sum(len(each.words) for each in said)
