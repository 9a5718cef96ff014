"""The words of a sentence that may answer a question in short, by the kind of answer it expects. A table, no model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rag import moments, quantities
from rag.expected import Kind
from rag.name_spans import names, persons, places
from rag.quantities import RANGE
from rag.typed_span import Finder, Typed, any_of, matching

_REPLY = re.compile(
    r"\W*(?:(?:well|oh|look),? )?(yes|no|yeah|nope|absolutely(?: not)?|of course(?: not)?)(?=[,.!;:—–]|$| -)",
    re.IGNORECASE,
)


def typed_spans(kind: Kind, sentence: str) -> tuple[Typed, ...]:
    """All that may answer a question of this kind, in order; where some overlap, the surest and then the first."""
    kept: list[Typed] = []
    for found in sorted(_FINDERS[kind](sentence), key=lambda each: (-each.sure, each.start, -each.end)):
        if not any(found.start < other.end and other.start < found.end for other in kept):
            kept.append(found)
    return tuple(sorted(kept, key=lambda each: each.start))


def _reply(sentence: str) -> Iterator[Typed]:
    if match := _REPLY.match(sentence):
        yield Typed(*match.span(1), 1.0)


_FINDERS: Mapping[Kind, Finder] = {
    "percent": quantities.percents,
    "money": any_of(quantities.sums, matching(rf"{RANGE}(?: ?%| per ?cent\b)", 0.5)),
    "amount": quantities.amounts,
    "count": quantities.counts,
    "duration": quantities.durations,
    "length": quantities.lengths,
    "measure": quantities.measured,
    "age": quantities.ages,
    "score": quantities.scores,
    "clock": moments.clocks,
    "year": moments.years,
    "date": moments.dates,
    "person": persons,
    "place": places,
    "name": names,
    "yes or no": _reply,
}
