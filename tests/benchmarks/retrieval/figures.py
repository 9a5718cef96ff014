"""Records to numbers: each measure with its 95 % interval, and what sets two pipelines apart question by question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rag.evaluate.estimate import estimate
from rag.evaluate.measures import METRICS, measure
from rag.evaluate.metric import Estimate, Parts
from rag.evaluate.paired import Paired, paired
from rag.evaluate.record import Record
from tests.benchmarks.retrieval.ours import FOUND
from tests.benchmarks.stats import median

SHOWN: Mapping[str, str] = {
    "recall@1": "recall@1",
    "recall@5": "recall@5",
    "recall@20": "recall@20",
    "mrr@10": "MRR@10",
    "answer": "answer",
    "refusal-f1": "refusal F1",
    "false-refusals": "refused in error",
}
COMPARED = ("recall@1", "recall@5", "mrr@10", "answer")


@dataclass(frozen=True)
class Run:
    """One pipeline's records of one set, each question's once."""

    records: Sequence[Record]

    @cached_property
    def parts(self) -> Mapping[str, Mapping[str, Parts]]:
        """By question's id, its parts of every measure that applies to it."""
        return {each.id: measure(each) for each in self.records}

    def follow_ups(self) -> Run:
        """Those of the questions that have a conversation before them."""
        return Run([each for each in self.records if each.history])

    def estimate(self, name: str) -> Estimate:
        """A measure over all questions that it applies to."""
        rows = np.array([each[name] for each in self.parts.values() if name in each], dtype=np.float64)
        width = len(next((each[name] for each in self.parts.values() if name in each), (0.0, 0.0)))
        return estimate(METRICS[name], rows.reshape(-1, width))

    @property
    def ms(self) -> float:
        """The median time to find passages, the question's reading and embedding included."""
        return median([each.timings[FOUND] for each in self.records if FOUND in each.timings])

    def lost(self) -> dict[str, int]:
        """Questions that count for nothing because a piece of evidence stands nowhere, or they failed, by reason."""
        reasons = [_reason(each) for each in self.records]
        return {reason: reasons.count(reason) for reason in dict.fromkeys(reasons) if reason}

    def against(self, other: Run, name: str) -> Paired:
        """How much more the measure is here than in the other, over the questions both were asked."""
        return paired(METRICS[name], _having(name, other), _having(name, self))


def _having(name: str, run: Run) -> dict[str, Parts]:
    return {key: parts[name] for key, parts in run.parts.items() if name in parts}


def _reason(record: Record) -> str:
    problems: Iterable[str] = (each.problem for each in record.relevant if each.problem)
    return record.error or next(iter(problems), "")
