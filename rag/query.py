"""A question as the word index is asked: its terms, and those that belong together ("5-0", "28.1", "F-35", "U.S.").

The index cuts words at every sign. What people write with a sign in it is several terms there, so it is asked for as a
run of terms too, in the ways it may be written: "COVID-19" and "Covid19", "1,900" and "1900", "US" and "U.S.". Of the
words that go by themselves those without content are left out. Nothing here knows the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.words import Run, terms
from rag.stems import STOPWORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTENED = re.compile(r"['’](?:s|t|re|ll|ve|d|m)$", re.IGNORECASE)
_SIGNED = re.compile(r"[^\W_]+(?:[-‐‑–./,:&'’][^\W_]+)+")  # noqa: RUF001
_AMOUNT = re.compile(r"(\d+(?:[.,]\d+)*)\s*(%|percent\b|per cent\b|thousand\b|million\b|billion\b|trillion\b)", re.I)
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}|\b[A-Z]{2,4}\b")
_MIXED = re.compile(r"\b(?!\d+(?:st|nd|rd|th|s)\b)(?:([^\W\d_]+)(\d+)|(\d+)([^\W\d_]+))\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_LARGE = re.compile(r"\b\d{5,9}\b")
_TALLY = re.compile(r"\b(\d{1,3})[-–](\d{1,3})\b")
_MOST_RUNS = 24
_NEGATED = re.compile(r"\w*n['’]t", re.IGNORECASE)
_NO_INITIALS = STOPWORDS - {"us"}


@dataclass(frozen=True, slots=True)
class Query:
    """Stems as the index holds them: `terms`, each once, and `together`, runs of two or more standing side by side."""

    terms: tuple[str, ...]
    together: tuple[Run, ...] = ()


def read_query(question: str) -> Query:
    """The question as a query; where only words without content are in it, these."""
    together = tuple(dict.fromkeys(run for run in _runs(question) if _says_something(run)))[:_MOST_RUNS]
    content = terms(" ".join(content_words(question)))
    initials = {stem for run in together for stem in run if len(stem) == 1 and stem.isalpha()}
    by_themselves = [stem for stem in content if stem not in initials]
    found = dict.fromkeys([*by_themselves, *_joined(question)])
    return Query(tuple(found) or (() if together else tuple(dict.fromkeys(terms(question)))), together)


def content_words(text: str) -> list[str]:
    """The words that carry content, as they are written but for endings such as "'s"."""
    bare = (_SHORTENED.sub("", word) for word in _WORD.findall(text) if not _NEGATED.fullmatch(word))
    return [word for word in bare if word.lower() not in STOPWORDS]


def run_of(phrase: str) -> Run:
    """The stems of a phrase, in order."""
    return tuple(terms(phrase))


def _runs(question: str) -> Iterator[Run]:
    signed = (_SHORTENED.sub("", match.group()) for match in _SIGNED.finditer(question))
    amounts = (f"{number} {'percent' if unit == '%' else unit}" for number, unit in _AMOUNT.findall(question))
    letters = ("".join(filter(str.isalpha, short)) for short in _INITIALS.findall(question))
    initials = (" ".join(each) for each in letters if each.lower() not in _NO_INITIALS and not question.isupper())
    mixed = (" ".join(filter(None, match.groups())) for match in _MIXED.finditer(question))
    large = (f"{int(match.group()):,}" for match in _LARGE.finditer(question))
    tallies = (f"{left} to {right}" for left, right in _TALLY.findall(question))
    return (run_of(each) for some in (signed, amounts, initials, mixed, large, tallies) for each in some)


def _says_something(run: Run) -> bool:
    return len(run) > 1 and any(stem not in STOPWORDS for stem in run)


def _joined(question: str) -> Iterable[str]:
    """What is written with signs as it is written without: "covid19", "1900", "fbi"; never "19" of "1.9"."""
    for match in [*_SIGNED.finditer(question), *_INITIALS.finditer(question)]:
        written = _SHORTENED.sub("", match.group())
        if not written.isalnum() and (_THOUSANDS.fullmatch(written) or any(map(str.isalpha, written))):
            whole = "".join(filter(str.isalnum, written))
            if whole.lower() not in STOPWORDS:
                yield from terms(whole)


def plain(text: str) -> str:
    """The text as phrases are looked for in it: lower case, words only, one blank around each."""
    return f" {' '.join(_WORD.findall(text)).lower()} "


def held(phrases: Sequence[str], *texts: str) -> float:
    """The share of the phrases that stand in one of the texts, word for word; case and signs between do not matter."""
    within = [plain(text) for text in texts]
    return sum(any(plain(phrase) in each for each in within) for phrase in phrases) / len(phrases) if phrases else 0.0
