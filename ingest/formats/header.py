"""The lines before the talk begins: title, programme, date, duration, and what is no part of the talk.

A line that fits none of these is not header: it is left where it is, as the first words of the talk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.formats.directions import is_direction, is_place, parts_stories
from ingest.formats.document import Metadata
from ingest.formats.facts import duration_of, read_fact, read_when
from ingest.formats.paragraphs import blocks, ends_closed, is_wrapped
from ingest.spelling import is_shouted

_LONGEST_TITLE = 120
_LONGEST_SHOW = 4
_SMALL = frozenset("a an and at for in of on the to with".split())
_KEYED = re.compile(r"(?P<key>[^\W\d_][\w -]{1,20}?)\s*:\s+(?P<value>\S.*)")
_CLOSING = re.compile(r"[.:;,!?…\"”»]$")
_CLOSING_BUT_ASKING = re.compile(r"[.:;,…\"”»]$")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header states, and the lines from the first one that is talk."""

    metadata: Metadata
    lines: list[str]


def read_before(lines: Sequence[str]) -> Header:
    """Reads what stands before the first speaker label: headings are title and programme, or dropped."""
    facts, headings, talk = Metadata(), list[str](), list[str]()
    for block in blocks(lines):
        if len(block) > 1 and ends_closed(block[-1]) and not is_place(block[0]):
            talk += [*block, ""]
            continue
        for line in block:
            stated = _stated(line)
            if stated:
                facts = facts.or_else(stated)
            elif not is_direction(line) and not is_place(line):
                (headings if _is_heading(line, _CLOSING_BUT_ASKING) else talk).append(line)
        talk.append("")
    return Header(facts.or_else(_named(headings)), talk)


def read_top(lines: Sequence[str], is_talk: Callable[[str], bool]) -> Header:
    """Reads the top of a whole file as long as it is header: facts, at most one title and one programme.

    A heading needs no closing punctuation, must not be `is_talk`, and must have talk after it.
    """
    facts, headings, wrapped = Metadata(), list[str](), is_wrapped(lines, is_talk)
    for place, line in enumerate(map(str.strip, lines)):
        stated = _stated(line)
        if stated:
            facts = facts.or_else(stated)
        elif _is_heading(line, _CLOSING) and not is_talk(line) and _has_room(headings, lines, place, wrapped):
            headings.append(line)
        elif not is_direction(line):
            return Header(facts.or_else(_named(headings)), list(lines[place:]))
    return Header(facts, headings)


def _stated(line: str) -> Metadata | None:
    """The fact a line states, None when it states none: a duration, "Title: …", "Aired April 13, 2015 - 22:00 ET"."""
    duration = duration_of(line)
    if duration is not None:
        return Metadata(duration_ms=duration or None)
    when = read_when(line)
    if when.stated:
        return when
    keyed = _KEYED.fullmatch(line) if len(line) < 300 else None
    facts = read_fact(keyed["key"], keyed["value"]) if keyed else Metadata()
    return facts if facts.stated else None


def _has_room(headings: Sequence[str], lines: Sequence[str], place: int, wrapped: bool) -> bool:
    """Whether one more heading may stand here: the first, or a title under a programme, above the talk."""
    above = not headings or (len(headings) == 1 and is_shouted(headings[0]))
    below = lines[place + 1].strip() if place + 1 < len(lines) else ""
    runs_on = below[:1].islower() or (wrapped and below)
    return above and not runs_on and any(line.strip() for line in lines[place + 1 :])


def _is_heading(line: str, closing: re.Pattern[str]) -> bool:
    if len(line) > _LONGEST_TITLE or closing.search(line) or parts_stories(line):
        return False
    return any(char.isalpha() for char in line) and not line[0].islower()


def _named(headings: Sequence[str]) -> Metadata:
    """Title and programme among the headings: what is in capitals is the programme if there is another.

    Of two in small letters the first is the programme if it is a short name ("Morning Edition") and the second is not.
    """
    loud = [heading for heading in headings if is_shouted(heading)]
    quiet = [heading for heading in headings if not is_shouted(heading)]
    if len(quiet) > 1 and not loud and _is_show(quiet[0]) and not _is_show(quiet[1]):
        return Metadata(title=quiet[1], programme=quiet[0])
    title = next(iter(quiet), None) or next(iter(loud[1:] or loud), None)
    programme = next((heading for heading in loud if heading != title), None)
    return Metadata(title=title, programme=programme)


def _is_show(heading: str) -> bool:
    words = heading.split()
    return len(words) <= _LONGEST_SHOW and all(word[0].isupper() or word in _SMALL for word in words)
