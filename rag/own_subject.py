"""Whether a question that could lean on the one before says by itself what it is about: "tell me more about the dam".

It does where the answer before tells nothing of that: one that was refused told nothing at all. Wording and the quotes
of that answer, no model. A like in the place of its like ("what about France?") asks the question before once more,
answered or not, and so leans on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.ellipsis import exchanged, left_over
from rag.results import Answer
from rag.stems import content_stems

_LEAD = r"(?:(?:ok(?:ay)?|oh|well|interesting|right|and|but|so|then|please)\b\W*)*"
_ASKS = (
    r"(?:(?:can|could|would) you (?:please )?)?(?:tell|give|show) (?:me|us)|(?:i(?: would|['’]d)? (?:like|want)|i need)"
    r" to (?:know|hear|learn)|(?:what|anything|something) (?:else )?(?:do (?:you|they) (?:know|say|have)"
    r"|(?:is|was) (?:said|known))|(?:any|some)thing(?: else)?|(?:any |some )?more|talk|explain|elaborate|expand"
)
_MORE_ABOUT = re.compile(rf"{_LEAD}(?:{_ASKS})(?: [\w’']+){{0,4}}? (?:about|on) (?P<what>.+?)\W*", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|ones?|former|latter)\b",
    re.IGNORECASE,
)


def has_own_subject(question: str, before: Answer, speakers: Sequence[str] = ()) -> bool:
    """Whether it names what it is about and the answer before does not tell of that. `speakers` are the archive's."""
    more = _MORE_ABOUT.fullmatch(question)
    what = more["what"] if more else left_over(question)
    if what is None or not content_stems(what) or _POINTS.search(what):
        return False
    if not more and exchanged(what, before.question, speakers):
        return False
    return not content_stems(what) & _told(before)


def _told(answer: Answer) -> frozenset[str]:
    """The stems of what was asked and quoted; none where nothing was quoted."""
    if not answer.citations:
        return frozenset()
    quoted = (f"{each.quote} {each.title} {each.speaker or ''}" for each in answer.citations)
    return content_stems(" ".join((answer.question, answer.read_as, *quoted)))
