"""A judge that needs no language model: it compares the wording of a statement with that of the quotes cited for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.sentences import sentences
from rag.evidence import Claim, claim, flattened, holds
from rag.names import names, unknown_names
from rag.numbers import numbers
from rag.opposites import turned_round
from rag.polarity import contradicts
from rag.stems import content_stems

_MOSTLY = 0.5
_CLOSE = 0.4


@dataclass(frozen=True, slots=True)
class WordAlignment:
    """Judges by wording, without a model: the same answer every time, and at no cost.

    A statement that stands in a quote verbatim is supported. Any other is when the quotes together have at least half
    of its content words (by stem), each of its numbers and names, and no quote about the same thing has a "not" or an
    opposite ("rose", "fell") where the statement has none. It knows no synonyms, and what puts the same words together
    in another way passes: of the news summaries of SummEdits (Laban et al. 2023, arXiv 2305.14540) it lets 85 % of the
    true ones pass and stops 40 % of those with one fact altered. The check of written answers uses the same parts: of
    those it is no second opinion.
    """

    name: str = "word alignment"

    def supports(self, quotes: Sequence[str], statement: str) -> bool:
        """Whether the wording agrees. Nothing supports a statement without content."""
        if any(_verbatim(statement, quote) for quote in quotes):
            return True
        stated, source = claim(statement), "\n".join(quotes)
        return bool(stated.stems) and all(rule(stated, source) for rule in _RULES)


def _verbatim(statement: str, quote: str) -> bool:
    """Whether the statement's words stand in the quote as whole words, a capital at the start aside."""
    said = flattened(statement).strip(" \"'.,;:!?")
    either = "|".join(map(re.escape, {said, said[:1].swapcase() + said[1:]}))
    return bool(said) and bool(re.search(rf"(?<!\w)(?:{either})(?!\w)", flattened(quote)))


def _mostly_shared(stated: Claim, source: str) -> bool:
    return len(stated.stems & content_stems(source)) >= _MOSTLY * len(stated.stems)


def _numbers_contained(stated: Claim, source: str) -> bool:
    known = numbers(source)
    return all(any(number.agrees(other) for other in known) for number in stated.numbers)


def _names_contained(stated: Claim, source: str) -> bool:
    return not unknown_names(names(stated.text), source)


def _quoted_contained(stated: Claim, source: str) -> bool:
    return all(holds(source, words) for words in stated.quoted)


def _not_contradicted(stated: Claim, source: str) -> bool:
    for text in (source[start:end] for start, end in sentences(source)):
        stems = content_stems(text)
        about_the_same = len(stems & stated.stems) >= _CLOSE * len(stated.stems)
        if about_the_same and (contradicts(stated.text, stated.stems, text, stems) or turned_round(stated.text, text)):
            return False
    return True


_RULES: tuple[Callable[[Claim, str], bool], ...] = (
    _mostly_shared,
    _numbers_contained,
    _names_contained,
    _quoted_contained,
    _not_contradicted,
)
