"""Caption cues to speeches: who speaks in a cue, and which cues make one turn.

Cues of one speaker are joined until a sentence ends with a cue, the pause is longer than two seconds, or
there are twelve of them, so that turns are whole sentences with exact times; what is not punctuated is cut by
`breaths`. What roll-up captions repeat is taken out first. The words keep their case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.formats.breaths import PAUSE_MS, Breath, are_phrases, in_breaths
from ingest.formats.cast import Cast
from ingest.formats.cue import Cue
from ingest.formats.directions import is_unspoken, parts_stories
from ingest.formats.document import Document, Metadata, Speech
from ingest.formats.rollup import unrolled
from ingest.formats.speaker_marks import Marks, is_nobody, raised
from ingest.formats.timings import Timing
from ingest.repairs import backward_times, early_ends
from ingest.spelling import Spelling

_LONGEST_PAUSE_MS = 2000
_MOST_CUES = 12
_FINAL = re.compile(r"[.?!。！？][\"”’'»)\]♪\s]*$")  # noqa: RUF001
_GOES_ON = re.compile(r"(?:\.\.|\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Prof|vs|No)\.)[\"”’'»)\]\s]*$")


class Spoken(NamedTuple):
    """Words of one speaker in one cue. `opens` says that somebody begins to speak here, `opens_story` a story."""

    text: str
    timing: Timing
    label: str | None
    opens: bool
    opens_story: bool = False


def document(cues: Sequence[Cue], stated: Metadata) -> Document:
    """The document of the cues, in their order. The recording lasts at least until the last one ends."""
    spoken = list(_spoken(unrolled(cues)))
    phrases = are_phrases(each.text for each in spoken)
    groups = [part for group in _groups(spoken) for part in in_breaths(group, _breaths(group, phrases))]
    spelling = Spelling.of(each.text for each in spoken)
    cast = Cast(stated.title, spelling, [raised(group[0].label) for group in groups if group[0].label])
    end = max((cue.timing.end_ms for cue in cues), default=0)
    facts = stated.or_else(Metadata(duration_ms=end or None))
    return Document(facts, tuple(_speech(group, cast) for group in groups), _mended(cues))


def _mended(cues: Sequence[Cue]) -> tuple[str, ...]:
    early = sum(cue.timing.mended for cue in cues)
    backwards = sum(other.timing.start_ms < one.timing.start_ms for one, other in pairwise(cues))
    return early_ends(early, "cue") + backward_times(backwards)


def _spoken(cues: Sequence[Cue]) -> Iterator[Spoken]:
    """Who says what. A name at the start of a line holds until the next, a marked voice for its words.

    The same name again, as some programs write it before every cue, begins nothing.
    """
    marks = Marks.of(text for cue in cues for _, text in cue.parts)
    label, opens, story = None, False, False
    for timing, voice, text in _said(cues):
        if voice:
            label = None
            yield Spoken(text, timing, voice, opens=False, opens_story=story)
            story = False
            continue
        for line in marks.lines(text):
            story = story or line.opens_story
            goes_on = line.label is not None and line.label == label and not is_nobody(line.label)
            label, opens = (line.label, not goes_on) if line.opens else (label, opens)
            if not is_unspoken(line.text):
                yield Spoken(line.text, timing, label, opens, story)
                opens = story = False


def _said(cues: Sequence[Cue]) -> Iterator[tuple[Timing, str | None, str]]:
    """The parts of cues that anybody says, or that tell that the speaker or the story changes."""
    for cue in cues:
        for voice, text in cue.parts:
            if ">>" in text or parts_stories(text.strip()) or not is_unspoken(text):
                yield cue.timing, voice, text


def _groups(spoken: Iterable[Spoken]) -> Iterator[list[Spoken]]:
    group: list[Spoken] = []
    for each in spoken:
        if group and (each.opens or each.opens_story or _is_complete(group, each)):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _breaths(group: Sequence[Spoken], phrases: bool) -> list[Breath]:
    pauses = [*(other.timing.start_ms - one.timing.end_ms for one, other in pairwise(group)), 0]
    return [Breath(spoken.text, pause >= PAUSE_MS, phrases) for spoken, pause in zip(group, pauses, strict=True)]


def _is_complete(group: Sequence[Spoken], following: Spoken) -> bool:
    last = group[-1]
    pause = following.timing.start_ms - last.timing.end_ms
    out_of_order = following.timing.start_ms < last.timing.start_ms
    ended = _FINAL.search(last.text[-12:]) and not _GOES_ON.search(last.text[-12:])
    full = len(group) >= _MOST_CUES or pause > _LONGEST_PAUSE_MS
    return following.label != last.label or out_of_order or full or bool(ended)


def _speech(group: Sequence[Spoken], cast: Cast) -> Speech:
    label = group[0].label
    person = cast.person(raised(label)) if label else None
    return Speech(
        text=" ".join(spoken.text.replace("\n", " ") for spoken in group),
        label=label,
        speaker=person.speaker if person else None,
        role=person.role if person else None,
        start_ms=group[0].timing.start_ms,
        end_ms=max(spoken.timing.end_ms for spoken in group),
        opens_story=group[0].opens_story,
    )
