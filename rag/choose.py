"""Which of the weighed sentences are quoted: the best, and up to a few that come near it and add to it.

Both sides of a comparison, several broadcasts where several are asked for, and for a list whatever names another item
get their places first. It orders nothing for the page: `rag.layout` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.mentions import names_in
from rag.question import Question
from rag.quote_weights import Weights
from rag.sentence_features import Candidate, Scored, attribution, surroundings
from rag.stems import content_stems

_REPEATS = 0.6
_LIST = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:\w+[^s\W]s|countries|people)\b|\b(?:who|what|which)(?:['’]re| are| were)\b"
    r"|\bname (?:all|some|the)\b|\blist\b",
    re.IGNORECASE,
)


def choose(question: Question, scored: Sequence[Scored], most: int, weights: Weights) -> list[Candidate]:
    """The best sentence, then up to `most` in all, in the order spoken.

    Near is at least `support_share` of the best score and at most `support_margin` below the second best: however well
    the first answers, what supports it is judged among its like. The first of another side need come only half as near.
    """
    second = scored[1].score if len(scored) > 1 else 0.0
    least = max(scored[0].score * weights.support_share, second - weights.support_margin)
    chosen = _of_each(question, scored, most, scored[0].score - 2 * weights.support_margin)
    adds = _adds_item if _LIST.search(question.text) and not question.parts else _adds_words
    for each in scored[1:]:
        if len(chosen) >= most or each.score < least:
            break
        if each not in chosen and adds(each, chosen):
            chosen.append(each)
    first, *support = [each.candidate for each in chosen]
    order = list(dict.fromkeys(each.transcript.id for each in (first, *support)))
    return [first, *sorted(support, key=lambda each: (order.index(each.transcript.id), each.char_start))]


def side_of(question: Question, candidate: Candidate) -> int | None:
    """Which of the two sides compared the sentence is on, by the words that only that side has; None if neither's."""
    if len(question.parts) != 2:
        return None
    one, other = map(content_stems, question.parts)
    for held in (candidate.stems | attribution(candidate), surroundings(candidate)):
        shares = [len(own & held) / len(own) if own else 0.0 for own in (one - other, other - one)]
        if shares[0] != shares[1]:
            return int(shares[1] > shares[0])
    return None


def _of_each(question: Question, scored: Sequence[Scored], most: int, least: float) -> list[Scored]:
    """The best of all; where sides are compared, or several broadcasts asked for, the best of each."""
    found = {_place(question, scored[0]): scored[0]}
    for each in scored[1:]:
        place = _place(question, each)
        if place is not None and each.score >= least and _adds_words(each, list(found.values())):
            found.setdefault(place, each)
    return list(found.values())[:most]


def _place(question: Question, each: Scored) -> int | str | None:
    if question.parts:
        return side_of(question, each.candidate)
    return each.candidate.transcript.id if question.various else None


def _adds_words(each: Scored, chosen: Sequence[Scored]) -> bool:
    return not any(_repeats(each.candidate, other.candidate) for other in chosen)


def _adds_item(each: Scored, chosen: Sequence[Scored]) -> bool:
    """Whether it says something else and, where it has names, at least one that has not been named."""
    known = content_stems(" ".join(other.candidate.text for other in chosen))
    names = names_in(each.candidate.text)
    new = not names or any(not content_stems(name) <= known for name in names)
    return new and _adds_words(each, chosen)


def _repeats(left: Candidate, right: Candidate) -> bool:
    shared, either = left.stems & right.stems, left.stems | right.stems
    return len(shared) / len(either) > _REPEATS if either else True
