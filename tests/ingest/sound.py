"""What must come of any bytes: a transcript whose turns lie where they say, or an error that a person can act on."""

from __future__ import annotations

from ingest.errors import TranscriptError
from ingest.formats import parse_bytes
from ingest.transcript import Transcript


def outcome(data: bytes, name: str) -> Transcript | TranscriptError:
    """The transcript of the bytes, or the error they make."""
    try:
        return parse_bytes(data, name)
    except TranscriptError as error:
        return error


def assert_sound(found: Transcript | TranscriptError, name: str) -> None:
    """Fails unless it is one or the other, whole."""
    if isinstance(found, TranscriptError):
        assert found.cause
        assert found.remedy
        assert str(found).startswith(name)
        assert found.path == name
        return
    assert found.turns
    assert all(found.text[turn.char_start : turn.char_end] == turn.text for turn in found.turns)
    assert all((turn.start_ms or 0) <= (turn.end_ms or 0) for turn in found.turns)
