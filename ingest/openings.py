"""Which turns of a bulletin begin a new story: those the file marks, and those that open with a hand-over.

    Turning now to the budget. …   Welcome back. …   And finally, …   Nora Quill, thank you. Engineers have found …

Of the marks, formats tell (`Turn.opens_story`). Of a hand-over only the first words of a turn are looked at, so a story
that begins within a turn is not seen. Topic shift by vectors
was measured (`python -m tests.benchmarks.stories`) and is not here: how deep a shift must be depends on how long the
stories are, and it takes a vector for every sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.transcript import Transcript, Turn

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


_FEWEST = 3


def openings(transcript: Transcript) -> tuple[int, ...]:
    """The indexes of the turns that begin a story, marked or handed over to, in order; never that of the first turn."""
    return tuple(sorted({*marks(transcript), *hand_overs(transcript)}))


def hand_overs(transcript: Transcript) -> tuple[int, ...]:
    """The turns, after the first, that open with the words of a hand-over."""
    return tuple(turn.index for turn in transcript.turns[1:] if _HAND_OVER.match(turn.text))


def marks(transcript: Transcript) -> tuple[int, ...]:
    """The turns, after the first, before which the file itself parts two stories.

    Where a mark stands at most changes of speaker, as rules do in some minutes and exports, marks part speakers and
    not stories, and none is told.
    """
    marked = tuple(turn.index for turn in transcript.turns[1:] if turn.opens_story)
    changes = [other for one, other in pairwise(transcript.turns) if _speaks(one) != _speaks(other)]
    parting = sum(turn.opens_story for turn in changes)
    return () if parting >= _FEWEST and 2 * parting > len(changes) else marked


def _speaks(turn: Turn) -> tuple[str | None, str | None]:
    return turn.speaker, turn.label
