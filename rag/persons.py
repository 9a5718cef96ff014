"""Who "he" and "she" are: the person named last before, put in the place of the pronoun. Names and tables, no model.

Where the questions before name nobody, or only what has not the shape of a person's name, the pronoun stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.proper_words import PHRASES
from rag.mentions import names_in
from rag.places import COUNTRIES
from rag.stems import STOPWORDS
from rag.whose import is_person, speakers_named, wanted_of

_SUBJECT = re.compile(r"\b(?:he|she|him)\b(?!['’])", re.IGNORECASE)
_OWNER = re.compile(r"\b(?:his|her)\b(?= (?P<next>[\w-]+))", re.IGNORECASE)
_BODIES = frozenset(
    """act agency agreement airlines airways association authority award awards bank bill board bureau campaign center
    centre church city club commission committee company conference convention corporation council county court cup
    day deal department force forces foundation fund games group guard hospital house institute law league matter
    media ministry museum network news office operation organisation organization party plan post press prize program
    project report river scheme school service society state states station street summit telescope times treaty
    tribunal union university war""".split()
)
_OBJECT = re.compile(r"\bher\b", re.IGNORECASE)


def person_in(text: str, speakers: Sequence[str] = ()) -> str | None:
    """The person it asks about: whose words it wants, or else the only one it names; None where that cannot be told."""
    names = [name for name in names_in(text) if not _is_known_otherwise(name)]
    wanted = set(wanted_of(text, speakers))
    sought = [name for name in names if wanted & set(speakers_named(name, speakers))]
    if len(sought) == 1 or len(names) != 1:
        return sought[0] if len(sought) == 1 else None
    return names[0] if _is_persons(names[0]) or speakers_named(names[0], speakers) else None


def _is_persons(name: str) -> bool:
    """Two words with the shape of a person's name, the second of which is no kind of body or work."""
    return is_person(name) and len(name.split()) == 2 and name.split()[1].lower() not in _BODIES


def _is_known_otherwise(name: str) -> bool:
    """Countries, places of two words ("White House") and initials are no persons."""
    return name.lower() in COUNTRIES or name in PHRASES or name.isupper()


def with_person(question: str, person: str) -> str:
    """The question with the first "he", "she", "him", "his" or "her" in it as the person's name."""
    owner = _OWNER.search(question)
    if owner and owner["next"].lower() not in STOPWORDS:
        return f"{question[: owner.start()]}{person}’s{question[owner.end() :]}"
    found = _SUBJECT.search(question) or _OBJECT.search(question)
    return f"{question[: found.start()]}{person}{question[found.end() :]}" if found else question
