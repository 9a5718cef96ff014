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
from rag.stems import STOPWORDS, words
from rag.when import Period, hull
from rag.whose import ASIDE, SAY, nearest_speakers, speakers_named, wanted_in, wanted_of

_BROADCAST = "episode|broadcast|programme|program|show|bulletin|edition|transcript|interview|segment|podcast|coverage"
_BEFORE = re.compile(
    rf"\b(?:on|tell|told|according to|(?:{_BROADCAST}|report|story|piece)s? (?:of|on|by|from|in)"
    r"|(?:heard|said|seen|aired|reported|published|broadcast|covered|shown|interviewed) (?:on|by|in))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"^(?:['’]s)?\s+(?:[\w-]+\s+)?(?:{_BROADCAST})s?\b|^(?:['’]s)?\s+report(?:s|ed)?\b", re.IGNORECASE)
_DID = re.compile(r"\b(?:did|does|do|has|have|had|was|were)\s+(?:the\s+)?$", re.IGNORECASE)
_SAY = re.compile(
    rf"^\s+{ASIDE}(?:{SAY}|found|find|wr[io]te|air|show|learn|(?:cover|uncover|reveal|publish)(?:ed)?)\b", re.IGNORECASE
)
_OUTLETS_WORK = re.compile(rf"(?:['’]s)?(?: [\w-]+)? (?:{_BROADCAST}|report|story|piece)s?", re.IGNORECASE)
_SAME_PERSON = re.compile(
    r"\b(?:did|does|has|had) (?:he|she|they) (?:\w+ )?(?:say|said|tell|think|explain|mean|add|mention|describe)\b", re.I
)
_ASKS_WHO = re.compile(r"\b(?:who|whom|whose|anyone|anybody)\b", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"(?:and |but |so |ok )*(?:(?:what|how) about|on) (?P<what>.+)", re.IGNORECASE)
_MOST_LISTED = 12
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_NAME_GOES_ON = re.compile(r"^ [A-Z]")
_ORDINARY = frozenset(
    """world nation today tonight now week weekend day morning evening hour daily times time post sun star mail mirror
    express observer economist independent market marketplace money news report record update panorama horizon outlook
    frontline inquiry briefing analysis""".split()
)


def filters_in(text: str, context: Sequence[str], periods: Sequence[Period], holdings: Holdings) -> Filters:
    """What narrows the search by the question's own wording, and by that of the earlier ones it leans on.

    A comparison narrows to a speaker only where each side names one; several times narrow only where all are when
    something was broadcast. "What did she say" and "what about taxes" want whom the question before wanted. A
    programme called after the speaker who is wanted is that speaker.
    """
    sides = sides_of(text) or (text,)
    wanted = [wanted_of(side, holdings.speakers) for side in sides]
    speakers = tuple(dict.fromkeys(speaker for each in wanted for speaker in each)) if all(wanted) else ()
    speakers = speakers or _carried_on(text, context, holdings.speakers)
    persons = [set(words(speaker)) for speaker in speakers]
    outlets = [each for each in holdings.sources if not any(set(words(each)) <= person for person in persons)]
    sources = next(filter(None, (sources_in(each, outlets) for each in (text, *reversed(context)))), ())
    since, until = hull(periods) if all(each.aired for each in periods) else (None, None)
    return Filters(speakers, since, until, sources)


def _carried_on(text: str, context: Sequence[str], speakers: Sequence[str]) -> tuple[str, ...]:
    """Whom a follow-up wants where an earlier question wanted somebody: "what about Kirby", or the same person."""
    earlier = next(filter(None, (wanted_of(each, speakers) for each in reversed(context))), ())
    if earlier and (match := _WHAT_ABOUT.match(text)):
        return speakers_named(match["what"], speakers) or earlier
    if _SAME_PERSON.search(text):
        return earlier
    return () if _ASKS_WHO.search(text) or wanted_in(text) else earlier


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
    """The sources that stand where an outlet or a programme would: "on Newsnight", "what did the BBC say".

    A mere mention is none: "What is the BBC paying its stars?" may be asked of any outlet. Neither is a common word
    that a programme is called by too: "the effect on the world" is not asked of The World.
    """
    return tuple(each for each in sources if any(_stands_as_source(text, name) for name in _names_of(each)))


def is_outlet(wanted: str, sources: Iterable[str]) -> bool:
    """Whether the words are the name of one of the sources, or of what it broadcast: "the BBC", "the BBC's report"."""
    bare = _ARTICLE.sub("", wanted)
    names = (name for source in sources for name in _names_of(source) if bare.lower().startswith(name.lower()))
    return any(len(bare) == len(name) or _OUTLETS_WORK.fullmatch(bare[len(name) :]) for name in names)


def written_in(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """The names of the sources that stand in the text, in whatever case."""
    return tuple(name for source in sources for name in _names_of(source) if _around(text, name))


def _names_of(source: str) -> tuple[str, ...]:
    """What it goes by: "The BBC" is the BBC, and so is "BBC News"."""
    name = _ARTICLE.sub("", source).strip()
    first, *more = name.split() or [""]
    return (name, first) if more and len(first) > 2 and first.isupper() else (name,)


def _stands_as_source(text: str, name: str) -> bool:
    cased = any(map(str.isupper, text[1:]))
    return any(
        bool(_BEFORE.search(before) or _AFTER.search(after) or (_DID.search(before) and _SAY.search(after)))
        and _is_meant(written, after, name, cased)
        for before, written, after in _around(text, name)
    )


def _is_meant(written: str, after: str, name: str, cased: bool) -> bool:
    """Whether the words are the name rather than common words alike: where others have capitals it has its own."""
    content = [word for word in words(name) if word not in STOPWORDS]
    if len(content) > 1 or not _ORDINARY.issuperset(content):
        return True
    return cased and written[0].isupper() and not _NAME_GOES_ON.match(after)


def _around(text: str, name: str) -> list[tuple[str, str, str]]:
    found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) if name else ()
    return [(text[: match.start()], match.group(), text[match.end() :]) for match in found]
