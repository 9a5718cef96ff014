"""Who and what a question names, and whose words it wants. Capitals and word order, no model."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.kinds import CALENDAR
from rag.stems import STOPWORDS, words

LONGEST_NAME = 5
_PARTICLES = "of|the|al|el|bin|ibn|van|von|der|den|de|da|di|du|la|le"
_NAME = re.compile(rf"\b[A-Z][\w’'-]*\.?(?:(?: (?:{_PARTICLES}))*[ -](?:al-|el-)?[A-Z][\w’'-]*)*")
_NO_NAME = re.compile(r"C[EFOT]O|[SE]?VP|MP|PM|US|UK|EU|UN|I")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s\b")
_SAY = "say|said|tell|told|think|describe|argue|explain|claim|call|mention|add|promise|warn|expect|want|worry|wish"
_WANTED = re.compile(
    rf"\b(?:did|does|do|has|have|was|were)\s+(?P<who>.+?)\s+(?:{_SAY})\b|\baccording to\s+(?P<by>.+?)(?:[,?]|$)",
    re.IGNORECASE,
)
_HONORIFICS = frozenset(
    """mr mrs ms miss dr sir dame lord lady secretary president minister prime professor prof senator sen governor gov
    general gen admiral adm ambassador attorney press deputy principal vice chief director administrator captain judge
    justice""".split()
)


def names_in(text: str) -> tuple[str, ...]:
    """Capitalised words and runs of them, without the word a sentence begins with unless it is all capitals.

    Months, days and offices ("CEO") are no names, and neither is what everything in the news is about ("US").
    """
    found: dict[str, None] = {}
    plain = _POSSESSIVE.sub(" ,", _DOTTED.sub(lambda match: match.group().replace(".", ""), text))
    for sentence in re.split(r"(?<=[.?!])\s+", plain):
        for match in _NAME.finditer(sentence):
            name = match.group() if match.start() else _without_opening(match.group())
            if name and not _NO_NAME.fullmatch(name) and not CALENDAR.fullmatch(name):
                found[name] = None
    return tuple(found)


def _without_opening(name: str) -> str:
    first, _, rest = name.partition(" ")
    return name if first.isupper() and len(first) > 1 else rest


def wanted_in(text: str) -> str | None:
    """Whose words are asked for: "Jim Xu" of "What did Jim Xu say about …"; None when nobody's."""
    match = _WANTED.search(text)
    return (match.group("who") or match.group("by")).strip() if match else None


def speakers_named(wanted: str, speakers: Iterable[str]) -> tuple[str, ...]:
    """Those of the speakers whom the words name."""
    asked = set(words(wanted))
    return tuple(speaker for speaker in speakers if _is_named(words(speaker), asked))


def _is_named(speaker: tuple[str, ...], asked: set[str]) -> bool:
    """By whole name, or by surname where no other given name stands before it; honorifics count for nothing."""
    name = [word for word in speaker if word not in _HONORIFICS | STOPWORDS]
    if not name or name[-1] not in asked:
        return False
    others = asked - set(speaker) - _HONORIFICS - STOPWORDS
    return all(word in asked for word in name if len(word) > 1) or not others
