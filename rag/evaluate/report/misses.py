"""What can be wrong with an answer, by kind: the definitions behind the report's filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rag.evaluate.record import Record

NEAR_TOP = 5


@dataclass(frozen=True, slots=True)
class Miss:
    """A kind of failure: its name in addresses, what the report calls it, what it means, and which records have it."""

    name: str
    label: str
    meaning: str
    applies: Callable[[Record], bool]


def misses_of(record: Record) -> tuple[Miss, ...]:
    """Everything that is wrong with the record; nothing for a good answer."""
    return tuple(miss for miss in MISSES if miss.applies(record))


def _answered(record: Record) -> bool:
    return record.status in ("grounded", "partial")


def _far_down(record: Record) -> bool:
    near = [each.rank is not None and each.rank <= NEAR_TOP for each in record.relevant]
    return record.located and not (all(near) if record.every else any(near))


def _misquoted(record: Record) -> bool:
    return any(not (cited.verbatim and cited.as_stored) for cited in record.citations)


MISSES = (
    Miss("error", "Error", "the question could not be answered for a technical reason", lambda r: r.status == "failed"),
    Miss(
        "refused",
        "Wrongly refused",
        "the archive holds an answer and none was given",
        lambda r: r.refused and r.answerable is True,
    ),
    Miss(
        "answered",
        "Wrongly answered",
        "the archive holds no answer and one was given",
        lambda r: r.answerable is False and _answered(r),
    ),
    Miss(
        "answer",
        "Answer not found",
        "what was answered holds none of the accepted answers (or not all, where all are needed)",
        lambda r: r.contained is False and r.answerable is not False and _answered(r),
    ),
    Miss(
        "evidence",
        f"Evidence not in top {NEAR_TOP}",
        f"none of the first {NEAR_TOP} passages touches the evidence (or not all of it, where all is needed)",
        _far_down,
    ),
    Miss("judge", "Judged wrong", "the judge found the answer wrong", lambda r: r.judged == "wrong"),
    Miss("misquoted", "Misquoted", "a citation differs from the transcript in words or speaker", _misquoted),
)
