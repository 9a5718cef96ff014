"""Words that turn a statement round: a claim has "fell" where its source has "rose", or an "against" of its own.

A table of common English opposites, compared by stem, and of words that a claim may not bring along by itself. It
knows no synonyms and no irony.
"""

from __future__ import annotations

from rag.stems import stem, stems, words

_PAIRS = """
    rise fall; rose fell; risen fallen; rising falling; increase decrease; increase reduce; grow shrink; gain loss;
    gain lose; win lose; won lost; profit loss; up down; above below; over under; more less; more fewer; most least;
    higher lower; high low; highest lowest; larger smaller; largest smallest; big small; biggest smallest;
    longer shorter; long short; faster slower; fast slow; stronger weaker; strong weak; strengthen weaken;
    better worse; best worst; good bad; positive negative; success failure; succeed fail; before after;
    earlier later; early late; first last; begin end; began ended; start stop; start finish; open close; enter leave;
    enter exit; arrive depart; buy sell; bought sold; import export; lend borrow; send receive; give take; gave took;
    push pull; allow ban; allow forbid; permit prohibit; accept reject; approve reject; accept refuse;
    support oppose; supporter opponent; agree disagree; confirm deny; admit deny; include exclude; add remove;
    attack defend; guilty innocent; legal illegal; public private; domestic foreign; internal external;
    major minor; majority minority; easy difficult; easier harder; easy hard; safe dangerous; true false; right wrong;
    north south; northern southern; east west; eastern western; man woman; men women; male female;
    father mother; son daughter; brother sister; husband wife; young old; younger older; new old; hot cold; dry wet;
    day night; morning evening; summer winter; peace war; friend enemy; ally enemy; rich poor; cheap expensive;
    cheaper costlier; optimistic pessimistic; encourage discourage; likely unlikely; able unable; possible impossible;
    happy unhappy; known unknown; fair unfair; advance retreat; ahead behind; inside outside; within outside;
    maximum minimum; minimum maximum; employ dismiss; hire fire; hired fired; praise criticise; praise criticize;
    temporary permanent; voluntary mandatory; optional mandatory; always never; all none; everybody nobody
"""
_OPPOSITES = sorted(
    {pair for one in _PAIRS.split(";") for left, right in [one.split()] for pair in ((left, right), (right, left))}
)
_STEMMED = tuple((stem(left), stem(right), right) for left, right in _OPPOSITES)
_NOT_OF_ITS_OWN = frozenset({"against", "former", "despite"})


def turned_round(claim: str, source: str) -> tuple[str, str] | None:
    """The claim's word and its opposite in the source, where each has only the one; else None."""
    said, read = {stem(word): word for word in words(claim)}, stems(source)
    for ours, theirs, right in _STEMMED:
        if ours in said and theirs in read and ours not in read and theirs not in said:
            return said[ours], right
    return None


def brought_along(claim: str, source: str) -> str | None:
    """A word like "against" that the claim has and the source has not."""
    read = set(words(source))
    return next((word for word in words(claim) if word in _NOT_OF_ITS_OWN and word not in read), None)
