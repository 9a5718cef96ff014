"""Everything that is measured, by name and in the order of a report; a record in, its parts of every measure out."""

from __future__ import annotations

from collections.abc import Mapping

from rag.errors import EvaluationError
from rag.evaluate.measures import answers, citations, cost, refusal, retrieval
from rag.evaluate.measures.answers import ANSWERS
from rag.evaluate.measures.citations import CITATIONS
from rag.evaluate.measures.cost import COST
from rag.evaluate.measures.refusal import REFUSAL
from rag.evaluate.measures.retrieval import RETRIEVAL
from rag.evaluate.metric import Metric, Parts
from rag.evaluate.record import Record

METRICS: Mapping[str, Metric] = {each.name: each for each in (*RETRIEVAL, *ANSWERS, *CITATIONS, *REFUSAL, *COST)}
_GROUPS = (retrieval, answers, citations, refusal, cost)


def measure(record: Record) -> dict[str, Parts]:
    """The record's parts of every measure that applies to it, in the order of METRICS."""
    parts = {name: each for group in _GROUPS for name, each in group.measure(record).items()}
    return {name: parts[name] for name in METRICS if name in parts}


def metric(name: str) -> Metric:
    """The measure of that name. Raises EvaluationError, which lists the names there are."""
    if name not in METRICS:
        raise EvaluationError(f"there is no measure {name!r}; there are: {', '.join(METRICS)}")
    return METRICS[name]
