"""What a short answer to a question would look like: a percentage, a sum, a date, a person …, or nothing one can tell.

A table of wordings, first match wins. It looks at the question only; `rag.typed_spans` finds such words in a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag.sides import sides_of
from rag.stems import content_stems

Kind = Literal[
    "percent", "money", "amount", "count", "duration", "length", "measure", "age", "score", "clock", "year", "date",
    "person", "place", "name", "yes or no",
]  # fmt: skip

_AUX = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must"
_SUMS = (
    "money|cash|aid|funding|cost|costs|pay|pays|paid|spend|spends|spent|earn|earns|earned|worth|owe|owes|owed|price"
    "|priced|invest|invested|dollars|euros|pounds|tax|taxes|grant|loan|budget|fine|fined|salary|wage|wages"
)
_OFFICES = (
    "person|man|woman|minister|president|prime minister|official|officials|senator|governor|mayor|judge|general|leader"
    "|spokesman|spokeswoman|reporter|journalist|author|writer|scientist|player|actor|actress|singer|artist|king|queen"
    "|secretary|ambassador|director|chairman|politician|lawyer|economist|candidate|guest|host|cabinet member"
)
_PLACES = (
    "city|country|nation|state|town|village|capital|region|province|county|island|river|lake|sea|ocean|mountain"
    "|continent|airport|port|street|site|venue|district"
)
_THINGS = (
    "company|firm|agency|organi[sz]ation|department|ministry|rocket|ship|vessel|bank|party|team|group|newspaper|network"
    "|university|school|court|law|act|bill|treaty|airline|carmaker|spacecraft|probe|mission|telescope|book|film|movie"
    "|song|language|currency|religion|virus|vaccine|drug|body|institution|committee|club|channel|programme|program"
)
_QUALIFIED = r"(?:[\w’'-]+ ){0,2}?"
_OPENS_WITH = re.compile(
    r"^(?:when|where|while|if|after|before|as|since)\b[^?]*, ?(?=(?:\w+ )?(?:what|which|who|when|where|how)\b)", re.I
)
_ASKS = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)
_KINDS: tuple[tuple[Kind, str], ...] = (
    (
        "percent",
        r"(?:what|which) (?:percent(?:age)?|share|proportion|portion|fraction)\b|.*\bpercentage\b|how many percent",
    ),
    ("money", rf"how much\b.*\b(?:{_SUMS})\b|(?:what|which) (?:price|sum)\b|what\b.* cost\b|how expensive"),
    ("score", r"(?:what|which)\b.{0,20} (?:score|vote|margin|tally)\b|how (?:did|has|have)\b.*\bvoted?\b"),
    ("age", r"how old\b|(?:what|which) age\b"),
    ("duration", r"how long\b"),
    ("length", r"how (?:far|tall|deep|wide)\b"),
    ("measure", r"how (?:high|fast|heavy|big|large|hot|cold|loud|strong)\b"),
    ("count", r"how many\b|(?:what|which) (?:is |was )?(?:the )?(?:total )?number\b"),
    ("amount", rf"how much\b|(?:what|which) rate\b|what (?:is |was )?(?:the )?{_QUALIFIED}(?:amount|rate|size)\b"),
    ("year", r"(?:what|which) year\b"),
    ("clock", r"(?:what|which) time\b|what hour\b"),
    ("date", r"when\b|(?:what|which) (?:date|day|month|weekday|week|decade|century)\b"),
    ("person", rf"(?:who|whom)\b|(?:what|which) {_QUALIFIED}(?:{_OFFICES})\b"),
    ("place", rf"where\b|(?:what|which) {_QUALIFIED}(?:{_PLACES})\b"),
    ("name", rf"(?:what|which) {_QUALIFIED}(?:{_THINGS})\b|what\b.*\b(?:named|called|the name)\b"),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_YES_OR_NO = re.compile(rf"^(?:and |but |so )?(?:{_AUX})\b", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\bhow many (?P<noun>.+?)(?: (?:(?:in|on|of|at|from|by|that|who|which)|(?:{_AUX}))\b|[,?]|$)", re.IGNORECASE
)
_TWO = re.compile(rf"\band (?:at |in |by )?(?:{_ASKS.pattern})", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:which|what|who)(?:['’]re| are| were)\b|\b(?:which|what) (?:two|three|four|five|six|other|kinds?|types?"
    r"|\w+(?:[^s\W]s|ies|people))\b|\bwhat (?:does|did|do) .{1,60} (?:say|think|mean|make of)\b",
    re.IGNORECASE,
)
_NAMED = ("person", "place", "name", "date")


@dataclass(frozen=True, slots=True)
class Expected:
    """The kind of a short answer, with the stems of what is counted: "doses" of "How many doses …"."""

    kind: Kind
    counted: frozenset[str] = frozenset()


def expected(question: str) -> Expected | None:
    """What a few words could answer the question; None where it asks for several things or for an explanation."""
    kind = _kind(question)
    if kind is None or sides_of(question) or _TWO.search(question) or (kind in _NAMED and _SEVERAL.search(question)):
        return None
    return Expected(kind, _counted(question))


def _kind(question: str) -> Kind | None:
    """By the first question word, which must be what asks: "who" of "people who left" does not."""
    opening = _OPENS_WITH.match(question)
    asks = _ASKS.search(question, opening.end() if opening else 0)
    if asks is None or _YES_OR_NO.match(question):
        return "yes or no" if _YES_OR_NO.match(question) else None
    return next((kind for kind, pattern in _PATTERNS if pattern.match(question, asks.start())), None)


def _counted(question: str) -> frozenset[str]:
    match = _COUNTED.search(question)
    return frozenset() if match is None else content_stems(match["noun"])
