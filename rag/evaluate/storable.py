"""What an answerer gives, as it can be stored, compared and embedded: Unicode text and finite numbers.

A language model's reply may end in half a character, and a score may be NaN or of NumPy's own kind. A run of hours
must not end at such an answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from rag.results import Answer, Citation, Rejected, Section, Short


def storable(answer: Answer) -> Answer:
    """The answer with "?" for what is no character, and without times and a confidence that are no numbers."""
    return replace(
        answer,
        text=unicode(answer.text),
        notice=unicode(answer.notice),
        citations=tuple(_citation(each) for each in answer.citations),
        rejected=tuple(Rejected(unicode(each.text), unicode(each.reason)) for each in answer.rejected),
        timings=_numbers(answer.timings),
        usage={name: int(value) for name, value in _numbers(answer.usage).items()},
        confidence=None if answer.confidence is None else number(answer.confidence),
        short=Short(unicode(answer.short.text), answer.short.marker) if answer.short else None,
        sections=tuple(Section(unicode(each.heading), each.markers) for each in answer.sections),
    )


def unicode(text: str) -> str:
    """The text with "?" for each half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8")


def number(value: float) -> float | None:
    """The value as a plain number, None where it is infinite or none."""
    return float(value) if math.isfinite(value) else None


def _citation(citation: Citation) -> Citation:
    speaker = None if citation.speaker is None else unicode(citation.speaker)
    quote, asked, title = map(unicode, (citation.quote, citation.asked, citation.title))
    return replace(citation, quote=quote, asked=asked, title=title, speaker=speaker)


def _numbers(values: Mapping[str, float]) -> dict[str, float]:
    told = {name: number(value) for name, value in values.items()}
    return {name: value for name, value in told.items() if value is not None}
