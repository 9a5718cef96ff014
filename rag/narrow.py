"""The filters a question asks for: whose words, from when, from which outlet or programme.

Speakers and sources are those of the archive; dates narrow only where the wording means the broadcasts themselves
(`rag.when`). It reads, it does not search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.holdings import Holdings
from rag.errors import QuestionError
from rag.filters import Filters
from rag.sides import sides_of
from rag.when import Period, hull
from rag.whose import nearest_speakers, speakers_named, wanted_of

_BROADCAST = "episode|broadcast|programme|program|show|bulletin|edition|transcript|interview|segment|podcast|coverage"
_BEFORE = re.compile(
    rf"\b(?:on|tell|told|according to|(?:{_BROADCAST}|report|story|piece)s? (?:of|on|by|from|in)"
    r"|(?:heard|said|seen|aired|reported|published|broadcast|covered|shown|interviewed) (?:on|by|in))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"^(?:['’]s)?\s+(?:[\w-]+\s+)?(?:{_BROADCAST})s?\b|^\s+report(?:s|ed)?\b", re.IGNORECASE)
_SAME_PERSON = re.compile(
    r"\b(?:did|does|has|had) (?:he|she|they) (?:\w+ )?(?:say|said|tell|think|explain|mean|add|mention|describe)\b", re.I
)
_WHAT_ABOUT = re.compile(r"(?:and |but |so |ok )*(?:(?:what|how) about|on) (?P<what>.+)", re.IGNORECASE)
_MOST_LISTED = 12
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)


def filters_in(text: str, context: Sequence[str], periods: Sequence[Period], holdings: Holdings) -> Filters:
    """What narrows the search by the question's own wording, and by that of the earlier ones it leans on.

    A comparison narrows to a speaker only where each side names one; several times narrow only where all are when
    something was broadcast. "What did she say" and "what about taxes" want whom the question before wanted.
    """
    sides = sides_of(text) or (text,)
    wanted = [wanted_of(side, holdings.speakers) for side in sides]
    speakers = tuple(dict.fromkeys(speaker for each in wanted for speaker in each)) if all(wanted) else ()
    speakers = speakers or _carried_on(text, context, holdings.speakers)
    sources = next(filter(None, (sources_in(each, holdings.sources) for each in (text, *reversed(context)))), ())
    since, until = hull(periods) if all(each.aired for each in periods) else (None, None)
    return Filters(speakers, since, until, sources)


def _carried_on(text: str, context: Sequence[str], speakers: Sequence[str]) -> tuple[str, ...]:
    """Whom a follow-up wants where an earlier question wanted somebody: "what about Kirby", or the same person."""
    earlier = next(filter(None, (wanted_of(each, speakers) for each in reversed(context))), ())
    if not earlier:
        return ()
    if match := _WHAT_ABOUT.match(text):
        return speakers_named(match["what"], speakers) or earlier
    return earlier if _SAME_PERSON.search(text) else ()


def held_by(holdings: Holdings, by_hand: Filters) -> Filters:
    """Filters set by hand with their names as the archive spells them.

    Raises QuestionError naming the nearest where nobody of that name speaks, and the sources where none is called so.
    """
    speakers = [each for name in by_hand.speakers for each in _speakers_called(name, holdings.speakers)]
    sources = [each for name in by_hand.sources for each in _sources_called(name, holdings.sources)]
    return replace(by_hand, speakers=tuple(dict.fromkeys(speakers)), sources=tuple(dict.fromkeys(sources)))


def _speakers_called(name: str, speakers: Sequence[str]) -> tuple[str, ...]:
    found = speakers_named(name, speakers) or tuple(each for each in speakers if each.lower() == name.strip().lower())
    if not found:
        raise QuestionError(unheard(name, nearest_speakers(name, speakers)))
    return found


def _sources_called(name: str, sources: Sequence[str]) -> tuple[str, ...]:
    wanted = _ARTICLE.sub("", name.strip()).lower()
    found = tuple(each for each in sources if wanted in (known.lower() for known in _names_of(each)))
    if not found:
        there = f"It has: {', '.join(sources[:_MOST_LISTED])}." if sources else "Its transcripts tell no source."
        raise QuestionError(f"Nothing in the archive is from “{name}”. {there}")
    return found


def unheard(name: str, near: Sequence[str]) -> str:
    """What is told of somebody who speaks nowhere in the archive."""
    nearest = f"; nearest: {', '.join(near)}" if near else ""
    return f"Nobody named “{name}” speaks in the archive{nearest}."


def sources_in(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """The sources that stand where an outlet or a programme would: "on Newsnight", "according to the BBC".

    A mere mention is none: "What is the BBC paying its stars?" may be asked of any outlet.
    """
    return tuple(each for each in sources if any(_stands_as_source(text, name) for name in _names_of(each)))


def _names_of(source: str) -> tuple[str, ...]:
    """What it goes by: "The BBC" is the BBC, and so is "BBC News"."""
    name = _ARTICLE.sub("", source).strip()
    first, *more = name.split() or [""]
    return (name, first) if more and len(first) > 2 and first.isupper() else (name,)


def _stands_as_source(text: str, name: str) -> bool:
    return any(_BEFORE.search(before) or _AFTER.search(after) for before, after in _around(text, name))


def _around(text: str, name: str) -> list[tuple[str, str]]:
    found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) if name else ()
    return [(text[: match.start()], text[match.end() :]) for match in found]
