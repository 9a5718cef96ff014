"""Decides, sentence by sentence, what a model wrote that may be shown, and finds the words that bear it out.

Functions over `checks.CHECKS` and over further checks that a caller has, which see only what passed these. Quotes are
cut from the transcript by offset and nothing is repaired: a sentence either passes every check and gets citations, or
is rejected with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.transcript import Transcript
from rag import markers
from rag.attribution import attributed, can_speak_for
from rag.checks import CHECKS, Case, Check
from rag.cite import cite
from rag.evidence import Claim, Given, Span, best_span, claim
from rag.results import Citation, Rejected
from rag.written import Sentence


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in which transcript the words are that a sentence rests on."""

    transcript: Transcript
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Supported:
    """A sentence that passed every check. `unmatched` are the passages it cites that have nothing of it."""

    sentence: Sentence
    evidence: tuple[Evidence, ...]
    unmatched: tuple[int, ...] = ()


def verify(
    sentence: Sentence, passages: Sequence[Given], question: str, further: Sequence[Check] = ()
) -> Supported | Rejected:
    """Runs the checks in order; the first that fails rejects the sentence. [1] stands for `passages[0]`."""
    cited = tuple(passages[number - 1] for number in sentence.markers if 1 <= number <= len(passages))
    stated = claim(sentence.text)
    best = tuple(_best(stated, given) for given in cited)
    case = Case(sentence, stated, cited, best, len(passages), question)
    reason = next((reason for check in (*CHECKS, *further) if (reason := check(case))), None)
    return Rejected(sentence.raw, reason) if reason else _supported(case)


def assemble(kept: Sequence[Supported]) -> tuple[str, tuple[Citation, ...]]:
    """The text, its markers numbered in order of first use, and the citations. Same words, same number."""
    numbers: dict[tuple[str, int, int], int] = {}
    citations: list[Citation] = []
    text = ""
    for one in kept:
        own = []
        for evidence in one.evidence:
            key = (evidence.transcript.id, evidence.start, evidence.end)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                citations.append(cite(evidence.transcript, evidence.start, evidence.end, numbers[key]))
            own.append(numbers[key])
        text += _joint(text, one.sentence) + f"{one.sentence.text} {markers.write(dict.fromkeys(own))}"
    return text, tuple(citations)


def _joint(text: str, sentence: Sentence) -> str:
    if not text:
        return ""
    return "\n" if sentence.new_line else " "


def _supported(case: Case) -> Supported:
    found = list(zip(case.cited, case.best, strict=True))
    evidence = tuple(Evidence(given.transcript, span.start, span.end) for given, span in found if span)
    return Supported(case.sentence, evidence, tuple(given.number for given, span in found if not span))


def _best(stated: Claim, given: Given) -> Span | None:
    """The words that share most with the claim; that speaker's words first if it names who spoke."""
    speakers = attributed(stated.text)
    theirs = [span for span in given.spans if all(can_speak_for(name, span) for name in speakers)]
    return best_span(stated, theirs) or best_span(stated, given.spans)
