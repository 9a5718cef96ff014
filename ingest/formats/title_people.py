"""People a title names with their office: "Press Briefing by Press Secretary Jen Psaki and …, May 5, 2021".

Used to tell who "MS. PSAKI" is. Where the title leaves a doubt about the office, only the name is given.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_OFFICE_LIST = """
    acting administrator admiral adviser advisor ambassador analyst anchor assistant attorney captain chair
    chairman chairwoman chancellor chief co-chair colonel commissioner congressman congresswoman
    coordinator correspondent counsel counselor deputy director economist editor envoy executive first
    general governor head host judge justice king lady leader lieutenant major mayor minister moderator
    officer official officials premier president prime prince princess principal professor queen
    representative reporter secretary senator senior speaker special spokesman spokesperson spokeswoman
    staff surgeon treasurer undersecretary vice
"""
_BODY_LIST = """
    administration agency board briefing bureau commission committee conference council department house
    interview national office press security service team treasury white
"""
_OFFICE_END_LIST = "adviser advisor chair co-chair council director president secretary"
_OFFICES = frozenset(_OFFICE_LIST.split())
_NO_GIVEN_NAMES = _OFFICES | frozenset(_BODY_LIST.split())
_ENDS_AN_OFFICE = frozenset(_OFFICE_END_LIST.split())
_HONORIFIC = re.compile(r"(?:Dr|Prof|Sir|Dame|Rev)\.?")
_INITIAL = re.compile(r"[A-Z]\.?")
_WORD = re.compile(r"[^\s,|]+")
_BY = re.compile(r"^.*\b(?:by|with|featuring)\s+", re.IGNORECASE | re.DOTALL)


class Named(NamedTuple):
    """A person as the title has them."""

    name: str
    role: str | None


def named_in(title: str, surname: str) -> Named | None:
    """The one person of that surname in the title, None when there is none or more than one."""
    matches = list(re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", title, re.IGNORECASE))
    if len(matches) != 1 or not matches[0].group()[0].isupper():
        return None
    before = list(_WORD.finditer(title, 0, matches[0].start()))
    given = _given_names(title, before, matches[0].start())
    if not given:
        return None
    start = given[0].start()
    return Named(" ".join(title[start : matches[0].end()].split()), _office(title[:start]))


def _given_names(title: str, before: list[re.Match[str]], end: int) -> list[re.Match[str]]:
    """The given name, with an initial and a "Dr." if there, that stands right before the surname."""
    found: list[re.Match[str]] = []
    for word in reversed(before):
        complete = found and not _INITIAL.fullmatch(found[0].group())
        wanted = _HONORIFIC.fullmatch(word.group()) if complete else _is_given(word.group())
        if title[word.end() : end].strip() or not wanted:
            break
        found.insert(0, word)
        end = word.start()
    return found if found and not _INITIAL.fullmatch(found[0].group()) else []


def _is_given(word: str) -> bool:
    return word[0].isupper() and word.lower() not in _NO_GIVEN_NAMES and not any(map(str.isdigit, word))


def _office(before: str) -> str | None:
    """The office that stands right before the name: after the last comma, "by", or a person and "and"."""
    if not _BY.match(before):
        return None
    role = _BY.sub("", before.rsplit(",", 1)[-1]).strip()
    role = re.sub(r"^and\s+", "", role)
    first, joint, second = role.rpartition(" and ")
    if joint and not _is_one_office(first, second):
        role = second
    return " ".join(role.split()) if _offices(role) and not role.endswith(" and") else None


def _is_one_office(first: str, second: str) -> bool:
    """Whether "and" joins parts of an office, as in "Chair and Chief of Staff", and not two people."""
    words = first.lower().split()
    named_by_field = bool({"of", "for", "the"} & set(words[-3:])) and not _offices(second)
    return words[-1] in _ENDS_AN_OFFICE or named_by_field


def _offices(role: str) -> bool:
    return any(word.strip(".").lower() in _OFFICES for word in role.split())
