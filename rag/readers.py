"""Readers by name: our own, none, or any cross-encoder. What they need is imported when one is asked for."""

from __future__ import annotations

from collections.abc import Callable

from ingest.transcript import Transcript
from rag.reader.reading import Reader

OWN, NONE = "onrecord", "none"
TranscriptOf = Callable[[str], Transcript]


def load_reader(name: str, transcript_of: TranscriptOf, seconds: float) -> Reader | None:
    """The reader of that name; models are loaded when it first reads."""
    return _KNOWN.get(name, _cross_encoder)(name, transcript_of, seconds)


def _own(_: str, transcript_of: TranscriptOf, seconds: float) -> Reader:
    from rag.reader.own import OwnReader

    return OwnReader(transcript_of, seconds=seconds)


def _none(*_: object) -> None:
    return None


def _cross_encoder(name: str, transcript_of: TranscriptOf, seconds: float) -> Reader:
    from rag.rerank import CrossEncoderReader

    return CrossEncoderReader(name, transcript_of, seconds=seconds)


_KNOWN: dict[str, Callable[[str, TranscriptOf, float], Reader | None]] = {OWN: _own, NONE: _none}
