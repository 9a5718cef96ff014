"""Questions that lean on earlier ones: noticing them, and making them stand alone. Words only, no model.

Measured by `python -m tests.benchmarks.follow_ups`. It resolves no pronoun: what "she" stands for is left in the words
of the earlier questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.dates import dates_in
from rag.mentions import names_in
from rag.stems import content_stems

_MOST_EARLIER = 3
_FEWEST, _FEWEST_NAMELESS = 2, 4
_OPENING = re.compile(
    r"(?:(?:ok(?:ay)?|oh|well|interesting|right)\b\W*)?(?:and|but|so|or|also|what about|how about|then)\b", re.I
)
_CONJUNCTION = re.compile(r"(?:and|but|so|or|also)\b[\s,]*", re.IGNORECASE)
_BARE = re.compile(
    r"(?:why|when|where|who|how|how (?:many|much|so|long|come)|what else|anything else|(?:can you )?tell me more"
    r"|more|go on)\W*",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|ones?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w$£€](?:[\w’'%-]|[.,](?=\w))*")
_POINTS_BACK = re.compile(r"\b(?:it|them|there|this|that|those)(?: (?:as well|too|either|altogether|then))?\W*$", re.I)


def leans(question: str) -> bool:
    """Whether it needs an earlier one.

    An opening "and", too little to go by, a pronoun at the end or one with no name before it.
    """
    if _OPENING.match(question) or _BARE.fullmatch(question) or _POINTS_BACK.search(question):
        return True
    if len(content_stems(question)) < _enough(question):
        return True
    pronoun = _PRONOUN.search(question)
    return pronoun is not None and not names_in(question[: pronoun.start()])


def _enough(question: str) -> int:
    """How many content words stand by themselves: fewer where a name or a date is among them."""
    if dates_in(question):
        return 0
    return 0 if names_in(question) else _FEWEST_NAMELESS


def leaned_on(question: str, earlier: Sequence[str]) -> tuple[str, ...]:
    """The earlier questions that it leans on, back to one that stands alone, three at most; none where it stands."""
    if not leans(question):
        return ()
    kept: list[str] = []
    for before in reversed(earlier[-_MOST_EARLIER:]):
        kept.insert(0, before)
        if not leans(before):
            break
    return tuple(kept)


def standalone(question: str, context: Sequence[str]) -> str:
    """The question as a person or a language model understands it: behind the earlier ones it leans on."""
    return " ".join([*context, _CONJUNCTION.sub("", question, count=1)]) if context else question


def searchable(question: str, context: Sequence[str]) -> str:
    """The question as it is searched for: the words of the earlier ones that carry content come after it.

    That found more than their sentences before it, on training questions, briefings and samples alike.
    """
    content = [word for word in _WORD.findall(" ".join(context)) if content_stems(word)]
    return " ".join([_CONJUNCTION.sub("", question, count=1), *content]) if context else question
