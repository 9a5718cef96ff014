"""A run in numbers: every measure over all questions, over follow-ups and by kind, and how far chance could move it.

Records stream through; only their numbers are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from rag.evaluate.bootstrap import LEVEL, Rows, percentile_interval, resampled, value_of
from rag.evaluate.measures import METRICS
from rag.evaluate.measures.threshold import Point, auroc, curve
from rag.evaluate.metric import Estimate, Metric, f1
from rag.evaluate.record import Record
from rag.evaluate.tally import Cell, Tally

ALL, FOLLOW_UPS, WITHHELD = "all", "follow-ups", "follow-ups, history withheld"
OTHER_PROBLEMS = "other reasons"
MOST_PROBLEMS = 50
RESAMPLES = 2000
FEWEST = 2
NOTHING = Estimate(None, None, None, 0)

Estimates = Mapping[str, Estimate]
_GROUPS: Mapping[str, Callable[[Cell], bool]] = {
    ALL: lambda cell: cell.variant == "as asked",
    FOLLOW_UPS: lambda cell: cell.variant == "as asked" and cell.follow_up,
    WITHHELD: lambda cell: cell.variant == "without history",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions, as asked, of which sort. `withheld` were asked once more without their history.

    `failed` ended in an error. `confident` are labelled questions with a confidence: what the refusal curve is made of.
    `unlocated_questions` have relevant evidence that stands nowhere in the archive, `unlocated_pieces` in all.
    """

    questions: int = 0
    answerable: int = 0
    unanswerable: int = 0
    unlabelled: int = 0
    drafts: int = 0
    failed: int = 0
    follow_ups: int = 0
    withheld: int = 0
    confident: int = 0
    unlocated_questions: int = 0
    unlocated_pieces: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A run's measures. `groups` are ALL, FOLLOW_UPS and WITHHELD, `kinds` the kinds of question as asked.

    Each holds every measure, n/a (`n` is 0) where it does not apply. Kinds beyond the first MOST_KINDS go together as
    OTHER_KINDS; there are none where no question has one. `problems` counts pieces of evidence by why they stand
    nowhere, the commonest first. `curve` and `auroc` are empty and None where nothing was, or should be, refused.
    """

    counts: Counts
    groups: Mapping[str, Estimates]
    kinds: Mapping[str, Estimates]
    problems: Mapping[str, int] = field(default_factory=dict)
    curve: tuple[Point, ...] = ()
    auroc: float | None = None


def summarise(records: Iterable[Record], *, resamples: int = RESAMPLES, seed: int = 0) -> Summary:
    """The summary of a run's records, which are read once and not kept."""
    tally = Tally()
    for record in records:
        tally.add(record)
    groups = {name: _estimates(tally, belongs, resamples, seed) for name, belongs in _GROUPS.items()}
    kinds = {name: _estimates(tally, _of_kind(name), resamples, seed) for name in tally.shown_kinds()}
    pairs = [(sure, bool(yes)) for sure, yes in zip(tally.confidence, tally.answerable, strict=True)]
    counts = Counts(**tally.counts)
    return Summary(counts, groups, kinds, _commonest(tally.problems), curve(pairs), auroc(pairs))


def _estimates(tally: Tally, belongs: Callable[[Cell], bool], resamples: int, seed: int) -> Estimates:
    return {name: estimate(each, tally.rows(name, belongs), resamples, seed) for name, each in METRICS.items()}


def _of_kind(kind: str) -> Callable[[Cell], bool]:
    return lambda cell: cell.variant == "as asked" and cell.kind == kind


def _commonest(problems: Counter[str]) -> dict[str, int]:
    shown = dict(problems.most_common(MOST_PROBLEMS))
    left = problems.total() - sum(shown.values())
    return shown | {OTHER_PROBLEMS: left} if left else shown


def estimate(metric: Metric, rows: Rows, resamples: int = RESAMPLES, seed: int = 0) -> Estimate:
    """The measure of the rows (one a question, one column a part) with its 95 % interval.

    The interval is the percentile bootstrap over questions (Efron, Tibshirani 1993). A share of exactly 0 or 1 leaves
    a bootstrap nothing to vary; there it is Clopper and Pearson's (1934, doi 10.1093/biomet/26.4.404). A single
    question has no interval. `n` counts the questions that have a part in the measure. The same rows, in any order, and
    seed give the same estimate.
    """
    value = value_of(metric, rows)
    if np.isnan(value):
        return NOTHING
    counted = counting(metric, rows)
    if metric.unit == "share" and value in (0, 1):
        return Estimate(value, *_border(metric, value, counted), counted)
    if counted < FEWEST:
        return Estimate(value, None, None, counted)
    low, high = percentile_interval(resampled(metric, _ordered(rows), resamples, np.random.default_rng(seed)))
    return Estimate(value, low, high, counted)


def counting(metric: Metric, rows: Rows) -> int:
    """How many of the rows weigh in the measure: for a rate those that were tried, for a quantile all."""
    return len(rows) if metric.quantile is not None else int(rows[:, 1:].any(axis=1).sum())


def _border(metric: Metric, value: float, n: int) -> tuple[float, float]:
    """Clopper and Pearson's bounds where none, or all, of n questions succeeded.

    A mean of shares, or an F1, is at least the share of questions that are wholly right; a mean is at most the share
    that are not wholly wrong, an F1 at most 2p / (1 + p) of it.
    """
    least_likely: float = ((1 - LEVEL) / 2) ** (1 / n)
    if value == 1:
        return least_likely, 1.0
    most = 1 - least_likely
    return 0.0, 2 * most / (1 + most) if metric.value is f1 else most


def _ordered(rows: Rows) -> Rows:
    ordered: Rows = rows[np.lexsort(rows.T[::-1])]
    return ordered
