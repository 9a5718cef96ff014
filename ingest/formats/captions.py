"""Caption cues to speeches: who speaks in a cue, and which cues make one turn.

Cues of one speaker are joined until a sentence ends with a cue, the pause is longer than two seconds, or
there are twelve of them, so that turns are whole sentences with exact times. Repeated roll-up lines are
not taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.formats.cast import Cast
from ingest.formats.directions import is_unspoken
from ingest.formats.document import Document, Metadata, Speech
from ingest.formats.labels import LabelStyle, learn
from ingest.formats.paragraphs import ends_closed
from ingest.formats.timings import Timing
from ingest.spelling import Spelling

_LONGEST_PAUSE_MS = 2000
_MOST_CUES = 12
_CHEVRONS = re.compile(r"\s*>>+\s*")
_DASH = re.compile(r"\s*[-–—]\s?(?=\S)")
_FINAL = re.compile(r"[.?!。！？][\"”’'»)\]♪\s]*$")  # noqa: RUF001
_GOES_ON = re.compile(r"(?:\.\.|\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Prof|vs|No)\.)[\"”’'»)\]\s]*$")


class Cue(NamedTuple):
    """A cue: its time, and its words in order, each with the voice it is marked with if it is marked."""

    timing: Timing
    parts: tuple[tuple[str | None, str], ...]


class Spoken(NamedTuple):
    """Words of one speaker in one cue. `opens` says that somebody begins to speak here, named or not."""

    text: str
    timing: Timing
    label: str | None
    opens: bool


def document(cues: Sequence[Cue], stated: Metadata) -> Document:
    """The document of the cues, in their order. The recording lasts at least until the last one ends."""
    groups = list(_groups(_spoken(cues)))
    spelling = Spelling.of(spoken.text for group in groups for spoken in group)
    cast = Cast(stated.title, spelling, [group[0].label for group in groups if group[0].label])
    end = max((cue.timing.end_ms for cue in cues), default=0)
    facts = stated.or_else(Metadata(duration_ms=end or None))
    return Document(facts, tuple(_speech(group, cast) for group in groups))


def _spoken(cues: Sequence[Cue]) -> Iterator[Spoken]:
    """Who says what. A name at the start of a line holds until the next, a marked voice for its words."""
    lines = [line for cue in cues for _, text in cue.parts for line in text.split("\n")]
    style = learn([_CHEVRONS.sub("", line, count=1) for line in lines])
    label: str | None = None
    for cue in cues:
        for voice, text in cue.parts:
            if is_unspoken(text):
                continue
            if voice:
                label = None
                yield Spoken(text, cue.timing, voice, opens=False)
                continue
            for line in _lines(text, style):
                label = line.label if line.opens else label
                yield Spoken(line.text, cue.timing, label, line.opens)


class _Line(NamedTuple):
    text: str
    label: str | None
    opens: bool


def _lines(text: str, style: LabelStyle) -> list[_Line]:
    """The words of a cue, parted where a label, ">>" or one of several dashes says that another speaks."""
    found: list[_Line] = []
    rows = text.split("\n")
    dashed = sum(bool(_DASH.match(row)) for row in rows) > 1
    for row in rows:
        mark = _CHEVRONS.match(row) or (_DASH.match(row) if dashed else None)
        bare = row[mark.end() :] if mark else row
        opening = not found or ends_closed(found[-1].text)
        label = style.match(bare, opening=opening, announced=bool(mark))
        if label and label.text:
            found.append(_Line(label.rest, label.text, opens=True))
        elif mark or not found:
            found.append(_Line(bare, None, opens=bool(mark)))
        else:
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {row}")
    return found


def _groups(spoken: Iterable[Spoken]) -> Iterator[list[Spoken]]:
    group: list[Spoken] = []
    for each in spoken:
        if group and (each.opens or _is_complete(group, each)):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _is_complete(group: Sequence[Spoken], following: Spoken) -> bool:
    last = group[-1]
    pause = following.timing.start_ms - last.timing.end_ms
    out_of_order = following.timing.start_ms < last.timing.start_ms
    ended = _FINAL.search(last.text[-12:]) and not _GOES_ON.search(last.text[-12:])
    full = len(group) >= _MOST_CUES or pause > _LONGEST_PAUSE_MS
    return following.label != last.label or out_of_order or full or bool(ended)


def _speech(group: Sequence[Spoken], cast: Cast) -> Speech:
    label = group[0].label
    person = cast.person(label) if label else None
    return Speech(
        text=" ".join(spoken.text.replace("\n", " ") for spoken in group),
        label=label,
        speaker=person.speaker if person else None,
        role=person.role if person else None,
        start_ms=group[0].timing.start_ms,
        end_ms=max(spoken.timing.end_ms for spoken in group),
    )
