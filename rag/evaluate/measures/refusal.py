"""Does it say that it does not know when, and only when, it should? Refused is positive, unanswerable is actual.

A question that failed was neither refused nor answered. Questions that nobody labelled are left out.
"""

from __future__ import annotations

from rag.evaluate.metric import Metric, Parts, f1
from rag.evaluate.record import Record

_SQUAD = "the task: Rajpurkar, Jia, Liang 2018, arXiv 1806.03822; "
_RATES = _SQUAD + "precision, recall and F1: van Rijsbergen 1979, Information Retrieval, chapter 7"

REFUSAL = (
    Metric("refusal-precision", "Refusal precision", "refusal", "unanswerable and refused / refused", _RATES),
    Metric("refusal-recall", "Refusal recall", "refusal", "unanswerable and refused / unanswerable", _RATES),
    Metric(
        "refusal-f1",
        "Refusal F1",
        "refusal",
        "2·(unanswerable and refused) / (refused + unanswerable)",
        _RATES,
        value=f1,
    ),
    Metric(
        "false-refusals",
        "False refusals",
        "refusal",
        "answerable and refused / answerable",
        "false positive rate: Fawcett 2006, doi 10.1016/j.patrec.2005.10.010",
        better="lower",
    ),
    Metric("answered", "Answered", "refusal", "answerable and neither refused nor failed / answerable", "defined here"),
    Metric(
        "failed",
        "Failed",
        "refusal",
        "questions that ended in an error / questions, labelled or not",
        "defined here",
        better="lower",
    ),
)


def measure(record: Record) -> dict[str, Parts]:
    """The parts of every measure above; of "failed" only, where it is not known whether there is an answer."""
    failed: dict[str, Parts] = {"failed": (float(record.status == "failed"), 1.0)}
    if record.answerable is None:
        return failed
    refused, actual = float(record.refused), float(not record.answerable)
    right = refused * actual
    answered = float(record.status in ("grounded", "partial"))
    return failed | {
        "refusal-precision": (right, refused),
        "refusal-recall": (right, actual),
        "refusal-f1": (right, refused, actual),
        "false-refusals": (refused - right, 1 - actual),
        "answered": (answered * (1 - actual), 1 - actual),
    }
