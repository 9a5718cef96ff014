"""The checks a written sentence passes before it is shown as fact: one function each, with reasons.

They compare wording: words, quotes, numbers, names, negations, opposites and who is said to have spoken.
They do not judge whether the sentence follows from the passage: one that puts its words together in another
way, without a new name, number, "not" or opposite and without two names changing places, can pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.attribution import attributed, can_speak_for
from rag.evidence import Claim, Given, Span, holds
from rag.names import names, unknown_names
from rag.numbers import numbers
from rag.opposites import brought_along, turned_round
from rag.orders import gives_orders
from rag.polarity import contradicts
from rag.roles import changed_places
from rag.stems import stems
from rag.written import Sentence

UNCITED = "It cites no passage."
_LEAST_SHARED, _LEAST_QUOTED = 0.4, 0.5
_CLOSE = 0.4
_SHORT_QUOTE_WORDS = 3
_MARKUP = re.compile(r"</?[a-z!][^>]*>|!?\[[^\]]*\]\(|\b(?:https?|ftp|javascript|data):\S|\bwww\.\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence before the checks, with the passages it cites, the number given, and what was asked.

    `best` has, for each cited passage, the words of it that bear the sentence out best, or None.
    """

    sentence: Sentence
    claim: Claim
    cited: tuple[Given, ...]
    best: tuple[Span | None, ...]
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
    def found(self) -> tuple[tuple[Given, Span], ...]:
        """The cited passages that have something of it, each with its best words."""
        return tuple((given, span) for given, span in zip(self.cited, self.best, strict=True) if span)

    @property
    def borne_out(self) -> float:
        """How much of the claim the best words have, 0 to 1; who said it, when and under which title aside."""
        about = [stems(f"{span.said_by} {given.origin} {given.title}") for given, span in self.found]
        quoted = frozenset[str]().union(*(span.stems for _, span in self.found))
        stated = self.claim.stems - (frozenset[str]().union(*about) - quoted) or self.claim.stems
        return len(stated & quoted) / len(stated)

    @property
    def close(self) -> tuple[Span, ...]:
        """Those of the best words that share enough with the claim to be about the same."""
        least = _CLOSE * len(self.claim.stems)
        return tuple(span for span in self.best if span and len(span.stems & self.claim.stems) >= least)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every run of sentences that could be cited."""
        return tuple(span for given in self.cited for span in given.spans)


Check = Callable[[Case], str | None]


def has_marker(case: Case) -> str | None:
    """Every sentence names its passage."""
    return None if case.sentence.markers else UNCITED


def marker_was_given(case: Case) -> str | None:
    """[9] of five passages is made up, whatever else the sentence cites."""
    unknown = [number for number in case.sentence.markers if not 1 <= number <= case.passages]
    if not unknown:
        return None
    count = f"only {case.passages} passages were" if case.passages != 1 else "only 1 passage was"
    return f"It cites [{unknown[0]}], and {count} given."


def has_no_markup(case: Case) -> str | None:
    """Links and HTML lead out of the answer; no transcript needs them."""
    return "It contains a link or HTML, which an answer never does." if _MARKUP.search(case.sentence.raw) else None


def quotes_are_exact(case: Case) -> str | None:
    """Words in quotation marks are verbatim, but for curly signs, white space and a capital at the start."""
    for words in case.claim.quoted:
        if not _is_exact(words, case):
            return f"It quotes “{_short(words)}”, and those exact words are not in the cited passage."
    return None


def speaker_said_it(case: Case) -> str | None:
    """Words given to somebody must be from that person's turn, or from narration that names the person."""
    for name in attributed(case.claim.text):
        if not any(can_speak_for(name, span) for span in _supporting(case)):
            return f"It says that {name} said this, and {_who_did(case)}."
    return None


def numbers_agree(case: Case) -> str | None:
    """Each number, with its unit, is in a cited passage or its title and date."""
    stated = numbers(case.source)
    for number in case.claim.numbers:
        if not any(number.agrees(other) for other in stated):
            return f"It says {number.written}, and the cited passage does not."
    return None


def names_are_known(case: Case) -> str | None:
    """Each name is in a cited passage, its title, its speakers, or the question."""
    unknown = unknown_names(names(case.claim.text), f"{case.source}\n{case.question}")
    return f"It names {unknown[0]}, and the cited passage does not." if unknown else None


def says_something(case: Case) -> str | None:
    """A sentence of function words alone can neither be right nor wrong."""
    return None if case.claim.stems else "It makes no statement that could be checked."


def shares_words(case: Case) -> str | None:
    """At least two in five of its content words are in the cited passages, by stem."""
    known = stems(case.source)
    share = len(case.claim.stems & known) / max(len(case.claim.stems), 1)
    return None if share >= _LEAST_SHARED else "It has too little in common with the passage it cites."


def bears_it_out(case: Case) -> str | None:
    """More than half of it is in the words that are to be quoted, and no "not" parts the two."""
    if not any(case.best):
        return "No sentence of the passage it cites bears it out."
    if case.borne_out <= _LEAST_QUOTED:
        return "The words it cites bear out too little of it."
    if any(contradicts(case.claim.text, case.claim.stems, span.text, span.stems) for span in case.close):
        return "It differs from the words it cites in a “not”."
    return None


def is_not_turned_round(case: Case) -> str | None:
    """ "Fell" is not "rose", and nobody votes "against" where the passage has no "against"."""
    for span in case.close:
        if pair := turned_round(case.claim.text, span.text):
            return f"It says “{pair[0]}”, and the words it cites say “{pair[1]}”."
    if word := brought_along(case.claim.text, case.source):
        return f"It says “{word}”, and the cited passage does not."
    return None


def keeps_their_places(case: Case) -> str | None:
    """ "Huawei sued Cisco" is not what "Cisco sued Huawei" says."""
    swap = changed_places(case.claim.text, "\n".join(given.text for given in case.cited))
    if not swap:
        return None
    return f"It has {swap.left} and {swap.right} change places about “{swap.between}”."


def rests_on_no_orders(case: Case) -> str | None:
    """Text that tries to steer the model is data, and what it wants said is no fact."""
    turns = {span.turn.index for span in case.best if span}
    if any(gives_orders(span.text) for span in case.speech if span.turn.index in turns):
        return "The words it rests on read like orders to a language model, which are no evidence."
    return None


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
    bears_it_out,
    is_not_turned_round,
    keeps_their_places,
    rests_on_no_orders,
)
"""In the order in which a reader is best told: the first that fails gives the reason."""


def _is_exact(words: str, case: Case) -> bool:
    """Three words or more must be one speaker's; one or two may be a title's, a name's or the question's."""
    loose = len(words.split()) < _SHORT_QUOTE_WORDS
    known = [span.text for span in case.speech] + [given.facts for given in case.cited] + [case.question] * loose
    return any(holds(text, words) for text in known)


def _supporting(case: Case) -> tuple[Span, ...]:
    """What holds the quoted words, if there are any, else the sentences that share words with the claim."""
    long = [words for words in case.claim.quoted if len(words.split()) >= _SHORT_QUOTE_WORDS]
    if long:
        return tuple(span for span in case.speech if any(holds(span.text, words) for words in long))
    return tuple(span for span in case.spans if len(span.stems & case.claim.stems) >= min(2, len(case.claim.stems)))


def _who_did(case: Case) -> str:
    who = dict.fromkeys(span.turn.speaker for span in _supporting(case) if span.turn.speaker)
    return f"in the cited passage {' and '.join(who)} did" if who else "the cited passage does not"


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"
