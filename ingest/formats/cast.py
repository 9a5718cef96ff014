"""Who is meant by each label of a transcript: "HALVORSEN" after "STEVE HALVORSEN, HOST" is the same person.

A short label is only taken for somebody when exactly one person fits. Labels that name nobody ("Q",
"UNIDENTIFIED MALE") are never taken for anybody.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ingest.formats.title_people import Named, named_in
from ingest.speakers import readable_name, readable_role, split_label
from ingest.spelling import Spelling

_NOBODY = re.compile(
    r"""q | a | question | answer | unidentified\b.* | unknown\b.* | (?:fe)?male | (?:wo)?m[ae]n | crowd
    | audience\b.* | reporters? | callers? | voices? | protesters?
    | (?:.*\ )?(?:officials? | speaker | person | reporter | man | woman | voice | caller | student | member)
    (?:\ \#?\d+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_HONORIFIC_LIST = """
    mr mrs ms miss mx dr m mme prof professor sir dame lord lady rev hon senator sen representative rep
    congressman congresswoman governor gov president pres vice secretary acting deputy assistant under
    undersecretary director administrator chair chairman chairwoman ambassador general gen colonel col
    major maj captain capt lieutenant lt sergeant sgt admiral adm commissioner minister prime chancellor
    judge justice mayor speaker chief surgeon attorney coach king queen prince princess the pope cardinal
    bishop
"""
_HONORIFICS = frozenset(_HONORIFIC_LIST.split())
_GENDER = {"mr": "man", "sir": "man", "mrs": "woman", "ms": "woman", "miss": "woman", "mme": "woman"}
_BEFORE_SURNAMES = frozenset((*_GENDER, "m", "mx"))
_PARTICLES = frozenset(("al", "da", "de", "del", "den", "der", "di", "dos", "du", "la", "le", "van", "von"))
_SUFFIXES = frozenset(("esq", "ii", "iii", "iv", "jr", "kc", "md", "m.d", "phd", "ph.d", "qc", "sr"))
_PRESS = re.compile(r"\b(?:press|briefing|gaggle|news conference|media)\b", re.IGNORECASE)
_NO_ROLES = frozenset(("BYLINE",))
_MISPRINT = 4


class Person(NamedTuple):
    """A speaker in readable form; `shared` when the label may be a different person each time."""

    speaker: str
    role: str | None
    shared: bool = False


class _Name(NamedTuple):
    """A name as it is compared: its words without honorifics, small.

    `short` says that it is only a surname; DE WITT may be one, and VAN JONES is none.
    """

    words: tuple[str, ...]
    written: str
    gender: str | None
    short: bool

    @property
    def may_be_short(self) -> bool:
        return self.short or (len(self.words) > 1 and self.words[0] in _PARTICLES)


class Cast:
    """The speakers of one transcript. `person` is asked for the labels in their order in the file."""

    def __init__(self, title: str | None, spelling: Spelling, labels: Iterable[str]) -> None:
        self._title = title or ""
        self._spelling = spelling
        self._full: defaultdict[str, dict[tuple[str, ...], tuple[str, str | None]]] = defaultdict(dict)
        self._roles: dict[str, str] = {}
        self._genders: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for name in (_name(split_label(label).name) for label in labels):
            if name.gender:
                self._genders[name.words][name.gender] += 1

    def person(self, label: str) -> Person:
        """The person meant, with the role stated here or, failing that, at an earlier mention."""
        written, stated = split_label(label)
        role = readable_role(stated, self._spelling) if stated and stated.upper() not in _NO_ROLES else None
        if _NOBODY.fullmatch(written):
            return Person(self._nobody(written), role, shared=not any(map(str.isdigit, written)))
        name = _name(written)
        known = self._resolved(name) if name.may_be_short else None
        known = known or (None if name.short else self._introduced(name, written))
        speaker = known.name if known else readable_name(written, self._spelling)
        role = role or self._roles.get(speaker) or (known.role if known else None)
        if role:
            self._roles[speaker] = role
        return Person(speaker, role)

    def _nobody(self, written: str) -> str:
        if written == "Q":
            return "Reporter (Q)" if _PRESS.search(self._title) else "Questioner (Q)"
        return readable_name(written, self._spelling)

    def _introduced(self, name: _Name, written: str) -> Named | None:
        if not name.words:
            return None
        people = self._full[name.words[-1]]
        speaker, _ = people.setdefault(name.words, (readable_name(written, self._spelling), name.gender))
        return Named(speaker, None)

    def _resolved(self, name: _Name) -> Named | None:
        """The one person introduced before, or named by the title, whose name ends with this one."""
        if self._is_misprint(name):
            return None
        size = len(name.words)
        introduced = self._full[name.words[-1]].items()
        fits = (
            speaker
            for words, (speaker, gender) in introduced
            if words[-size:] == name.words and (not gender or not name.gender or gender == name.gender)
        )
        first, second = next(fits, None), next(fits, None)
        if first:
            return None if second else Named(first, None)
        return named_in(self._title, name.written)

    def _is_misprint(self, name: _Name) -> bool:
        """Whether the file has both Mr. and Ms. of that name and this is not by far the commoner."""
        times = self._genders[name.words]
        own = times[name.gender] if name.gender else 0
        return bool(name.gender) and _MISPRINT * (times.total() - own) > own


def _name(written: str) -> _Name:
    words = [word.strip(".,").lower().replace("’", "'") for word in written.split()]
    kept = written.split()
    honorifics: list[str] = []
    while words and words[0] in _HONORIFICS:
        honorifics.append(words.pop(0))
        kept.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
        kept.pop()
    gender = next((_GENDER[each] for each in honorifics if each in _GENDER), None)
    short = len(words) == 1 or (bool(words) and bool(_BEFORE_SURNAMES & set(honorifics)))
    return _Name(tuple(words), " ".join(kept).strip(".,"), gender, short)
