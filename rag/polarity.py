"""Which words of a sentence stand under a negation: "will leave" must not pass for "will not leave".

Looks a few words past "not", "no", "never" and the like, within the clause. Verbs that deny ("failed",
"refused") and opposites ("rose", "fell") are beyond it.
"""

from __future__ import annotations

import re

from rag.stems import STOPWORDS, stem, words

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|hardly)\b|n['’]t\b", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[,;:.!?()\"“”–—]|\b(?:but|although|because|while|which|who)\b", re.IGNORECASE)
_REACH = 4


def denies(text: str) -> bool:
    """Whether it negates anything at all."""
    return bool(_NEGATION.search(text))


def negated_stems(text: str) -> frozenset[str]:
    """The stems of the first few content words after each negation, up to the end of its clause."""
    return frozenset(one for match in _NEGATION.finditer(text) for one in _under(text[match.end() :]))


def contradicts(claim: str, claim_stems: frozenset[str], source: str, source_stems: frozenset[str]) -> bool:
    """Whether one of the two negates words that both have, and the other negates none of them."""
    both = claim_stems & source_stems
    in_claim, in_source = negated_stems(claim) & both, negated_stems(source) & both
    return bool(in_claim or in_source) and not in_claim & in_source


def _under(following: str) -> list[str]:
    end = _CLAUSE_END.search(following)
    clause = words(following[: end.start()] if end else following)
    return [stem(word) for word in clause if word not in STOPWORDS][:_REACH]
