"""Whose words a question wants, and who of the archive's speakers that is. Word order and names, no model.

"What did Xu say", "according to Xu" and "Xu's view of it" want Xu's own words; "When was Xu born" does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache

from rag.kinds import CALENDAR
from rag.stems import STOPWORDS, words

LONGEST_NAME = 5
_LIKE = 0.75
_MOST_NEAR = 3
SAY = (
    "say|said|tell|told|think|describe|argue|explain|claim|call|mention|add|promise|warn|expect|want|worry|wish"
    "|justify|defend|respond|react|reply|answer|characteri[sz]e|assess|predict|insist|suggest|recommend|stress|urge"
    "|put it|sum up|comment|acknowledge|concede|admit|deny|dismiss|criticise|criticize|praise|announce|cite"
)
_SAYS = "says|said|thinks|argues|argued|explained|told|put it|puts it|claimed|claims|warned|called|calls|described"
_STANCE = (
    "view|opinion|stance|position|take|comment|remark|answer|reply|response|explanation|justification|assessment"
    "|argument|warning|prediction|statement|pushback|reaction|assurance|claim|description|message|defen[cs]e|advice"
    "|word|telling|account|reasoning|reading|estimate|estimation|line|criticism|rationale"
)
_FEW = rf"[\w.’'-]+?(?: [\w.’'-]+?){{0,{LONGEST_NAME - 1}}}?"
ASIDE = r"(?:[\w-]+ly |also |first |last |once |ever |then )?"
_SURE, _IF_KNOWN = (
    tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    for patterns in (
        (
            rf"\b(?:did|does|do|has|have|had|was|were)\s+(?P<who>.{{1,80}}?)\s+{ASIDE}(?:{SAY})\b",
            r"\b(?:according to|in the words of)\s+(?P<who>.{1,80}?)(?:[,?]|$)",
        ),
        (
            rf"^(?P<who>{_FEW})(?:[’']s |\s*:|,? [—–-] | (?:on|about|re)\b)",
            rf"\b(?P<who>{_FEW})[’']s? (?:[\w-]+ )?(?:{_STANCE})s?\b",
            rf"\b(?:what|how|as|why|which|that) (?P<who>{_FEW}) {ASIDE}(?:{_SAYS})\b",
            rf"\b(?:per|quoting|quoted by) (?P<who>{_FEW})(?:[,?]| (?:in|on|at)\b|$)",
            rf"\b(?:view|opinion|word|stance|advice)s? (?:of|by|from) (?P<who>{_FEW})(?:[,?]| (?:on|about)\b|$)",
        ),
    )
)
_HONORIFICS = frozenset(
    """mr mrs ms miss dr sir dame lord lady secretary president minister prime professor prof senator sen governor gov
    general gen admiral adm ambassador attorney press deputy principal vice chief director administrator captain judge
    justice""".split()
)
_AND = re.compile(r",? and |, | or ")
_CAPITALISED = r"[A-Z](?:[\w-]|['’](?!s\b))*\.?"
_PARTICLE = "al|bin|van|von|der|de|da|di|du|la|le|el"
_CAPITALISED_RUN = re.compile(rf"{_CAPITALISED}(?:(?: (?:and|{_PARTICLE}))* {_CAPITALISED})*")
_PERSON = re.compile(rf"{_CAPITALISED}(?: (?:{_PARTICLE}))*(?: {_CAPITALISED}){{1,3}}")
_CALENDAR = re.compile(rf"\b(?:{CALENDAR.pattern}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b")


def wanted_in(text: str) -> str | None:
    """Whose words are asked for: "Jim Xu" of "What did Jim Xu say about …"; None when nobody's."""
    matches = (pattern.search(text) for pattern in _SURE)
    return next((match["who"].strip() for match in matches if match), None)


def wanted_of(text: str, speakers: Iterable[str]) -> tuple[str, ...]:
    """The speakers whose words the question wants; none where it wants nobody's or nobody's who speaks."""
    everyone, cased = tuple(speakers), any(map(str.isupper, text[1:]))
    sure = (_names_in(match["who"], cased)[:1] for pattern in _SURE if (match := pattern.search(text)))
    loose = (_names_in(match["who"], cased) for pattern in _IF_KNOWN for match in pattern.finditer(text))
    names = dict.fromkeys(name for found in (*sure, *loose) for name in found)
    return next(filter(None, (speakers_named(name, everyone) for name in names)), ())


def _names_in(who: str, cased: bool) -> list[str]:
    """The names among the words where names have capitals, "Kirby" of "Kirby pressed"; else all but function words."""
    if cased:
        return _CAPITALISED_RUN.findall(_CALENDAR.split(who)[0])
    return [" ".join(word for word in who.split() if word not in STOPWORDS or word == "and")]


def speakers_named(wanted: str, speakers: Iterable[str]) -> tuple[str, ...]:
    """Those of the speakers whom the words name, in their order; "Psaki and Kirby" names two."""
    by_surname = _by_surname(tuple(speakers))
    found = {
        (place, speaker)
        for asked in (set(words(name)) for name in _AND.split(wanted))
        for word in asked
        for place, speaker, parts in by_surname.get(word, ())
        if _is_named(parts, asked)
    }
    return tuple(speaker for _, speaker in sorted(found))


@lru_cache(maxsize=2)
def _by_surname(speakers: tuple[str, ...]) -> Mapping[str, Sequence[tuple[int, str, tuple[str, ...]]]]:
    """The speakers by the last word of their name, each with its place and the words of its label."""
    found: dict[str, list[tuple[int, str, tuple[str, ...]]]] = {}
    for place, speaker in enumerate(speakers):
        parts = words(speaker)
        if name := _bare(parts):
            found.setdefault(name[-1], []).append((place, speaker, parts))
    return found


def _bare(parts: tuple[str, ...]) -> list[str]:
    return [word for word in parts if word not in _HONORIFICS and word not in STOPWORDS]


def _is_named(speaker: tuple[str, ...], asked: set[str]) -> bool:
    """By whole name, or by surname where no other given name stands before it; honorifics count for nothing."""
    others = asked - set(speaker) - _HONORIFICS - STOPWORDS
    return all(word in asked for word in _bare(speaker) if len(word) > 1) or not others


def is_person(wanted: str) -> bool:
    """Whether the words have the shape of a person's name, "Tim Cook", rather than "officials" or "the White House"."""
    parts = wanted.split()
    return bool(_PERSON.fullmatch(wanted)) and not any(part.isupper() and len(part) > 2 for part in parts)


def nearest_speakers(wanted: str, speakers: Iterable[str]) -> tuple[str, ...]:
    """Up to three speakers whose names are spelt most like it, the likest first; by surname alone for one word."""
    whole = len(wanted.split()) > 1
    named = {speaker: words(speaker) for speaker in speakers}
    by_spelling: dict[str, list[str]] = {}
    for speaker, parts in named.items():
        if parts:
            by_spelling.setdefault(" ".join(parts) if whole else parts[-1], []).append(speaker)
    like = get_close_matches(" ".join(words(wanted)), by_spelling, n=_MOST_NEAR, cutoff=_LIKE)
    return tuple(speaker for spelling in like for speaker in by_spelling[spelling])[:_MOST_NEAR]
