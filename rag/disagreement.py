"""Whether speakers contradict each other on one point: most words shared, and a "not", a denial or an opposite in one.

It compares words, not meanings: who disagrees in other words is not noticed. Better to miss that than to invent a
quarrel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from rag.leaning import is_question
from rag.opposites import turned_round
from rag.polarity import contradicts
from rag.question import Question
from rag.sentence_features import Candidate

_FEWEST, _MOSTLY = 3, 0.5
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|disput(?:e[sd]?|ing)|refut(?:e[sd]?|ing)|false|untrue|nonsense"
    r"|a lie|(?:is|are|was|were)(?:n['’]t| not) (?:true|right|correct|the case))\b",
    re.IGNORECASE,
)


def disagree(question: Question, quotes: Sequence[Candidate]) -> bool:
    """Whether any two of the sentences, of two named speakers, oppose each other on what the question is about."""
    return any(opposed(question, one, other) for one, other in combinations(quotes, 2))


def opposed(question: Question, one: Candidate, other: Candidate) -> bool:
    """Whether these two do: at least half of the shorter one's content in common, some of it asked about."""
    if one.turn.speaker == other.turn.speaker or not one.turn.speaker or not other.turn.speaker:
        return False
    shared = one.stems & other.stems
    same_point = (
        len(shared) >= max(_FEWEST, _MOSTLY * min(len(one.stems), len(other.stems))) and shared & question.topic
    )
    asks = is_question(one.text) or is_question(other.text)
    return bool(same_point) and not asks and _turned(one, other)


def _turned(one: Candidate, other: Candidate) -> bool:
    denied = [bool(_DENIES.search(each.text)) for each in (one, other)]
    if denied[0] != denied[1]:
        return True
    return contradicts(one.text, one.stems, other.text, other.stems) or turned_round(one.text, other.text) is not None
