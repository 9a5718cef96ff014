"""Names that a number tells apart: "Artemis 2" and "Artemis I", "F-35" and "F-16", "Section 230" and "section 232".

By spelling, in digits, Roman numerals or words up to twenty. What one counts or dates with is no such name ("two
ships", "Kyiv in 2022", "March 8", "voted 5-0"). A question's are read strictly, by their capitals where it has any; in
what was said any number behind the same word counts, since speech as text has no capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.proper_words import WORDS
from rag.kinds import CALENDAR
from rag.question import Question
from rag.sentence_features import Candidate
from rag.stems import STOPWORDS

_AROUND = 300
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()
_VALUES = {word: at for words in (_ONES, _ROMAN) for at, word in enumerate(words, 1)}
_CLASSES = frozenset(
    """act amendment article chapter channel clause directive division episode flight gate highway interstate item
    mission model paragraph part phase platform proposition prop protocol reactor resolution room route runway schedule
    season section stage terminal tier title type unit variant version volume war""".split()
)
_DATES = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec year day week month early mid late fy".split())
_NAME = re.compile(
    r"(?<![\w.,$€£-])(?P<base>[^\W\d_]+)"
    rf"(?:-?(?P<joined>\d{{1,4}})|[ -](?P<apart>\d{{1,4}}|{'|'.join(_ROMAN[::-1])}|(?i:{'|'.join(_ONES[::-1])})))"
    r"(?P<plural>s|['’]s)?"
    r"(?![\w%]|[.,:/]\d|-(?!based\b|like\b|style\b|class\b)"
    r"|[ -](?:percent|per cent|million|billion|thousand|hundred)\b)"
)
_YEARS = range(1000, 2100)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A name with its number: "Artemis II" is 2 of "artemis". `counts` is whether it may be a count instead."""

    base: str
    number: int
    written: str
    counts: bool


def numbered_in(question: str) -> tuple[Numbered, ...]:
    """The numbered names of a question, where its wording leaves no doubt."""
    cased = any(map(str.isupper, question[1:]))
    return tuple(each for each in _all_in(question) if not each.counts or _is_name(each, question, cased=cased))


def _all_in(text: str) -> Iterator[Numbered]:
    for match in _NAME.finditer(text):
        base, written = match["base"], match["joined"] or match["apart"]
        number = int(written) if written.isdecimal() else _VALUES.get(written) or _VALUES[written.lower()]
        if base.lower() in STOPWORDS | _DATES or CALENDAR.fullmatch(base.title()):
            continue
        if match["apart"] and number in _YEARS:
            continue
        whole = match.group()[: -len(match["plural"])] if match["plural"] else match.group()
        yield Numbered(base.lower(), number, whole, counts=bool(match["apart"]))


def _is_name(each: Numbered, question: str, *, cased: bool) -> bool:
    """Whether a word and the number behind it are one name, not "Ukraine 45" or "rose 28"."""
    if each.base in _CLASSES:
        return True
    if each.base in WORDS or each.written[-1].islower():
        return False
    return not cased or (each.written[0].isupper() and not question.startswith(each.written))


def of_those_asked(question: Question, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences without those about another of the numbered names asked for; none where all know others only.

    A sentence is about another where it names one and not the one asked for, or where its title and what stands within
    300 characters of it do.
    """
    for base, numbers in _asked(question).items():
        around = [_numbers_of(base, _context(each)) for each in found]
        if any(around) and not any(numbers & held for held in around):
            return ()
        near = [_numbers_of(base, each.text) or held for each, held in zip(found, around, strict=True)]
        found = [each for each, held in zip(found, near, strict=True) if not held or held & numbers]
    return tuple(found)


def others_of(question: Question, texts: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """The first numbered name asked for that the texts lack though they have others of it, and those, as written."""
    for asked in numbered_in(question.standalone):
        told = {each.number: each.written for text in texts for each in _all_in(text) if each.base == asked.base}
        if told and asked.number not in told:
            return asked.written, tuple(told.values())
    return None


def _asked(question: Question) -> Mapping[str, frozenset[int]]:
    every = numbered_in(question.standalone)
    return {each.base: frozenset(other.number for other in every if other.base == each.base) for each in every}


def _numbers_of(base: str, text: str) -> frozenset[int]:
    return frozenset(each.number for each in _all_in(text) if each.base == base)


def _context(each: Candidate) -> str:
    of = each.transcript
    return f"{of.title}\n{of.text[max(0, each.char_start - _AROUND) : each.char_end + _AROUND]}"
