"""Words of a question that stand nowhere in the archive, read as what does stand there: "Zelenskyy" as "Zelensky".

Names and long words only, and only where an edit or two lie between them (Damerau 1964, doi 10.1145/363958.363994,
with adjacent letters swapped counting as one) and the first letter agrees. It changes no transcript, and whoever uses
a reading has to say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.rows import Stored
from ingest.words import WordIndex, terms
from rag.mentions import names_in
from rag.query import content_words
from rag.question import Question
from rag.stems import content_stems

_SHORTEST_NAME, _SHORTEST_WORD, _TWO_EDITS_FROM = 5, 7, 10
_STEMMED = 1
_ENDINGS = frozenset({"n", "an", "i", "s", "es", "ns", "d", "r"})
_MOST_WORDS, _MOST_STEMS, _PASSAGES = 6, 6, 4
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A word as it was asked, and how the archive spells what it was read as."""

    asked: str
    read_as: str

    def __str__(self) -> str:
        return f"{self.asked} read as {self.read_as}"


class Speller:
    """Reads misspelt words by the words of an archive. `passages` gives stored passages by their ids."""

    def __init__(self, index: WordIndex, passages: Callable[[Iterable[str]], Mapping[str, Stored]]) -> None:
        self._index = index
        self._passages = passages

    def readings(self, text: str) -> tuple[Reading, ...]:
        """How the words of the text are read that are not in the archive; words like nothing there have no reading."""
        unknown = [word for word in dict.fromkeys(content_words(text)) if self._is_unknown(word)][:_MOST_WORDS]
        named = {word for word in unknown if word[:1].isupper() and not text.startswith(word)}
        read = ((word, self._nearest(word, is_name=word in named)) for word in unknown)
        return tuple(Reading(word, near) for word, near in read if near)

    def _is_unknown(self, word: str) -> bool:
        shortest = _SHORTEST_NAME if word[:1].isupper() else _SHORTEST_WORD
        return len(word) >= shortest and word.isalpha() and not any(map(self._index.holds, terms(word)))

    def _nearest(self, word: str, *, is_name: bool) -> str:
        """The nearest word of the archive that is spelt alike; for a name, one that is written as a name there."""
        most = 2 if len(word) >= _TWO_EDITS_FROM else 1
        spelt = (each for stem in self._stems_near(word, most + _STEMMED) for each in self._spellings(stem))
        alike = [(edits(word.lower(), each.lower(), most), each) for each in dict.fromkeys(spelt)]
        near = [
            (far, each)
            for far, each in alike
            if far <= most and (each[:1].isupper() or not is_name) and not _is_inflected(word, each)
        ]
        return min(near, key=lambda found: found[0], default=(0, ""))[1]

    def _stems_near(self, word: str, most: int) -> list[str]:
        """Stems so near, the nearest and commonest first: a stem's ending may differ where the word's does not."""
        [stem] = terms(word)[:1] or [""]
        counts = self._index.beginning(stem[:1]) if stem else {}
        far = {each: edits(stem, each, most) for each in counts if _may_be_near(stem, each, most)}
        return sorted((each for each in far if far[each] <= most), key=lambda each: (far[each], -counts[each]))[
            :_MOST_STEMS
        ]

    def _spellings(self, stem: str) -> Iterator[str]:
        """The words of that stem in some passages that hold it."""
        for stored in self._passages(self._index.search([stem], _PASSAGES)).values():
            for word in _WORD.findall(f"{stored.passage.text} {stored.title} {' '.join(stored.passage.speakers)}"):
                if word[:1].lower() == stem[:1] and terms(word) == [stem]:
                    yield word


def respell(text: str, readings: Iterable[Reading]) -> str:
    """The text with each word that was read otherwise as it was read."""
    for reading in readings:
        text = re.sub(rf"(?<!\w){re.escape(reading.asked)}(?!\w)", lambda _: reading.read_as, text)  # noqa: B023
    return text


def respelt(question: Question, speller: Speller) -> Question:
    """The question with its names and stems as they are read, and a remark for each word that is read otherwise."""
    readings = speller.readings(question.standalone)
    if not readings:
        return question
    read = respell(question.standalone, readings)
    remarks = (*question.remarks, *(f"{reading}." for reading in readings))
    return replace(question, names=names_in(read), stems=content_stems(read), remarks=remarks)


def edits(left: str, right: str, most: int) -> int:
    """How many letters lie between the two: put in, left out, changed or swapped with the next; `most` + 1 for more."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before, row = list[int](), list(range(len(right) + 1))
    for at, letter in enumerate(left, 1):
        before, above, row = row, before, [at]
        for to, other in enumerate(right, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == right[to - 2] and left[at - 2] == other:
                cost = min(cost, above[to - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def _is_inflected(left: str, right: str) -> bool:
    """Whether one is a form of the other, rightly spelt: "America" and "American"."""
    short, long = sorted((left.lower(), right.lower()), key=len)
    return long.startswith(short) and long[len(short) :] in _ENDINGS


def _may_be_near(left: str, right: str, most: int) -> bool:
    """Whether it is worth counting: an edit changes the letters that occur by two at most."""
    return abs(len(left) - len(right)) <= most and len(set(left) ^ set(right)) <= 2 * most
