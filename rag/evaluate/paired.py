"""Two runs over the same questions: how much better the second is, and whether that could be chance.

Questions to which the measure applies in one of the runs alone are counted, and left out of the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from rag.evaluate.bootstrap import Rows, in_blocks, percentile_interval, quantiles, resampled_sums, value_of
from rag.evaluate.estimate import RESAMPLES, counting
from rag.evaluate.metric import Metric, Parts, Sums
from rag.evaluate.randomisation import p_value

PERMUTATIONS = 10_000
_QUANTILE_WORK = 20_000_000
_QUANTILE_ROUNDS = 200
_EQUAL = 1e-12

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Paired:
    """A measure in two runs, over the `n` questions that weigh in it in either.

    `difference` is b - a, `low` to `high` its 95 % interval; `p` is how likely so large a difference, either way, would
    be if the runs were alike. All None where there is nothing to measure. `better`, `worse` and `same` count questions
    by what b's outcome, put in the place of a's, does to the measure. `only_a` and `only_b` count questions that the
    measure applies to in one run alone: nothing else here knows of them.
    """

    a: float | None
    b: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    better: int
    worse: int
    same: int
    n: int
    only_a: int
    only_b: int


def paired(
    metric: Metric,
    a_rows: Mapping[Key, Parts],
    b_rows: Mapping[Key, Parts],
    *,
    permutations: int = PERMUTATIONS,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Paired:
    """Run b against run a; the rows are parts by question, of the questions that both runs asked.

    The interval is the percentile bootstrap of the difference over questions, the p value the randomisation test's.
    Quantiles take fewer rounds where the questions are many, at least 200. The same rows and seed give the same result.
    """
    both = sorted((a_rows[key], b_rows[key]) for key in a_rows.keys() & b_rows.keys())
    only_a, only_b = len(a_rows) - len(both), len(b_rows) - len(both)
    a, b = (np.array([pair[side] for pair in both], dtype=np.float64) for side in (0, 1))
    before, after = value_of(metric, a), value_of(metric, b)
    if np.isnan(before) or np.isnan(after):
        return Paired(None, None, None, None, None, None, 0, 0, 0, 0, only_a, only_b)
    rng = np.random.default_rng(seed)
    low, high = percentile_interval(_resampled(metric, a, b, _affordable(metric, len(a), resamples), rng))
    p = p_value(metric, a, b, _affordable(metric, len(a), permutations), rng)
    better, worse = _moved(metric, a, b)
    n = counting(metric, np.hstack([a[:, :1], a[:, 1:] + b[:, 1:]]))
    return Paired(before, after, after - before, low, high, p, better, worse, n - better - worse, n, only_a, only_b)


def _affordable(metric: Metric, n: int, rounds: int) -> int:
    return rounds if metric.quantile is None else min(rounds, max(_QUANTILE_ROUNDS, _QUANTILE_WORK // n))


def _moved(metric: Metric, a: Rows, b: Rows) -> tuple[int, int]:
    """How many questions are better, and worse, in b."""
    total = a.sum(axis=0)
    change = (b - a)[:, 0] if metric.quantile is not None else metric.value(total - a + b) - metric.value(total)
    up, down = int((change > _EQUAL).sum()), int((change < -_EQUAL).sum())
    return (down, up) if metric.better == "lower" else (up, down)


def _resampled(metric: Metric, a: Rows, b: Rows, resamples: int, rng: np.random.Generator) -> Sums:
    """How much b is above a in each of so many resamples of the questions."""
    if metric.quantile is None:
        width = a.shape[1]
        sums = resampled_sums(np.hstack([a, b]), resamples, rng)
        return metric.value(sums[:, width:]) - metric.value(sums[:, :width])

    def draw(size: int) -> Sums:
        drawn = rng.integers(len(a), size=(size, len(a)))
        return quantiles(metric, b[drawn, 0]) - quantiles(metric, a[drawn, 0])

    return in_blocks(draw, resamples, len(a))
