"""A table with a row for each time somebody speaks, as word processors and web pages hold them.

Its columns are told by their headings ("Time | Speaker | Text") or, without any, by what is in them. A column of
pictures ("VIDEO" in a two-column script) is nobody's speech and is left out. A table of anything else is none of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.clock import parse_clock
from ingest.formats.cast import Cast
from ingest.formats.directions import is_direction, parts_stories
from ingest.formats.document import Document, Metadata, Speech
from ingest.spelling import Spelling

Row = Sequence[str]

_HEADINGS = {
    "time": "time timecode timestamp start in tc starttime",
    "end": "end out endtime",
    "speaker": "speaker name who character participant speakername",
    "text": "text transcript transcription audio dialogue speech words content sound narration utterance",
    "video": "video visual visuals picture pictures",
}
_MEANT = {heading: meant for meant, headings in _HEADINGS.items() for heading in headings.split()}
_TIME = r"(?P<{}>\d{{1,2}}:[0-5]?\d(?::[0-5]?\d)?(?:[.,]\d{{1,3}})?)(?:[:;]\d\d)?"
_CLOCK = re.compile(rf"[\[(]?{_TIME.format('start')}(?:\s*(?:-->|[-–—]|to)\s*{_TIME.format('end')})?[\])]?")
_LONGEST_NAME = 80
_FEWEST_ROWS = 3


class _Columns(NamedTuple):
    """Which column holds what."""

    text: int
    time: int | None = None
    end: int | None = None
    speaker: int | None = None


def document(rows: Sequence[Row], stated: Metadata) -> Document | None:
    """The document of the table, None when its rows are no speech. An empty cell means the speaker above."""
    columns, body = _columns([row for row in rows if any(map(str.strip, row))])
    if columns is None:
        return None
    texts = [_cell(row, columns.text) for row in body]
    labels = _labels([_cell(row, columns.speaker) for row in body])
    cast = Cast(stated.title, Spelling.of(texts), [label for label in labels if label])
    times = _times([(_cell(row, columns.time), _cell(row, columns.end)) for row in body])
    speeches = map(_speech, texts, labels, times, [cast] * len(texts))
    return Document(stated, tuple(each for each in map(_parting, speeches) if each.opens_story or each.text))


def _parting(speech: Speech) -> Speech:
    """The speech, without words where nobody speaks, and where a story begins saying so."""
    silent = is_direction(speech.text)
    return replace(speech, text="", opens_story=parts_stories(speech.text)) if silent else speech


def _columns(rows: Sequence[Row]) -> tuple[_Columns | None, Sequence[Row]]:
    width = max(map(len, rows), default=0)
    if width < 2 or len(rows) < 2:
        return None, rows
    named = _named(rows[0])
    return (named, rows[1:]) if named else (_guessed([[*row, *[""] * (width - len(row))] for row in rows]), rows)


def _named(row: Row) -> _Columns | None:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        found.setdefault(_MEANT.get("".join(cell.lower().strip(" :").split()), ""), place)
    if "text" not in found or not {"time", "speaker", "video"} & found.keys():
        return None
    return _Columns(found["text"], found.get("time"), found.get("end"), found.get("speaker"))


def _guessed(rows: Sequence[Row]) -> _Columns | None:
    """The widest column is the text, if it reads like one, and another holds clock times or names.

    A table with nearly all words in one row lays a page out and says nothing about who speaks.
    """
    columns = list(zip(*rows, strict=True))
    text = max(range(len(columns)), key=lambda place: sum(map(len, columns[place])))
    others = [place for place in range(len(columns)) if place != text]
    time = next((place for place in others if _mostly(columns[place], _is_clock)), None)
    speaker = next((place for place in others if place != time and _mostly(columns[place], _is_name)), None)
    words = [len(cell.split()) for cell in columns[text]]
    lays_out = len(rows) < _FEWEST_ROWS or 10 * max(words) > 6 * sum(words)
    if (time is None and speaker is None) or lays_out or sum(words) < 4 * len(rows):
        return None
    return _Columns(text, time, None, speaker)


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and 10 * sum(map(fits, filled)) >= 9 * len(filled)


def _is_clock(cell: str) -> bool:
    return bool(_CLOCK.fullmatch(cell))


def _is_name(cell: str) -> bool:
    short = len(cell) <= _LONGEST_NAME and len(cell.split()) <= 8
    return short and cell[0].isalpha() and not cell[0].islower() and not cell.endswith((".", "?", "!"))


def _cell(row: Row, place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


def _labels(cells: Sequence[str]) -> list[str | None]:
    labels: list[str | None] = []
    for cell in cells:
        label = " ".join(cell.rstrip(" :").split())
        labels.append(label or (labels[-1] if labels else None))
    return labels


def _times(cells: Sequence[tuple[str, str]]) -> list[tuple[int | None, int | None]]:
    """From when to when each row is spoken: to its own end if it states one, else until the next one begins."""
    read = [(_CLOCK.fullmatch(start), _CLOCK.fullmatch(end)) for start, end in cells]
    starts = [parse_clock(start["start"]) if start else None for start, _ in read]
    ends = [
        parse_clock(end["start"] if end else start["end"]) if start and (end or start["end"]) else None
        for start, end in read
    ]
    following = [*starts[1:], None]
    return [
        (start, None if start is None else max(start, end or after or start))
        for start, end, after in zip(starts, ends, following, strict=True)
    ]


def _speech(text: str, label: str | None, time: tuple[int | None, int | None], cast: Cast) -> Speech:
    if label is None:
        return Speech(text, start_ms=time[0], end_ms=time[1])
    person = cast.person(label)
    return Speech(text, label, person.speaker, person.role, *time, person.shared)
