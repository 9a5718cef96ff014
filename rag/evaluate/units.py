"""What retrieval has to find: units of evidence, and which hit finds which. Offsets in, numbers out.

Pieces of evidence that one passage overlaps together are one unit, so that every hit finds at most one and every
measure of trec_eval is well defined. Where evidence is a whole transcript, transcripts are ranked by their best
passage (MaxP, Dai and Callan 2019, doi 10.1145/3331184.3331303).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.evaluate.record import FoundEvidence, Ranked

Span = tuple[int, int]
Spans = tuple[Span, ...]


def numbered(evidence: Sequence[FoundEvidence], spans_of: Callable[[str], Spans]) -> tuple[FoundEvidence, ...]:
    """The evidence with its units numbered from 0. `spans_of` gives the spans of a transcript's passages."""
    units = list(range(len(evidence)))
    for one, left in enumerate(evidence):
        for other, right in enumerate(evidence[:one]):
            if _shares_a_passage(left, right, spans_of):
                units = [units[other] if unit == units[one] else unit for unit in units]
    order = {unit: place for place, unit in enumerate(dict.fromkeys(units))}
    return tuple(replace(each, unit=order[unit]) for each, unit in zip(evidence, units, strict=True))


def by_transcript(hits: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Each transcript once, at the place of its best passage, under its own id."""
    best: dict[str, Ranked] = {}
    for hit in hits:
        best.setdefault(hit.transcript_id, replace(hit, passage_id=hit.transcript_id))
    return tuple(best.values())


def ranked(
    evidence: Sequence[FoundEvidence], hits: Sequence[Ranked]
) -> tuple[tuple[FoundEvidence, ...], tuple[Ranked, ...]]:
    """The evidence with its ranks, and the hits with the unit each finds first."""
    seen: set[int] = set()
    marked = []
    for hit in hits:
        unit = next((each.unit for each in evidence if each.unit not in seen and overlaps(each, hit)), None)
        seen |= {unit} if unit is not None else set()
        marked.append(replace(hit, unit=unit))
    found = tuple(
        replace(each, rank=_first(each, hits, overlaps), rank_whole=_first(each, hits, _contains)) for each in evidence
    )
    return found, tuple(marked)


def overlaps(evidence: FoundEvidence, hit: Ranked) -> bool:
    """Whether the hit has at least one character of the evidence."""
    return hit.transcript_id == evidence.transcript_id and any(
        start < hit.char_end and hit.char_start < end for start, end in evidence.spans
    )


def _contains(evidence: FoundEvidence, hit: Ranked) -> bool:
    return hit.transcript_id == evidence.transcript_id and any(
        hit.char_start <= start and end <= hit.char_end for start, end in evidence.spans
    )


def _first(
    evidence: FoundEvidence, hits: Sequence[Ranked], finds: Callable[[FoundEvidence, Ranked], bool]
) -> int | None:
    return next((rank for rank, hit in enumerate(hits, 1) if finds(evidence, hit)), None)


def _shares_a_passage(left: FoundEvidence, right: FoundEvidence, spans_of: Callable[[str], Spans]) -> bool:
    if not left.transcript_id or left.transcript_id != right.transcript_id:
        return False
    passages = spans_of(left.transcript_id)
    return any(_touches(left.spans, passage) and _touches(right.spans, passage) for passage in passages)


def _touches(spans: Spans, passage: Span) -> bool:
    return any(start < passage[1] and passage[0] < end for start, end in spans)
