"""Questions that lean on earlier ones: noticing them, and making them stand alone. Words only, no model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.mentions import names_in
from rag.stems import content_stems

_MOST_EARLIER = 3
_OPENING = re.compile(r"(?:and|but|so|or|also|what about|how about|then)\b", re.IGNORECASE)
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


def leans(question: str) -> bool:
    """Whether it needs an earlier one: an opening "and", too little to go by, or a pronoun with no name before it."""
    if _OPENING.match(question) or _BARE.fullmatch(question):
        return True
    if len(content_stems(question)) < 2 and not names_in(question):
        return True
    pronoun = _PRONOUN.search(question)
    return pronoun is not None and not names_in(question[: pronoun.start()])


def standalone(question: str, earlier: Sequence[str]) -> str:
    """The question as it can be searched for: behind the earlier ones it leans on, back to one that stands alone."""
    if not earlier or not leans(question):
        return question
    kept: list[str] = []
    for before in reversed(earlier):
        kept.insert(0, before)
        if not leans(before):
            break
    return " ".join([*kept[-_MOST_EARLIER:], _CONJUNCTION.sub("", question, count=1)])
