"""The answer in a few words, cut from a sentence that answers: "28.1 percent". Given only where one span is clearly it.

What the question expects (`rag.expected`) is looked for in the sentence (`rag.typed_spans`), each find is weighed by
what stands around it, and unless the likeliest is likely enough and well ahead of the next there is no short answer.
That the sentence itself answers is for others to be sure of.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import mul

from rag.expected import Expected, expected
from rag.polarity import negated_stems
from rag.stems import content_stems, stem
from rag.typed_span import Typed
from rag.typed_spans import typed_spans

WEIGHTS: Mapping[str, float] = {
    "sure": 1.55, "unit": 1.5, "near": 0.86, "around": 1.67, "share": -1.22, "alone": 4.84, "long": -0.21,
}  # fmt: skip
"""Fitted by `python -m tests.benchmarks.short_answers --fit`, on half of the documents."""
BIAS = -3.4
FEATURES = tuple(WEIGHTS)
LIKELY, AHEAD = 0.8, 0.2
"""Least probability of the likeliest span, and its least lead over the next."""

_AROUND, _UNIT_WITHIN, _LONG = 8, 4, 40
_FAR = 30
_SAME_QUESTION = 0.6
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEXT_WORD = re.compile(r" [^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Picked:
    """A span of a sentence, how likely it is what the question asks for, and its lead over the next likeliest."""

    start: int
    end: int
    likely: float
    ahead: float

    @property
    def sure(self) -> bool:
        """Whether it may stand for the answer."""
        return self.likely >= LIKELY and self.ahead >= AHEAD


def short_answer(question: str, sentence: str, asked: str = "") -> str:
    """The words of the sentence that answer the question in short, verbatim; empty where that is not sure.

    `asked` is the interviewer's question that the sentence replies to: without it, a "yes" says nothing.
    """
    wanted = expected(question)
    if wanted is None or (wanted.kind == "yes or no" and not _is_asked(question, asked)):
        return ""
    picked = pick(wanted, question, sentence)
    return sentence[picked.start : picked.end] if picked and picked.sure else ""


def pick(wanted: Expected, question: str, sentence: str) -> Picked | None:
    """The likeliest span, None where the sentence has nothing of the kind but words of the question itself."""
    found = spans(wanted, question, sentence)
    if not found:
        return None
    rows = measure(wanted, content_stems(question), sentence, found)
    likely = [_logistic(BIAS + sum(map(mul, map(WEIGHTS.__getitem__, FEATURES), row))) for row in rows]
    at = max(range(len(found)), key=likely.__getitem__)
    second = max((each for other, each in enumerate(likely) if other != at), default=0.0)
    return Picked(found[at].start, found[at].end, likely[at], likely[at] - second)


def spans(wanted: Expected, question: str, sentence: str) -> tuple[Typed, ...]:
    """What in the sentence may be meant: of the kind wanted, and not all of it said by the question."""
    known = content_stems(question)
    new = (each for each in typed_spans(wanted.kind, sentence) if not _is_known(sentence[each.start : each.end], known))
    return tuple(_with_noun(each, wanted, sentence) for each in new)


def measure(wanted: Expected, stems: Collection[str], sentence: str, found: Sequence[Typed]) -> list[tuple[float, ...]]:
    """A row for each span, a column for each of FEATURES, all from 0 to 1.

    sure: as `typed_spans` has it. unit: what is counted stands in the span or right after it. near: how near
    the nearest of the question's words is. around, share: which share of the question's words
    stands within eight words, and in the sentence. alone: 1 by the number of spans. long: words, 40 being 1.
    """
    tokens = [(match.start(), stem(re.split("['’]", match.group().lower())[0])) for match in _WORD.finditer(sentence)]
    return [_row(wanted, stems, tokens, each, len(found)) for each in found]


def _row(
    wanted: Expected, stems: Collection[str], tokens: Sequence[tuple[int, str]], span: Typed, count: int
) -> tuple[float, ...]:
    first = sum(place < span.start for place, _ in tokens)
    last = sum(place < span.end for place, _ in tokens) - 1
    away = {at: max(first - at, at - last, 0) for at in range(len(tokens))}
    asked = {at: token for at, (_, token) in enumerate(tokens) if token in stems}
    gaps = [away[at] for at in asked if away[at]]
    beside = {token for at, (_, token) in enumerate(tokens) if first <= at <= last + _UNIT_WITHIN}
    total = max(1, len(stems))
    return (
        span.sure,
        float(bool(wanted.counted & beside)),
        1 / (1 + min(gaps, default=_FAR) / 3),
        len({token for at, token in asked.items() if away[at] <= _AROUND}) / total,
        len(set(asked.values())) / total,
        1 / count,
        min(1.0, len(tokens) / _LONG),
    )


def _with_noun(span: Typed, wanted: Expected, sentence: str) -> Typed:
    """With the word right after it where that is what is counted: "80 million doses"."""
    after = _NEXT_WORD.match(sentence, span.end)
    if after and content_stems(after.group()) & wanted.counted:
        return replace(span, end=after.end())
    return span


def _is_known(text: str, known: Collection[str]) -> bool:
    said = content_stems(text)
    return bool(said) and all(each in known for each in said)


def _is_asked(question: str, asked: str) -> bool:
    """Whether the interviewer asked the same, and neither with a "not" in it."""
    stems = content_stems(question)
    if not stems or negated_stems(question) or negated_stems(asked):
        return False
    return len(stems & content_stems(asked)) >= _SAME_QUESTION * len(stems)


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
