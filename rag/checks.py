"""The checks a written sentence passes before it is shown as fact: one function each, reasons made for readers.

They compare wording: words, quotes, numbers, names and who is said to have spoken. They do not judge whether the
sentence follows from the passage; one that turns the cited words around without a new name or number can pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.evidence import Claim, Given, Span, flattened
from rag.names import REPORTING, names, undotted, unknown_names
from rag.numbers import numbers
from rag.stems import stems
from rag.written import Sentence

_LEAST_SHARED = 0.4
_SHORT_QUOTE_WORDS = 3
_MARKUP = re.compile(
    r"</?[a-z!][^>]*>|!?\[[^\]]*\]\(|\b(?:https?|ftp|javascript|data):\S|\bwww\.\w", re.IGNORECASE
)
_NAMED = r"(?P<name>[A-Z][\w’'-]*)"
_ATTRIBUTIONS = (
    re.compile(rf"{_NAMED}(?:,[^,]{{1,80}},)?\s+(?:(?:also|has|had|have|later|then)\s+)?(?:{REPORTING})\b"),
    re.compile(rf"\b[Aa]ccording to (?:(?:the|[A-Z][\w.’'-]*)\s+){{0,4}}{_NAMED}"),
    re.compile(rf"[\"”,]\s*(?:said|says)\s+(?:(?:the|[A-Z][\w.’'-]*)\s+){{0,3}}{_NAMED}"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence before the checks: what it claims, the passages it cites, how many there were, and what was asked."""

    sentence: Sentence
    claim: Claim
    cited: tuple[Given, ...]
    passages: int
    question: str

    @property
    def source(self) -> str:
        """Everything the cited passages say and everything known about them."""
        return "\n".join(f"{given.text}\n{given.facts}" for given in self.cited)

    @property
    def speech(self) -> tuple[Span, ...]:
        """What each turn of the cited passages says there."""
        return tuple(span for given in self.cited for span in given.speech)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every run of sentences that could be cited."""
        return tuple(span for given in self.cited for span in given.spans)


Check = Callable[[Case], str | None]


def has_marker(case: Case) -> str | None:
    return None if case.sentence.markers else "It cites no passage."


def marker_was_given(case: Case) -> str | None:
    unknown = [number for number in case.sentence.markers if not 1 <= number <= case.passages]
    if not unknown:
        return None
    count = f"only {case.passages} passages were" if case.passages != 1 else "only 1 passage was"
    return f"It cites [{unknown[0]}], and {count} given."


def has_no_markup(case: Case) -> str | None:
    return (
        "It contains a link or HTML, which an answer never does."
        if _MARKUP.search(case.sentence.raw)
        else None
    )


def quotes_are_exact(case: Case) -> str | None:
    for words in case.claim.quoted:
        if not _is_exact(words, case):
            return f"It quotes “{_short(words)}”, and those exact words are not in the cited passage."
    return None


def speaker_said_it(case: Case) -> str | None:
    """Words given to somebody must be from that person's turn, or from narration that names the person."""
    for name in attributed(case.claim.text):
        if not any(can_speak_for(name, span) for span in _supporting(case)):
            return f"It says that {name} said this, and in the cited passage {_speakers(case)}."
    return None


def numbers_agree(case: Case) -> str | None:
    stated = numbers(case.source)
    for number in case.claim.numbers:
        if not any(number.agrees(other) for other in stated):
            return f"It says {number.written}, and the cited passage does not."
    return None


def names_are_known(case: Case) -> str | None:
    unknown = unknown_names(names(case.claim.text), f"{case.source}\n{case.question}")
    return f"It names {unknown[0]}, and the cited passage does not." if unknown else None


def says_something(case: Case) -> str | None:
    return None if case.claim.stems else "It makes no statement that could be checked."


def shares_words(case: Case) -> str | None:
    known = stems(case.source)
    share = len(case.claim.stems & known) / max(len(case.claim.stems), 1)
    return None if share >= _LEAST_SHARED else "It has too little in common with the passage it cites."


CHECKS: tuple[Check, ...] = (
    has_no_markup,
    has_marker,
    marker_was_given,
    says_something,
    quotes_are_exact,
    numbers_agree,
    names_are_known,
    speaker_said_it,
    shares_words,
)
"""In the order in which a reader is best told: the first that fails gives the reason."""


def attributed(text: str) -> tuple[str, ...]:
    """The last names (or only names) of those the sentence says have spoken."""
    plain = undotted(text)
    found = [match["name"] for pattern in _ATTRIBUTIONS for match in pattern.finditer(plain)]
    return tuple(
        dict.fromkeys(name for name in (re.sub(r"['’]s?$", "", one) for one in found) if names(f"x {name}"))
    )


def _is_exact(words: str, case: Case) -> bool:
    """Three words or more must be one speaker's; one or two may be a title's, a name's or the question's."""
    inner, loose = _inner(words), len(words.split()) < _SHORT_QUOTE_WORDS
    known = (
        [span.text for span in case.speech] + [given.facts for given in case.cited] + [case.question] * loose
    )
    return any(form in flattened(text) for text in known for form in (inner, _lowered(inner)))


def _supporting(case: Case) -> tuple[Span, ...]:
    """What holds the quoted words, where there are any, else the sentences that share words with the claim."""
    long = [_inner(words) for words in case.claim.quoted if len(words.split()) >= _SHORT_QUOTE_WORDS]
    if long:
        return tuple(span for span in case.speech if any(words in flattened(span.text) for words in long))
    return tuple(
        span for span in case.spans if len(span.stems & case.claim.stems) >= min(2, len(case.claim.stems))
    )


def can_speak_for(name: str, span: Span) -> bool:
    turn = span.turn
    by = f"{turn.speaker} {turn.role or ''} {turn.label or ''}" if turn.speaker else span.text
    return not unknown_names([name], by) or stems(name) <= stems(by)


def _speakers(case: Case) -> str:
    who = dict.fromkeys(span.turn.speaker for span in _supporting(case) if span.turn.speaker)
    return f"{' and '.join(who)} did" if who else "it is not said by that name"


def _inner(words: str) -> str:
    return flattened(words).strip(" .,;:!?")


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"
