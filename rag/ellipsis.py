"""Questions that leave out their verb: "what about France?", "and the year before?", "and for schools?".

What they name takes the place of its like in the question before: a speaker of a speaker, a country of a country, a
date of a date, initials of initials, one name of the only other. What has no like there is put behind it. Wording and
tables, no model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.dates import dates_in
from rag.mentions import names_in
from rag.places import COUNTRIES
from rag.stems import words
from rag.topic import names_of
from rag.whose import is_person, speakers_named

_AUX = (
    r"is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|may(?! \d)|might|shall|should|must"
    r"|who|what|when|where|why|which|how|[a-z]+n['’]t"
)
_LEAD = r"(?:(?:ok(?:ay)?|oh|well|interesting|right)\b\W*)?(?:(?:and|but|so|or)\b[\s,]*)?"
_ABOUT = re.compile(rf"{_LEAD}(?:what|how) about (?P<what>.+?)\W*", re.IGNORECASE)
_AND = re.compile(
    rf"(?:(?:ok(?:ay)?|oh|well|right)\b\W*)?(?:and|or|but)\b[\s,]*+(?P<what>(?!(?:{_AUX}|then)\b).+?)\W*", re.I
)
_CLAUSE = re.compile(rf"\b(?:{_AUX}|i|you|we|he|she|they|it)\b(?!['’]s\b)|[,;:]", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:1[89]|20)\d\d)\b")
_NEXT_TO = {"before": -1, "previous": -1, "prior": -1, "earlier": -1, "after": 1, "next": 1, "following": 1}
_BESIDE = re.compile(r"(?:in |for )?the (?:(?:previous|prior|following|next) year|year (?:before|earlier|after))", re.I)
_PREPOSITION = re.compile(r"(?:in|on|for|at|from|during|by|with|to|of|about|per) ", re.IGNORECASE)
_ARTICLE = re.compile(r"\bthe $", re.IGNORECASE)
_NOUN_FOLLOWS = re.compile(r"(?:['’]s)? (?!(?:and|or|in|on|for|at|to|of|by|with|from|after|before)\b)[a-z]")
_MOST_WORDS = 8


def completed(question: str, before: str, speakers: Sequence[str] = ()) -> str | None:
    """The question made whole with the one before it; None where it leaves nothing out.

    `speakers` are those of the archive.
    """
    what = left_over(question)
    if what is None or not before:
        return None
    return exchanged(what, before, speakers) or _behind(what, before)


def left_over(question: str) -> str | None:
    """What a question that leaves out its verb names: "France" of "what about France?"; None where it has a verb."""
    match = _ABOUT.fullmatch(question) or _AND.fullmatch(question)
    if match is None or len(match["what"].split()) > _MOST_WORDS or _CLAUSE.search(match["what"]):
        return None
    return match["what"]


def exchanged(what: str, before: str, speakers: Sequence[str] = ()) -> str | None:
    """The question before with this in the place of its like; None where it has no like there."""
    return _beside(what, before) or _redated(what, before) or _swapped(what, before, speakers)


def _beside(what: str, before: str) -> str | None:
    """ "The year before": the last year named, less one."""
    years = list(_YEAR.finditer(before))
    if not years or not _BESIDE.fullmatch(what):
        return None
    step = next(step for word, step in _NEXT_TO.items() if word in what.lower())
    first, last = years[-1].span()
    return f"{before[:first]}{int(years[-1][1]) + step}{before[last:]}"


def _redated(what: str, before: str) -> str | None:
    old, new = dates_in(before), dates_in(what)
    if not old or not new or _PREPOSITION.sub("", what[: new[0].start]).strip():
        return None
    return f"{before[: old[-1].start]}{new[0].words}{before[old[-1].end :]}"


def _swapped(what: str, before: str, speakers: Sequence[str]) -> str | None:
    new = re.sub(r"['’]s$", "", _PREPOSITION.sub("", what, count=1))
    if words(new)[:1] == ("the",):
        new = new.split(" ", 1)[-1]
    for is_like in (_speaks(speakers), _is_country, _is_initials, is_person):
        if is_like(new):
            return _put(new, [name for name in _named(before) if is_like(name)], before)
    named = [name for name in _named(before) if not _speaks(speakers)(name)]
    return _put(new, named, before) if len(named) == 1 and names_in(f"x {new}") == (new,) else None


def _put(new: str, olds: Sequence[str], before: str) -> str | None:
    found = [match for old in olds for match in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", before)]
    if not found:
        return None
    last = max(found, key=lambda match: match.start())
    ahead, behind = before[: last.start()], before[last.end() :]
    if not _NOUN_FOLLOWS.match(behind):
        ahead = _ARTICLE.sub("", ahead)
    return f"{ahead}{new}{behind}"


def _named(text: str) -> tuple[str, ...]:
    """Names in it wherever they stand, the first word of the text among them, and countries in small letters."""
    lower = text.lower()
    small = (text[m.start() : m.end()] for name in COUNTRIES - {"us"} for m in re.finditer(rf"\b{name}\b", lower))
    return tuple(dict.fromkeys((*names_of(text), *small)))


def _speaks(speakers: Sequence[str]) -> Callable[[str], bool]:
    return lambda name: bool(speakers_named(name, speakers))


def _is_country(name: str) -> bool:
    return name == "US" or (name.lower() in COUNTRIES and name.lower() != "us")


def _is_initials(name: str) -> bool:
    return name.isupper() and name.isalpha() and len(name) > 1


def _behind(what: str, before: str) -> str:
    bare = before.rstrip("?.! ")
    return f"{bare} ({what})?"
