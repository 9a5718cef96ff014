"""Names in a sentence, and which of them may be a person's or a place's: told by capitals and by what stands beside.

In a sentence without capitals, or all in capitals, there are none to be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.moments import MONTH, WEEKDAY
from rag.stems import STOPWORDS
from rag.typed_span import Typed

_WORD = r"[A-Z](?:[\w’'&-]*[\w&])?(?:(?<=\b[A-Z])\.)?"
_LINKS = "of the|of|for the|for|and|de|da|van|von|bin|al|du|la|le"
_TITLE = r"(?:(?:Dr|Mr|Mrs|Ms|Gen|Sen|Gov|Rep|Prof|Lt|Col|St)\. )?"
_NUMBERED = r"(?: \d{1,2}\b(?! per ?cent))?"
_NAME = re.compile(rf"(?<![\w’'-]){_TITLE}{_WORD}(?:(?: (?:{_LINKS}))? {_TITLE}{_WORD})*{_NUMBERED}")
_IN = re.compile(
    r"\b(?:in|at|from|to|near|off|on|outside|inside|across|into|over|around|of|through|towards?)(?: the)? $", re.I
)
_OWNED = re.compile(r"['’]s?$")
_NO_NAME = re.compile(rf"I(?:['’]|\b)|(?:{MONTH}|{WEEKDAY})s?\b")
_NOT_NAMES = STOPWORDS | frozenset(
    "everybody first second third finally ok okay right thank thanks good hello hi please sorry".split()
)
_BASE, _LESS, _MORE = 0.5, 0.2, 0.4


def names(sentence: str) -> Iterator[Typed]:
    """Runs of capitalised words, without "'s" and without a function word that opens the sentence."""
    for match in _NAME.finditer(sentence) if not sentence.isupper() else ():
        name, start = match.group(), match.start()
        opens = not any(map(str.isalnum, sentence[:start]))
        first, _, rest = name.partition(" ")
        if opens and _is_plain(first):
            name, start, opens = rest, match.end() - len(rest), False
        bare = _OWNED.sub("", name)
        if bare and not _NO_NAME.match(bare) and not _is_plain(bare):
            yield Typed(start, start + len(bare), _BASE - _LESS * (bare != name) - _LESS * (opens and " " not in bare))


def places(sentence: str) -> Iterator[Typed]:
    """Names, surer after "in" and the like."""
    for each in _without_digits(sentence):
        yield Typed(each.start, each.end, 1.0 if _IN.search(sentence[: each.start]) else each.sure - _LESS)


def persons(sentence: str) -> Iterator[Typed]:
    """Names, surer where they have two words or more and do not stand after "in" and the like."""
    for each in _without_digits(sentence):
        several, elsewhere = " " in sentence[each.start : each.end], not _IN.search(sentence[: each.start])
        yield Typed(each.start, each.end, each.sure - 0.3 + _MORE * several + _MORE * elsewhere)


def _without_digits(sentence: str) -> Iterator[Typed]:
    return (each for each in names(sentence) if not any(map(str.isdigit, sentence[each.start : each.end])))


def _is_plain(word: str) -> bool:
    return word.lower() in _NOT_NAMES or word.endswith("ly")
