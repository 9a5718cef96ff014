"""The report's tables: headline numbers, every measure, by kind, follow-ups. Reads a Summary; writes no HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rag.evaluate.estimate import FOLLOW_UPS, WITHHELD, Estimates, Summary
from rag.evaluate.measures import METRICS
from rag.evaluate.metric import Estimate, Group, Metric
from rag.evaluate.report.shown import interval_of, value_of

GROUPS: Mapping[Group, str] = {
    "retrieval": "Finding the evidence",
    "answers": "Getting the answer right",
    "citations": "Citing it",
    "refusal": "Knowing when there is none",
    "cost": "What it costs",
}
TILES = (
    "recall@5", "answer", "judge", "verbatim", "citation-precision", "citation-recall", "refusal-f1", "false-refusals",
    "ms-p50", "ms-p95",
)  # fmt: skip
FOLLOWED = (
    "recall@5", "ndcg@10", "mrr@10", "answer", "f1", "judge", "citation-precision", "citation-recall", "answered",
    "refusal-f1", "ms-p50",
)  # fmt: skip
BY_KIND = ("recall@5", "answer", "false-refusals", "refusal-recall")
OPTIONAL = frozenset({"judge"})


@dataclass(frozen=True, slots=True)
class Line:
    """A measure with its estimate, as a table or a tile shows it."""

    metric: Metric
    estimate: Estimate

    @property
    def value(self) -> str:
        """With its unit, or n/a."""
        return value_of(self.metric, self.estimate.value)

    @property
    def interval(self) -> str:
        """Of 95 %, "" without one."""
        return interval_of(self.metric, self.estimate)


def lines(estimates: Estimates, names: Iterable[str]) -> list[Line]:
    """The measures of these names; the optional ones only where they were measured."""
    found = [Line(METRICS[name], estimates[name]) for name in names]
    return [each for each in found if each.estimate.n or each.metric.name not in OPTIONAL]


def table(estimates: Estimates) -> list[tuple[str, list[Line]]]:
    """Every measure, by group."""
    return [
        (title, [Line(metric, estimates[name]) for name, metric in METRICS.items() if metric.group == group])
        for group, title in GROUPS.items()
    ]


def follow_ups(summary: Summary) -> list[tuple[Line, Line]]:
    """Each measure over follow-ups, with their history and without; none where the set has no follow-ups."""
    if not summary.counts.follow_ups:
        return []
    asked, alone = summary.groups[FOLLOW_UPS], summary.groups[WITHHELD]
    measured = [name for name in FOLLOWED if asked[name].n or alone[name].n]
    return [(Line(METRICS[name], asked[name]), Line(METRICS[name], alone[name])) for name in measured]


def kinds(summary: Summary) -> list[tuple[str, int, list[Line]]]:
    """Each kind of question, how many there are, and its measures."""
    return [(name, found["failed"].n, lines(found, BY_KIND)) for name, found in summary.kinds.items()]
