"""Resampling questions: sums and quantiles of bootstrap samples, in memory that does not grow with their number.

Efron, Tibshirani 1993, An Introduction to the Bootstrap. A resample of n questions is a multinomial draw over the
distinct rows, which gives the same distribution and costs as little as there are distinct rows. An order statistic of a
resample is drawn straight from its Beta law, so that no value is ever sorted twice.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from rag.evaluate.metric import Metric, Sums

Rows = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
LEVEL = 0.95
_FEW_DISTINCT = 128
_BLOCK_CELLS = 2_000_000


def distinct(rows: Rows) -> tuple[Rows, Counts]:
    """The different rows, sorted, and how often each occurs."""
    different, counts = np.unique(rows, axis=0, return_counts=True)
    return different, counts.astype(np.int64)


def resampled_sums(rows: Rows, resamples: int, rng: np.random.Generator) -> Sums:
    """For each of `resamples` draws of n rows out of n, with replacement, the sum of the drawn: (resamples, d)."""
    different, counts = distinct(rows)
    if len(different) <= _FEW_DISTINCT:
        drawn = rng.multinomial(len(rows), counts / len(rows), size=resamples)
        few: Sums = drawn @ different
        return few
    return np.stack([_resampled_sum(rows, rng) for _ in range(resamples)])


def _resampled_sum(rows: Rows, rng: np.random.Generator) -> Sums:
    drawn = np.bincount(rng.integers(len(rows), size=len(rows)), minlength=len(rows))
    total: Sums = drawn @ rows
    return total


def resampled_quantiles(values: Rows, share: float, resamples: int, rng: np.random.Generator) -> Sums:
    """The `share` quantile of each of `resamples` draws of n values out of n, with replacement.

    The j-th smallest of n draws stands at the sorted values' place n·U, with U distributed Beta(j, n + 1 - j).
    """
    ordered, n = np.sort(values), len(values)
    place = (n - 1) * share
    j, part = int(place) + 1, place - int(place)
    low = rng.beta(j, n + 1 - j, size=resamples)
    high = 1 - (1 - low) * rng.random(resamples) ** (1 / (n - j)) if j < n else low
    at_low, at_high = (ordered[np.minimum((n * each).astype(int), n - 1)] for each in (low, high))
    result: Sums = at_low + part * (at_high - at_low)
    return result


def percentile_interval(values: Sums) -> tuple[float, float]:
    """The middle LEVEL of the values; samples in which there was nothing to measure (NaN) are left out."""
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(values, (tail, 1 - tail))
    return float(low), float(high)


def value_of(metric: Metric, rows: Rows) -> float:
    """The measure of all rows; NaN where there is nothing to measure."""
    if not len(rows):
        return float("nan")
    if metric.quantile is not None:
        return float(quantiles(metric, rows[:, 0]))
    return float(metric.value(rows.sum(axis=0)))


def resampled(metric: Metric, rows: Rows, resamples: int, rng: np.random.Generator) -> Sums:
    """The measure of each of `resamples` resamples of the rows."""
    if metric.quantile is not None:
        return resampled_quantiles(rows[:, 0], metric.quantile, resamples, rng)
    return metric.value(resampled_sums(rows, resamples, rng))


def quantiles(metric: Metric, values: Sums) -> Sums:
    """The quantile a measure asks for, over the last axis."""
    result: Sums = np.quantile(values, metric.quantile or 0.0, axis=-1)
    return result


def in_blocks(draw: Callable[[int], Sums], total: int, width: int) -> Sums:
    """`draw(size)` for sizes that add up to `total`, one after another, so that little is held at once."""
    size = max(1, _BLOCK_CELLS // max(width, 1))
    return np.concatenate([draw(min(size, total - done)) for done in range(0, total, size)])
