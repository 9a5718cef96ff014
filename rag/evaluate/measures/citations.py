"""Are the citations exact, on the evidence, and enough to bear out what is said? Counts only.

A question without an answer gives no score for citing evidence, rather than zero: there is nothing it should cite.
"""

from __future__ import annotations

from collections.abc import Iterable

from rag.evaluate.metric import Metric, Parts
from rag.evaluate.record import Record

_HERE = "defined here"
_ALCE = "ALCE: Gao et al. 2023, arXiv 2305.14627; the report names the judge"

CITATIONS = (
    Metric(
        "verbatim",
        "Verbatim citations",
        "citations",
        "citations whose words the archive has at their very offsets / citations",
        _HERE + "; anything below 1 is a defect",
    ),
    Metric(
        "as-stored",
        "Speaker as stored",
        "citations",
        "citations whose speaker is the one the archive has at their place / citations",
        _HERE + "; anything below 1 is a defect",
    ),
    Metric(
        "citation-precision",
        "Citation precision",
        "citations",
        "citations that overlap evidence / citations, of answered questions whose evidence is in the archive",
        _HERE + "; a true citation of other words than the evidence counts as wrong, so this is a lower bound",
    ),
    Metric(
        "citation-recall",
        "Citation recall",
        "citations",
        "pieces of evidence that a citation overlaps / pieces of evidence, refused and failed questions included",
        _HERE,
    ),
    Metric(
        "right-speaker",
        "Right speaker",
        "citations",
        "citations spoken by whoever speaks the evidence / citations, where the evidence has a named speaker",
        _HERE,
    ),
    Metric(
        "alce-recall",
        "ALCE citation recall",
        "citations",
        "sentences with a citation that their citations together support / sentences; mean over answers",
        _ALCE,
    ),
    Metric(
        "alce-precision",
        "ALCE citation precision",
        "citations",
        "citations of supported sentences that are not idle / all citations (0 for an answer with none); mean over"
        " answers. Idle: supports nothing alone, and the others support the sentence without it",
        _ALCE,
    ),
)


def measure(record: Record) -> dict[str, Parts]:
    """The parts of every measure above that applies to the record."""
    return {name: parts for name, parts in _all(record).items() if parts[1] > 0}


def _all(record: Record) -> dict[str, Parts]:
    cited = record.citations
    everywhere = {
        "verbatim": _share(each.verbatim for each in cited),
        "as-stored": _share(each.as_stored for each in cited),
    }
    if record.answerable is False:
        return everywhere
    return everywhere | _against_evidence(record) | _alce(record)


def _against_evidence(record: Record) -> dict[str, Parts]:
    speakers = {"right-speaker": _share(each.right_speaker for each in record.citations)}
    if not record.located:
        return speakers
    return speakers | {
        "citation-precision": _share(each.on_evidence for each in record.citations),
        "citation-recall": _share(each.cited for each in record.relevant),
    }


def _alce(record: Record) -> dict[str, Parts]:
    sentences = record.sentences
    if not sentences:
        return {}
    supported = [each for each in sentences if each.supported and each.markers]
    given = sum(len(each.markers) for each in sentences)
    useful = sum(len(each.markers) - each.idle for each in supported)
    return {
        "alce-recall": (len(supported) / len(sentences), 1.0),
        "alce-precision": (useful / given if given else 0.0, 1.0),
    }


def _share(verdicts: Iterable[bool | None]) -> Parts:
    """How many are true, of those that are either."""
    told = [verdict for verdict in verdicts if verdict is not None]
    return float(sum(told)), float(len(told))
