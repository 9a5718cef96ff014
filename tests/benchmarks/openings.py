"""Which turns of a bulletin begin a new story: those the file marks, and those that open with a hand-over.

    Turning now to the budget. …   Welcome back. …   And finally, …   Nora Quill, thank you. Engineers have found …

Only the first words of a turn are looked at, so a story that begins within a turn is not seen. Topic shift by vectors
was measured (`python -m tests.benchmarks.stories`) and is not here: how deep a shift must be depends on how long the
stories are, and it takes a vector for every sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from ingest.transcript import Transcript

_LEAD = r"(?:(?:and|but|now|okay|ok|so|well|right|all\ right)[,.]?\s+){0,3}"
_NAME = r"(?-i:[A-Z][\w'’-]+(?:\ [A-Z][\w'’-]+){1,2})"
_HAND_OVER = re.compile(
    rf"""{_LEAD}(?:
      (?:(?:we|let[’']s|let\ us)\ )?(?:turn|turning|move|moving)(?:\ now)?(?:\ on)?\ to\b | moving\ on\b
    | in\ (?:other|local|world|international|national|court|business|health|science|entertainment|sports?)\ news\b
    | closer\ to\ home\b | elsewhere\b | welcome\ back\b | staying\ with\b | before\ we\ go\b
    | finally(?:,|\ (?:tonight|today|this)\b) | on\ (?:the\ markets|wall\ street)\b
    | sports?[.:] | the\ (?:weather|forecast)[.:,]
    | (?:our|the)\ (?:next|top|other|last)\ story\b | still\ (?:to\ come|ahead)\b
    | {_NAME},\ thank(?:s|\ you)\.\ (?=\S) | thank(?:s|\ you),?\ {_NAME}\.\ (?=\S)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def openings(transcript: Transcript, marked: Collection[int] = ()) -> tuple[int, ...]:
    """The indexes of the turns that begin a story, in order, without the first turn of all.

    `marked` are turns before which the file itself parts two stories: ">>>", a break, a rule. They are taken as told.
    """
    begins = frozenset(marked)
    turns = transcript.turns[1:]
    return tuple(turn.index for turn in turns if turn.index in begins or _HAND_OVER.match(turn.text))
