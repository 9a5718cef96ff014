"""Dates and times as they are said and written in English: "3 March 2021", "last Tuesday", "7 p.m.", "the 1990s".

Places in a sentence only; `rag.dates` reads what a question's dates mean.
"""

from __future__ import annotations

from rag.quantities import RANGE, TIME, YEAR
from rag.typed_span import any_of, matching

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_PART = r"(?: (?:morning|afternoon|evening|night))"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_ROUGHLY = r"(?i:(?:early|mid|late|the (?:end|beginning|start) of)[ -])"
_ORDINAL = r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth)"
_WEEK = "(?:morning|afternoon|evening|night|weekend|week|month|year)"
# "may" and "march" are no months where capitals do not tell: the patterns mind the case of month names alone.
_DATES = (
    rf"(?i:(?:(?:the )?{_DAY} (?:of )?{MONTH}|{MONTH} (?:the )?{_DAY}(?!\d|,\d|:)))(?:,? (?:of )?{YEAR})?",
    rf"{_ROUGHLY}?{MONTH},?(?: of)? {YEAR}",
    rf"(?i:(?:(?:this|next|last) )?{WEEKDAY}{_PART}?)(?:,? {MONTH} {_DAY}(?:,? {YEAR})?)?",
    rf"{_ROUGHLY}{MONTH}\b|(?:{MONTH}(?<!May)(?! \d)|(?<=\b[Ii]n )May)\b",
    rf"(?i:(?:this|next|last|the) {_SEASON}(?: of {YEAR})?)\b",
    rf"(?i:the )?(?:early |mid-?|late )?{YEAR}s\b|\b{YEAR}\b",
    r"(?<=\b(?:[Ii]n|by) )\d{3,4}\b(?! \w+s\b)|(?<=year )\d{3,4}\b",
    rf"(?i:(?:the )?(?:early |mid-?|late )?{_ORDINAL} centur(?:y|ies)(?: AD| BC)?)",
    r"(?i:\b(?:today|tomorrow|yesterday|tonight|overnight)\b)",
    rf"(?i:\b(?:this|next|last|the following|the previous) {_WEEK}\b)",
    rf"(?i:(?:in|within(?: the (?:next|last))?|after) {RANGE}{TIME}(?: from now)?)",
    rf"(?i:{RANGE}{TIME} (?:ago|later|earlier|from now))",
)
_CLOCK = r"\b\d{1,2}(?::\d\d| o['’]clock)(?: ?[ap]\.?m\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?|\b(?:noon|midnight)\b"

clocks = matching(_CLOCK)
years = matching(rf"\b{YEAR}\b(?!s)")
dates = any_of(matching(_CLOCK, 0.5), matching("|".join(_DATES), 0.8, any_case=False))
