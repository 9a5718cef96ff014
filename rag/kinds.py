"""Kinds of questions, and what a sentence must hold to answer one: two tables of words, no model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Kind = Literal["number", "when", "who", "where", "why", "how", "said", "what"]

_SAYING = "say|says|said|tell|told|think|thinks|describe[ds]?|argue[ds]?|explain(?:ed|s)?"
_MEASURES = "many|much|big|large|far|long|old|high|tall|fast|heavy|often|wide|deep"
_AMOUNTS = "percent|share|number|amount|size|proportion|rate"
_DEEDS = "reason|cause|makes|made|led|drove|prompted"
_PERSONS = "person|people|minister|president|official|countr|compan"
_PLACES = "place|city|country|town|site|coast"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NUMERALS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|million|billion"
    "|half|third|quarter|dozen|none|zero|double|twice"
)
_SINCE = r"since(?! (?:\d|the |last |then|its |his |her |their ))"
_PURPOSES = "to (?:ensure|prevent|protect|make|avoid|help)"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_QUESTIONS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("said", _words(rf"\b(?:what|how|which)\b.*\b(?:{_SAYING})\b|according to")),
    ("number", _words(rf"\bhow (?:{_MEASURES})\b|\b(?:what|which) (?:{_AMOUNTS})|\bby how\b")),
    ("when", _words(r"\bwhen\b|\bwhat (?:year|date|day|month|time)\b|\bhow soon\b")),
    ("who", _words(rf"\bwho\b|\bwhom\b|\bwhose\b|\bwhich (?:{_PERSONS})")),
    ("where", _words(rf"\bwhere\b|\b(?:in|from|at|to|off) (?:which|what) (?:{_PLACES})")),
    ("why", _words(rf"\bwhy\b|\bwhat (?:{_DEEDS})|\bhow come\b|\breasons?\b")),
    ("how", _words(r"\bhow\b")),
)
_ANSWERS: Mapping[Kind, re.Pattern[str]] = {
    "number": _words(rf"\d|\b(?:{_NUMERALS})\b"),
    "when": _words(
        rf"\b(?:{_MONTHS}|{_DAYS}|today|tomorrow|yesterday|tonight|week|month|year|morning|evening|night"
        r"|1[89]\d\d|20\d\d)s?\b"
    ),
    "who": re.compile(r"(?<=\S )[A-Z][a-z]+"),
    "where": re.compile(r"\b(?:in|at|from|to|near|off|on) (?:the )?[A-Z]"),
    "why": _words(
        rf"\b(?:because|{_SINCE}|so that|in order|due to|as a result|therefore|reason|{_PURPOSES}|that[’']s why"
        r"|which (?:means|leads))\b|, so "
    ),
}


def kind_of(question: str) -> Kind:
    """What the question asks for: the first kind in the table whose words are in it, else "what"."""
    return next((kind for kind, pattern in _QUESTIONS if pattern.search(question)), "what")


def fits(kind: Kind, sentence: str) -> float:
    """1 when the sentence holds what the kind asks for, 0 when not, 0.5 when the kind does not tell."""
    pattern = _ANSWERS.get(kind)
    return 0.5 if pattern is None else float(bool(pattern.search(sentence)))


CALENDAR = re.compile(rf"(?:{_MONTHS}|{_DAYS})s?")
