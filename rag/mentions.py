"""What a question names and quotes. Capitals and quotation marks, no model."""

from __future__ import annotations

import re

from rag.kinds import CALENDAR

_PARTICLES = "of|the|al|el|bin|ibn|van|von|der|den|de|da|di|du|la|le"
_NAME = re.compile(rf"\b[A-Z][\w’'-]*\.?(?:(?: (?:{_PARTICLES}))*[ -](?:al-|el-)?[A-Z][\w’'-]*)*")
_NO_NAME = re.compile(r"C[EFOT]O|[SE]?VP|MP|PM|US|UK|EU|UN|I")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s\b")
_QUOTED = re.compile(r"[“„]([^“”„]{2,200})[”“]|«([^«»]{2,200})»|\"([^\"]{2,200})\"")


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


def phrases_in(text: str) -> tuple[str, ...]:
    """What stands in double quotation marks of any kind, each once; marks with no word between them hold nothing."""
    found = ("".join(match.groups(default="")).strip(" ,.;:!?") for match in _QUOTED.finditer(text))
    return tuple(dict.fromkeys(phrase for phrase in found if any(map(str.isalnum, phrase))))
