"""The numbers in a sentence, by value: "28.1%" and "28.1 percent" agree, "9.6m" and "9.6 billion" do not.

Covers digits with commas and decimals, percents, dollars, euros and pounds, scales from hundred to trillion,
ordinals, and number words up to twenty with the tens. It does not calculate: "half" is no number here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_RANKS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_UNITS, _ORDINALS = _CARDINALS.split(), _RANKS.split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_KINDS = {"$": "dollar", "€": "euro", "£": "pound", "%": "percent"}
_IN_WORDS = {name: value for value, name in enumerate(_UNITS)} | _TENS
_ORDINALS_IN_WORDS = {name: value for value, name in enumerate(_ORDINALS)}
LOOSE = frozenset({"one", "first", "second", "third"})
"""Words that are as often no number as one ("one of them"): read in a source, not held against a claim."""

_NUMBER_WORD = "|".join(sorted([*_IN_WORDS, *_ORDINALS_IN_WORDS], key=len, reverse=True))
_TOKEN = re.compile(
    rf"""(?P<sign>[$€£])?\s?
    (?:(?<![\w.,])(?P<digits>\d+(?:,\d{{3}})*(?:[.:]\d+)*)(?P<ordinal>st|nd|rd|th|s)?
      (?P<short>(?:k|m|mn|bn|tn)\b)?(?![^\W\d_])
     |\b(?P<word>{_NUMBER_WORD})\b(?:-(?P<ones>{"|".join(_UNITS[1:10])})\b)?)
    (?:[\s-](?P<scale>{"|".join(_SCALES)})\b)?
    (?:\s?(?P<kind>%|per\s?cent\b|percentage\b|dollars?\b|euros?\b|pounds?\b|us\sdollars?\b))?""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A value, or a clock time like "7:14" as it stands; `kind` is "percent", "dollar" … or "" if plain."""

    value: Decimal | str
    kind: str
    written: str

    def agrees(self, source: Number) -> bool:
        """Whether the source states this: same value, no other unit; a percent must be one there too."""
        if self.value != source.value:
            return False
        return self.kind in ("", source.kind) or (self.kind != "percent" and not source.kind)


def numbers(text: str, *, claims: bool = False) -> tuple[Number, ...]:
    """Every number of the text in order. With `claims`, words that are only loosely numbers are left out."""
    found = (match for match in _TOKEN.finditer(text) if not (claims and _is_loose(match)))
    return tuple(Number(_value(match), _kind(match), match.group().strip()) for match in found)


def _is_loose(match: re.Match[str]) -> bool:
    return (match["word"] or "").lower() in LOOSE and not match["scale"] and not match["kind"] and not match["ones"]


def _value(match: re.Match[str]) -> Decimal | str:
    if match["digits"] and (":" in match["digits"] or match["digits"].count(".") > 1):
        return match["digits"]
    scale = _SCALES.get((match["scale"] or "").lower(), 1) * _SHORT_SCALES.get((match["short"] or "").lower(), 1)
    return (_base(match) * scale).normalize()


def _base(match: re.Match[str]) -> Decimal:
    if match["digits"]:
        return Decimal(match["digits"].replace(",", ""))
    word = match["word"].lower()
    return Decimal((_IN_WORDS | _ORDINALS_IN_WORDS)[word] + _IN_WORDS.get((match["ones"] or "").lower(), 0))


def _kind(match: re.Match[str]) -> str:
    if match["sign"]:
        return _KINDS[match["sign"]]
    unit = (match["kind"] or "").lower().removeprefix("us ").rstrip("s")
    return "percent" if unit.startswith("per") else _KINDS.get(unit, unit)
