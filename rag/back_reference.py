"""Questions about the answer before: "who said that?", "where is [2] from?", "when was that?". Its citations answer.

The quotes are given again, with who said them, where and when, under the numbers they had. Wording only, no model;
where the history has no Answer there is nothing to refer to, and the question is one like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.clock import format_clock
from rag.results import Answer, Citation

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1, "latter": -1}
_NOUN = r"(?:one|quote|quotation|citation|sentence|statement|line|words|source|passage)s?"
_NUMBERED = rf"(?:(?:the |that )?{_NOUN} |number |no\.? |#)?[\[(]?\d{{1,3}}[\])]?(?:st|nd|rd|th)?(?: {_NOUN})?"
_THAT = (
    rf"(?:th(?:at|is|ese|ose)(?: (?:{_NOUN}|answer|information))?|it|so|(?:the|your) (?:answer|information)"
    rf"|the {_NOUN}|the (?:{'|'.join(_ORDINALS)})(?: {_NOUN})?|{_NUMBERED})"
)
_SHOW = "broadcast|transcript|episode|programme|program|show|file|interview|outlet|station|channel|bulletin|briefing"
_AIRED = "said|broadcast|aired|published|recorded|reported|spoken"
_FROM = r"(?:come |taken |quoted )?from"
_LEAD = r"(?:(?:ok(?:ay)?|and|but|so|wait|sorry|please)\b\W*)*"
_FORMS = (
    rf"who (?:exactly )?(?:said|says|is saying|was saying|told (?:you|us|them)|claim(?:s|ed)) {_THAT}",
    r"who (?:is|was|are|were) (?:speaking|talking|quoted)(?: (?:here|there))?",
    rf"whose (?:words|quotes?) (?:is|are|was|were) {_THAT}",
    rf"who (?:is|was) {_THAT} (?:from|by)|by whom (?:is|was) {_THAT}(?: (?:{_AIRED}))?|says who|according to whom?",
    rf"(?:from )?(?:where|what|which (?:{_SHOW})) (?:is|was|are|were|does|do|did) {_THAT} (?:{_FROM}|(?:{_AIRED})|in)",
    rf"where (?:was|were) {_THAT} (?:{_AIRED})|where did (?:you|they|he|she) (?:get|find|say|hear) {_THAT}(?: from)?",
    rf"(?:what|which) (?:is|are|was|were) (?:the|your) sources?(?: (?:for|of) {_THAT})?",
    rf"sources?|source (?:for|of) {_THAT}",
    rf"(?:what|which) (?:{_SHOW}) (?:is|was|are|were) {_THAT}(?: (?:from|in|on))?",
    rf"when (?:is|was|were) {_THAT}(?: (?:from|{_AIRED}))?|when did (?:he|she|they|you hear) (?:say )?{_THAT}",
    rf"how do you know(?: {_THAT})?|what makes you say {_THAT}",
)
_REFERS = re.compile(rf"{_LEAD}(?:{'|'.join(_FORMS)})\W*", re.IGNORECASE)
_SHORTENED = re.compile(r"\b(who|what|where|when)['’]s\b", re.IGNORECASE)
_ITEM = re.compile(rf"[\[(]?(?P<number>\d{{1,3}})[\])]?|\b(?P<nth>{'|'.join(_ORDINALS)})\b", re.IGNORECASE)
NOTHING_CITED = "The answer before this one quotes nothing, so there is no source to name."


@dataclass(frozen=True, slots=True)
class Reference:
    """What of the answer before is meant: the quote with this number, or all; -1 is the last."""

    number: int | None = None

    def among(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """Those of the citations that are meant."""
        if self.number == -1:
            return tuple(citations[-1:])
        return tuple(each for each in citations if self.number in (None, each.marker))


def refers_back(question: str) -> Reference | None:
    """What the question means of the answer before; None where it asks for anything else."""
    if not _REFERS.fullmatch(_SHORTENED.sub(r"\1 is", question)):
        return None
    found = _ITEM.search(question)
    if found is None:
        return Reference()
    return Reference(int(found["number"]) if found["number"] else _ORDINALS[found["nth"].lower()])


def told_again(question: str, history: Sequence[str | Answer]) -> Answer | None:
    """The quotes meant, each with who, where and when; None where the question means none of the answer before.

    A refusal that says why where that answer quotes nothing, or has no quote of that number.
    """
    before = history[-1] if history else None
    reference = refers_back(question)
    if reference is None or not isinstance(before, Answer):
        return None
    cited = reference.among(before.citations)
    text = "\n\n".join(map(_placed, cited)) or _missing(before, reference)
    return Answer(question, text, cited, before.hits, confidence=before.confidence if cited else None)


def _missing(before: Answer, reference: Reference) -> str:
    count = len(before.citations)
    if not count:
        return NOTHING_CITED
    return f"The answer before this one has {count} quote{'s' * (count > 1)}; none has the number {reference.number}."


def _placed(citation: Citation) -> str:
    """ "Rosa Field, Mayor: “…” [1] — “A new bridge”, Harbour News, 3 May 2011, at 0:42"."""
    who = ", ".join(filter(None, (citation.speaker, citation.role))) or "A speaker the transcript does not name"
    day = citation.published
    start = citation.start_ms
    where = (
        f"“{citation.title}”" if citation.title else "",
        citation.source or "",
        f"{day.day} {day:%B %Y}" if day else "",
        f"at {format_clock(start, interpolated=citation.interpolated)}" if start is not None else "",
    )
    quote = " ".join(citation.quote.split("\n"))
    return f"{who}: “{quote}” [{citation.marker}] — {', '.join(filter(None, where))}"
