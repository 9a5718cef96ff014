"""Records for tests of the measures: small, and only as much in them as a test says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag.evaluate.record import Cited, FoundEvidence, Ranked, Record


def record(**given: Any) -> Record:
    """An answerable question, answered, with nothing to measure but what is given."""
    usual: dict[str, Any] = {
        "id": "q1",
        "variant": "as asked",
        "kind": "",
        "question": "Why?",
        "history": (),
        "answers": (),
        "every": False,
        "answerable": True,
        "draft": False,
        "status": "grounded",
    }
    return Record(**(usual | given))


def piece(unit: int = 0, **given: Any) -> FoundEvidence:
    """A piece of evidence that stands in the archive."""
    usual: dict[str, Any] = {"source": "a.md", "quote": f"words {unit}", "transcript_id": "t", "spans": ((0, 5),)}
    return FoundEvidence(unit=unit, **(usual | given))


def lost(quote: str = "words", problem: str = "its quote is not found in 'a.md'") -> FoundEvidence:
    """A piece of evidence that stands nowhere."""
    return FoundEvidence(source="a.md", quote=quote, problem=problem)


def hits(units: Sequence[int | None]) -> tuple[Ranked, ...]:
    """A hit for each, which finds that unit first."""
    return tuple(Ranked(f"p{rank}", "t", 0, 9, 1 / rank, unit) for rank, unit in enumerate(units, 1))


def cited(**given: Any) -> Cited:
    """A citation with nothing wrong with it."""
    usual: dict[str, Any] = {
        "marker": 1,
        "quote": "words",
        "transcript_id": "t",
        "title": "T",
        "speaker": "Ann",
        "start_ms": 0,
        "char_start": 0,
        "char_end": 5,
        "interpolated": False,
        "verbatim": True,
        "as_stored": True,
        "on_evidence": True,
        "right_speaker": True,
    }
    return Cited(**(usual | given))
