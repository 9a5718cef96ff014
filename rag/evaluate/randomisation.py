"""Could the difference between two runs be chance? The two-sided randomisation test, for any measure.

Smucker, Allan, Carterette 2007 (doi 10.1145/1321440.1321528): if the runs were alike, swapping their outcomes of a
question would change nothing; so the observed difference is set beside those after swapping, question by question.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

from rag.evaluate.bootstrap import Rows, distinct, in_blocks, quantiles, value_of
from rag.evaluate.metric import Metric, Sums

Swaps = npt.NDArray[np.bool_]
EXACT_UP_TO = 12
_FEW_CHANGES = 256
_CELLS_AT_ONCE = 2_000_000
_EQUAL = 1e-12


def p_value(metric: Metric, a: Rows, b: Rows, permutations: int, rng: np.random.Generator) -> float:
    """The share of ways to swap the runs that differ at least as much, either way, as the runs do.

    All ways where at most EXACT_UP_TO questions differ; else `permutations` random ones and the observed one (Phipson,
    Smyth 2010, doi 10.2202/1544-6115.1585). A way that leaves a run nothing to measure counts as differing as much.
    """
    observed = abs(value_of(metric, b) - value_of(metric, a)) - _EQUAL
    differs = (a != b).any(axis=1)
    changed = int(differs.sum())
    if changed <= EXACT_UP_TO and (metric.quantile is None or len(a) * 2**changed <= _CELLS_AT_ONCE):
        return float(np.mean(_all_ways(metric, a, b, differs) >= observed))
    sample = _random_sums if metric.quantile is None else _random_quantiles
    extreme = np.count_nonzero(sample(metric, a, b, permutations, rng) >= observed)
    return float((1 + extreme) / (1 + permutations))


def _all_ways(metric: Metric, a: Rows, b: Rows, differs: Swaps) -> Sums:
    changed = int(differs.sum())
    swaps = np.array(list(product((False, True), repeat=changed)), dtype=bool).reshape(2**changed, changed)
    if metric.quantile is None:
        return _after_moving(metric, a, b, swaps @ (b - a)[differs])
    everywhere = np.zeros((len(swaps), len(a)), dtype=bool)
    everywhere[:, differs] = swaps
    return _after_swapping(metric, a, b, everywhere)


def _random_sums(metric: Metric, a: Rows, b: Rows, permutations: int, rng: np.random.Generator) -> Sums:
    """Of m questions with one and the same change, Binomial(m, 1/2) are swapped."""
    changes, counts = distinct(b - a)

    def by_change(size: int) -> Sums:
        return _after_moving(metric, a, b, rng.binomial(counts, 0.5, size=(size, len(counts))) @ changes)

    def by_question(size: int) -> Sums:
        return _after_moving(metric, a, b, _coins(rng, size, len(a)) @ (b - a))

    if len(changes) <= _FEW_CHANGES:
        return in_blocks(by_change, permutations, len(changes))
    return in_blocks(by_question, permutations, len(a))


def _random_quantiles(metric: Metric, a: Rows, b: Rows, permutations: int, rng: np.random.Generator) -> Sums:
    def draw(size: int) -> Sums:
        return _after_swapping(metric, a, b, _coins(rng, size, len(a)))

    return in_blocks(draw, permutations, len(a))


def _coins(rng: np.random.Generator, size: int, width: int) -> Swaps:
    return rng.integers(2, size=(size, width), dtype=np.bool_)


def _after_moving(metric: Metric, a: Rows, b: Rows, moved: Sums) -> Sums:
    """How much the runs differ once the sums `moved` have gone from b to a."""
    one, other = metric.value(a.sum(axis=0) + moved), metric.value(b.sum(axis=0) - moved)
    return np.nan_to_num(np.abs(other - one), nan=np.inf)


def _after_swapping(metric: Metric, a: Rows, b: Rows, swapped: Swaps) -> Sums:
    """How much the runs' quantiles differ once the marked questions are swapped."""
    one, other = np.where(swapped, b[:, 0], a[:, 0]), np.where(swapped, a[:, 0], b[:, 0])
    return np.abs(quantiles(metric, other) - quantiles(metric, one))
