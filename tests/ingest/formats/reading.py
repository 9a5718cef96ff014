"""Ways for the tests of formats to read a text as if it were a file."""

from __future__ import annotations

from ingest.formats import parse_bytes
from ingest.transcript import Transcript


def read(text: str, name: str = "talk.txt") -> Transcript:
    """The transcript of the text, in a file of that name."""
    return parse_bytes(text.encode(), name)


def said(text: str, name: str = "talk.txt") -> list[tuple[str | None, str]]:
    """Who says what, turn by turn."""
    return [(turn.speaker, turn.text) for turn in read(text, name).turns]


def timed(text: str, name: str) -> list[tuple[int | None, int | None, str]]:
    """When what is said, turn by turn."""
    return [(turn.start_ms, turn.end_ms, turn.text) for turn in read(text, name).turns]
