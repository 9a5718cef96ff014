"""Who does it to whom: a claim that has the two change places says the opposite in the very words of its source.

Of two names on either side of a word in the claim ("Huawei sued Cisco"), looks whether the source has them only the
other way round about that word. A "by" (the passive) or a clause end between them leaves it open. It parses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.names import names
from rag.stems import STOPWORDS, stem, words

_CLAUSE_END = re.compile(r"[.;:?!]\s|\b(?:and|but|while|whereas)\b", re.IGNORECASE)
_REACH, _MOST_NAMES = 6, 12
_MIDDLE = frozenset({"by", "from"})


@dataclass(frozen=True, slots=True)
class Swap:
    """The claim's two names and the word between them."""

    left: str
    between: str
    right: str


def changed_places(claim: str, source: str) -> Swap | None:
    """The first two names that the claim has about a word the other way round than the source, if any."""
    clauses = [words(clause) for clause in _CLAUSE_END.split(source)]
    for swap in _pairs(claim):
        left, right, middle = words(swap.left)[-1], words(swap.right)[-1], stem(swap.between)
        if any(_reads(clause, right, middle, left) for clause in clauses) and not any(
            _reads(clause, left, middle, right) for clause in clauses
        ):
            return swap
    return None


def _pairs(claim: str) -> Iterator[Swap]:
    """Two names with few words between them in one clause, for each content word of these."""
    for clause in _CLAUSE_END.split(claim):
        told = words(clause)
        found = [name for name in _with_opening(clause) if words(name) and words(name)[-1] in told][:_MOST_NAMES]
        for left in found:
            for right in found:
                start, end = told.index(words(left)[-1]), told.index(words(right)[0])
                inner = told[start + 1 : end]
                if words(left)[-1] != words(right)[-1] and 0 < len(inner) <= _REACH and not _MIDDLE & set(inner):
                    yield from (Swap(left, word, right) for word in inner if word not in STOPWORDS)


def _with_opening(clause: str) -> tuple[str, ...]:
    """The clause's names, its capitalised first word among them."""
    first = clause.split()[:1]
    opens = tuple(word for word in first if word[:1].isupper() and word.lower() not in STOPWORDS)
    return tuple(dict.fromkeys([*names(clause), *opens]))


def _reads(clause: tuple[str, ...], first: str, middle: str, last: str) -> bool:
    """Whether the clause has the first name, the word and the last name in this order, near, and no passive."""
    for start in (at for at, word in enumerate(clause) if word == first):
        rest = clause[start + 1 : start + 2 + _REACH]
        if last in rest:
            inner = rest[: rest.index(last)]
            if middle in map(stem, inner) and not _MIDDLE & set(inner):
                return True
    return False
