"""The same passage as other people's transcripts would have it: so that nothing learned leans on clean punctuation.

Captions without marks, speech-to-text with its mistakes, no speakers, no title. Each style takes a passage's turns with
which sentences are evidence, and gives both anew; where a style does away with punctuation, the sentences are those
that the archive itself would cut. Random only through the generator given.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ingest.sentences import sentences
from rag.reader.sheet import Said

_MARKS = re.compile(r"[^\w\s'’%$]|(?<!\w)['’]|['’](?!\w)")


@dataclass(frozen=True, slots=True)
class Passage:
    """What a sheet is made of, and for each sentence whether it is evidence."""

    title: str
    turns: tuple[Said, ...]
    right: tuple[bool, ...]


Style = Callable[[Passage, random.Random], Passage]


def as_is(passage: Passage, _: random.Random) -> Passage:
    """Clean text, speakers and title known."""
    return passage


def untitled(passage: Passage, _: random.Random) -> Passage:
    """Clean text of nobody knows whom, when."""
    return replace(passage, title="", turns=tuple(replace(turn, name="") for turn in passage.turns))


def unnamed(passage: Passage, _: random.Random) -> Passage:
    """Clean text with its title; who speaks is not known."""
    return replace(passage, turns=tuple(replace(turn, name="") for turn in passage.turns))


def captions(passage: Passage, chance: random.Random) -> Passage:
    """Broadcast captions: no marks at all, no names, sometimes no title."""
    bare = _rewritten(passage, lambda word: _MARKS.sub(" ", word).split())
    return replace(bare, title=bare.title if chance.random() < 0.5 else "")


def speech_to_text(passage: Passage, chance: random.Random) -> Passage:
    """What a recogniser hears: words lost, doubled and misheard, numbers as words, few marks or none, no names."""
    marked = chance.random() < 0.5

    def heard(word: str) -> list[str]:
        found = _misheard(word, chance)
        return found if marked else [part for each in found for part in _MARKS.sub(" ", each).split()]

    return replace(_rewritten(passage, heard), title=passage.title if chance.random() < 0.5 else "")


STYLES: dict[Style, float] = {as_is: 0.4, unnamed: 0.1, untitled: 0.1, captions: 0.2, speech_to_text: 0.2}
"""How often each style is met in training."""


def drawn(chance: random.Random) -> Style:
    """A style by its share."""
    return chance.choices(list(STYLES), weights=list(STYLES.values()))[0]


def _rewritten(passage: Passage, heard: Callable[[str], Sequence[str]]) -> Passage:
    """Every word as it is heard, nobody named; what is evidence stays so by the words that were."""
    turns, right, at = [], [], 0
    for turn in passage.turns:
        flags = passage.right[at : at + len(turn.sentences)]
        at += len(turn.sentences)
        words = [
            (each, flag)
            for sentence, flag in zip(turn.sentences, flags, strict=True)
            for word in sentence.split()
            for each in heard(word)
        ]
        told, evidence = _cut(words)
        if told:
            turns.append(Said("", told))
            right += evidence
    return Passage(passage.title, tuple(turns), tuple(right))


def _cut(words: Sequence[tuple[str, bool]]) -> tuple[tuple[str, ...], list[bool]]:
    """The words as sentences of the archive's own cutting; evidence is one of whose words a third were."""
    text = " ".join(word for word, _ in words).lower()
    starts = [0, *accumulate(len(word) + 1 for word, _ in words)]
    told, right = [], []
    for start, end in sentences(text):
        within = [flag for (_, flag), at in zip(words, starts, strict=False) if start <= at < end]
        told.append(text[start:end])
        right.append(sum(within) * 3 >= len(within) > 0)
    return tuple(told), right


_LOST, _DOUBLED, _FILLED, _MISHEARD = 0.02, 0.01, 0.015, 0.03
_FILLERS = ("uh", "um", "you know", "i mean")
_ALIKE = [
    each.split()
    for each in (
        "their there", "to too two", "for four", "its it's", "than then", "would wood", "right write", "know no",
        "here hear", "whole hole", "one won", "our are", "affect effect", "accept except", "sight site cite",
        "principal principle", "weather whether", "new knew", "by buy", "week weak", "aid aide", "counsel council",
    )
]  # fmt: skip
_HOMOPHONES = {word: [other for other in alike if other != word] for alike in _ALIKE for word in alike}
_SLIPS = (("ph", "f"), ("ck", "k"), ("tt", "t"), ("ll", "l"), ("ie", "y"), ("ee", "ea"), ("c", "k"), ("z", "s"))
_DIGITS = re.compile(r"^(\D*?)(\d{1,3})(\D*)$")


def _misheard(word: str, chance: random.Random) -> list[str]:
    drawn = chance.random()
    if drawn < _LOST:
        return []
    if drawn < _LOST + _DOUBLED:
        return [word, word]
    if drawn < _LOST + _DOUBLED + _FILLED:
        return [chance.choice(_FILLERS), word]
    if drawn < _LOST + _DOUBLED + _FILLED + _MISHEARD:
        return [_slipped(word, chance)]
    return _number_said(word) if chance.random() < 0.5 else [word]


def _slipped(word: str, chance: random.Random) -> str:
    if alike := _HOMOPHONES.get(word.lower()):
        return chance.choice(alike)
    able = [(old, new) for old, new in _SLIPS if old in word.lower() and len(word) > 3]
    return word.lower().replace(*chance.choice(able), 1) if able else word


def _number_said(word: str) -> list[str]:
    """ "28" as "twenty eight", "$130" as "130 dollars" said; whatever else is no plain number stays."""
    found = _DIGITS.match(word)
    if not found or found[1] not in ("", "$") or found[3].strip(".,?!;:%"):
        return [word]
    told = _spelt(int(found[2]))
    return [*told, *(["dollars"] if found[1] else []), *(["percent"] if "%" in found[3] else [])]


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def _spelt(number: int) -> list[str]:
    if number >= 100:
        rest = _spelt(number % 100) if number % 100 else []
        return [_ONES[number // 100], "hundred", *rest]
    if number >= 20:
        return [_TENS[number // 10], *([_ONES[number % 10]] if number % 10 else [])]
    return [_ONES[number]]
