"""Readable names and roles from labels in capitals: "KEVIN HO, VP HUAWEI" is Kevin Ho, VP Huawei.

Only the spelling is decided here; who is meant by a short label is decided in `formats.cast`. The
transcript's own spelling wins over our rules, and what is not in capitals stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.spelling import Spelling, is_shouted

_ACRONYM_LIST = """
    ABC AFP AI AP BBC BMW CBC CBS CDC CEO CFO CIA CIO CMO CNBC CNN COO COVID CTO DC DHS DNC DOJ DW EPA ESA
    ESPN EU EVP FAA FBI FCC FDA FEMA FIFA FTC GOP HBO HIV HR HSBC IAEA IBM ICC ICE ICRC IDF IMF IT ITV JAXA
    LGBT LSE MD MEP MIT MP MSNBC NASA NATO NBA NBC NFL NGO NHS NIH NOAA NPR NSA NSC NYC NYPD OECD OPEC PBS PM
    PR QC RNC SEC SUV SVP TV UAE UBS UCLA UK UN UNHCR UNICEF US USA VP WHO WTO ZTE
"""
_SMALL_LIST = "a an and at by de for from in of on or the to with"
_PARTICLE_LIST = "al bin da de del della den der di do dos du el ibn la le ten ter van von y zu"
_ACRONYMS = frozenset(_ACRONYM_LIST.split())
_ACRONYMS_IN_NAMES = _ACRONYMS - {"AI", "AP", "HR", "ICE", "IT", "MD", "PR", "SEC", "WHO"}
_SMALL = frozenset(_SMALL_LIST.split())
_PARTICLES = frozenset(_PARTICLE_LIST.split())
_SHORT_WORDS = frozenset(("DR", "JR", "LT", "MR", "MS", "MX", "NG", "SR", "ST", "WM"))
_SPELT = {"PHD": "PhD", "PH.D": "Ph.D"} | {each: each for each in ("II", "III", "IV", "QC", "KC", "MD")}
_SUFFIX = re.compile(r"(?:JR|SR|II|III|IV|M\.?D|PH\.?D|ESQ|QC|KC)\.?", re.IGNORECASE)

_MIXED_PREFIX = re.compile(r"\b(?:Mc|Mac|De|Di|Du|La|Le|Fitz)(?=[A-Z]{2})")
_ASIDE = re.compile(r"\([^()]*\)")
_DELIVERY = re.compile(
    r"\s*\((?:voice-?over|on[- ]camera|through|via|by|on |off|in |live|singing|reading)[^()]*\)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"([/&-])")
_EDGES = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*|[A-Z]{1,2}&[A-Z]{1,2}")
_PARTY = re.compile(r"[RDI]-[A-Z]{2}")
_ORDINAL = re.compile(r"\d+(?:ST|ND|RD|TH)")


class LabelParts(NamedTuple):
    """A label taken apart: the name and, if there is one, the role, both as the file wrote them."""

    name: str
    role: str | None


def split_label(label: str) -> LabelParts:
    """Name and role of a label, at the first comma that no "Jr." follows.

    "(voice-over)" and the like are left out; what else stands in brackets after the name belongs to the role,
    as in "JOHN MCCAIN (R), ARIZONA".
    """
    pieces = [" ".join(piece.split()) for piece in _DELIVERY.sub("", label).split(",")]
    names = 1
    while names < len(pieces) and _SUFFIX.fullmatch(pieces[names]):
        names += 1
    name = ", ".join(pieces[:names])
    role = [aside[1:-1] for aside in _ASIDE.findall(name)] + pieces[names:]
    bare = " ".join(_ASIDE.sub(" ", name).split())
    return LabelParts(bare or label.strip(), ", ".join(filter(None, role)) or None)


def readable_name(name: str, spelling: Spelling) -> str:
    """ "VAN DER BELLEN" is van der Bellen, "MS. JEAN-PIERRE" Ms. Jean-Pierre, "MCDONALD" McDonald."""
    words = name.split()
    if not is_shouted(name):
        return " ".join(words)
    small = list(_small_in_name(words, spelling))
    return " ".join(
        _spelt(word, spelling, in_role=False, first=not place, small=small[place]) for place, word in enumerate(words)
    )


def readable_role(role: str, spelling: Spelling) -> str:
    """ "PRESIDENT HUAWEI HANDSET PRODUCT LINE" is President Huawei Handset Product Line; "VP" stays VP."""
    if not is_shouted(role):
        return " ".join(role.split())
    return " ".join(
        _spelt(word, spelling, in_role=True, first=not place, small=bool(place) and word.lower() in _SMALL)
        for place, word in enumerate(role.split())
    )


def readable_word(word: str, spelling: Spelling) -> str:
    """A small word of a file name as the transcript writes it, or as anybody writes an acronym like EU."""
    acronym = word.upper() in _ACRONYMS_IN_NAMES - {"US"}
    return word.upper() if acronym else spelling.inside_sentence(word)


def _small_in_name(words: list[str], spelling: Spelling) -> Iterator[bool]:
    """VAN is small before DER and inside a name, unless the transcript gives it a capital (Van Jones)."""
    lows = [word.lower() for word in words]
    for place, low in enumerate(lows):
        inside = place > 0 or (len(lows) > 2 and lows[1] in _PARTICLES)
        last = place == len(lows) - 1
        if last or not inside or low not in _PARTICLES:
            yield bool(place) and not last and low in ("of", "the", "and")
        else:
            yield not spelling.prefers_capital(low)


def _spelt(word: str, spelling: Spelling, *, in_role: bool, first: bool, small: bool) -> str:
    if small:
        return word.lower()
    match = _EDGES.fullmatch(word)
    before, core, after = match.groups() if match else ("", word, "")
    whole = _known(core, spelling, in_role) or (core if first and not in_role and _is_initials(core) else None)
    if whole is None:
        pieces = _SEPARATOR.split(core)
        whole = "".join(_known(each, spelling, in_role) or _capital(each) for each in pieces)
        if not first and core.startswith("AL-"):
            whole = "al" + whole[2:]
    return f"{before}{whole}{after}"


def _known(core: str, spelling: Spelling, in_role: bool) -> str | None:
    """The word where its spelling is known: an acronym, initials, a number, or a word the transcript uses."""
    if core in _SPELT:
        return _SPELT[core]
    if _ORDINAL.fullmatch(core):
        return core.lower()
    acronym = core in (_ACRONYMS if in_role else _ACRONYMS_IN_NAMES) or (in_role and _PARTY.fullmatch(core))
    if acronym or _INITIALS.fullmatch(core) or any(char.isdigit() for char in core):
        return core
    return spelling.cased(core, acronyms=in_role)


def _is_initials(core: str) -> bool:
    """Whether a first name is two initials, as in JD VANCE."""
    return len(core) == 2 and core not in _SHORT_WORDS and not set(core) & set("AEIOUY")


def _capital(part: str) -> str:
    """O'BRIEN to O'Brien, MCDONALD to McDonald, CHILDREN'S to Children's."""
    prefix = _MIXED_PREFIX.match(part)
    if prefix:
        return prefix.group() + part[prefix.end() :].capitalize()
    pieces = re.split(r"(['’])", part)
    if len(pieces) >= 3 and len(pieces[0]) == 1 and len(pieces[2]) > 1:
        return "".join(_capital(piece) for piece in pieces)
    if part.startswith("MC") and len(part) > 3:
        return "Mc" + part[2:].capitalize()
    return part.capitalize()
