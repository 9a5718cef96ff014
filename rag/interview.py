"""The question of an interview that a turn answers: what the speaker before it asked last, verbatim.

It goes by turns and question marks: where speakers are not told apart, or questions not marked, it finds none.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.transcript import Transcript, Turn
from rag.extend import begins_one
from rag.leaning import is_question
from rag.spans import spans_of

_LOOKED_AT = 3
_FEWEST_WORDS, _MOST_WORDS = 3, 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in the transcript, and who asked it, None where nobody is named."""

    text: str
    by: str | None


def asked_before(transcript: Transcript, turn: Turn, char_start: int) -> Asked | None:
    """What was asked right before words that open the turn; None for words further in or after no question.

    Looked for among the last sentences of the turn before, if that is another speaker's: "Minister?" is no question,
    and neither is one of more than 60 words.
    """
    opens = not any(map(str.isalnum, transcript.text[turn.char_start : char_start]))
    before = transcript.turns[turn.index - 1] if turn.index else None
    if not opens or before is None or before.speaker == turn.speaker:
        return None
    texts = [transcript.text[start:end] for start, end in spans_of(before)]
    last = range(max(0, len(texts) - _LOOKED_AT), len(texts))
    asked = [texts[at] for at in last if begins_one(texts, at) and _is_asked(texts[at])]
    return Asked(asked[-1], before.speaker) if asked else None


def _is_asked(text: str) -> bool:
    return is_question(text) and _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS
