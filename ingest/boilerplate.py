"""What a source says again and again: notices, sponsors' messages, openings and sign-offs. Told as spans of sentences.

Pure: it keeps nothing; counting is for `ingest.repeats`. Nothing is judged by its words: "Thank you very much,
everybody." is left alone however often it is said, and so is a slogan inside an answer, unless it is as long as a
notice. Numbers count as they are written: with digits made alike, "the average is about 98,000 cases a day" would be
somebody's boilerplate. What is found hangs on the sentences and on the rules here: when they change, so does
`passages.VERSION`. Captions without punctuation have no sentences to compare, and nothing is found in them.
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
