"""Two runs compared: the difference, its interval, and the chance of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.stats import permutation_test

from rag.evaluate.measures import METRICS
from rag.evaluate.metric import Parts
from rag.evaluate.paired import Paired, paired

MEAN, LOWER, P50, F1 = METRICS["recall@5"], METRICS["false-refusals"], METRICS["ms-p50"], METRICS["refusal-f1"]


def means(*values: float) -> dict[int, Parts]:
    return {at: (float(value), 1.0) for at, value in enumerate(values)}


def test_a_difference_by_hand() -> None:
    """Three of five questions differ, all for the better: of 2³ swaps the two extreme ones differ as much."""
    found = paired(MEAN, means(0, 0, 0, 1, 0), means(1, 1, 1, 1, 0))
    assert (found.a, found.b) == (1 / 5, 4 / 5)
    assert found.difference == pytest.approx(3 / 5)
    assert found.p == 2 / 2**3
    assert (found.better, found.worse, found.same, found.n) == (3, 0, 2, 5)


def test_one_better_one_worse_is_no_difference() -> None:
    found = paired(MEAN, means(0, 1, 1), means(1, 0, 1))
    assert (found.difference, found.p) == (0, 1)
    assert (found.better, found.worse, found.same) == (1, 1, 1)


def test_the_same_run_twice() -> None:
    found = paired(MEAN, means(0, 1, 0.5), means(0, 1, 0.5))
    assert (found.difference, found.low, found.high, found.p, found.same) == (0, 0, 0, 1, 3)


@pytest.mark.parametrize("metric", [MEAN, P50], ids=["mean", "median"])
def test_few_changes_are_tried_in_all_ways(metric: object) -> None:
    """Against every swap written out."""
    chosen = MEAN if metric is MEAN else P50
    width = 2 if metric is MEAN else 1
    rng = np.random.default_rng(3)
    a, b = rng.random(9), rng.random(9) + 0.2
    rows = [{at: (float(v), 1.0)[:width] for at, v in enumerate(side)} for side in (a, b)]
    statistic = np.mean if metric is MEAN else np.median
    observed = abs(statistic(b) - statistic(a))
    ways = [np.array(way) for way in product((False, True), repeat=9)]
    swapped = [abs(statistic(np.where(way, a, b)) - statistic(np.where(way, b, a))) for way in ways]
    assert paired(chosen, *rows).p == pytest.approx(np.mean(np.array(swapped) >= observed - 1e-12))


@pytest.mark.parametrize("distinct", [True, False], ids=["all changes differ", "few changes differ"])
def test_many_changes_agree_with_scipy(distinct: bool) -> None:
    rng = np.random.default_rng(4)
    a, b = rng.random(300), rng.random(300) + 0.03
    a, b = (a, b) if distinct else (np.round(a), np.round(b))
    ours = paired(MEAN, means(*a), means(*b)).p
    theirs = permutation_test(
        (b, a), lambda x, y: np.mean(x) - np.mean(y), permutation_type="samples", n_resamples=10_000, rng=1
    ).pvalue
    assert ours == pytest.approx(theirs, abs=0.02)


def test_p_is_never_zero_by_sampling() -> None:
    """A thousand questions all better: no random swap differs as much, and the observed one is counted."""
    found = paired(MEAN, means(*[0] * 1000), means(*[1] * 1000))
    assert found.p == 1 / (1 + 10_000)


def test_of_runs_that_are_alike_few_seem_to_differ() -> None:
    """At p < 0.05 about one in twenty does: of 200, not more than 22 (three standard deviations) do."""
    rng = np.random.default_rng(6)
    runs = ((means(*rng.random(40)), means(*rng.random(40))) for _ in range(200))
    ps = [paired(MEAN, *pair, permutations=400, resamples=10).p for pair in runs]
    assert sum(p is not None and p < 0.05 for p in ps) <= 22


def test_the_interval_is_of_the_pairs() -> None:
    """Every question is better by exactly 0.1, however they differ among themselves: there is nothing to vary."""
    rng = np.random.default_rng(8)
    a = rng.random(200) * 0.8
    found = paired(MEAN, means(*a), means(*(a + 0.1)))
    assert found.low == pytest.approx(0.1)
    assert found.high == pytest.approx(0.1)


def test_the_interval_is_about_that_of_the_normal_law() -> None:
    """Differences of 1, 0 and −1 at 40, 40 and 20 %: 0.2 ± 1.96·√((0.6 − 0.2²)/500)."""
    found = paired(MEAN, means(*[0] * 400, *[1] * 100), means(*[1] * 200, *[0] * 200, *[0] * 100), resamples=20_000)
    half = 1.96 * ((0.6 - 0.2**2) / 500) ** 0.5
    assert found.low == pytest.approx(0.2 - half, abs=0.004)
    assert found.high == pytest.approx(0.2 + half, abs=0.004)


def test_lower_is_better_where_the_measure_says_so() -> None:
    found = paired(LOWER, means(1, 1, 0), means(0, 0, 1))
    assert (found.better, found.worse) == (2, 1)
    faster = paired(P50, {1: (90.0,), 2: (50.0,), 3: (10.0,)}, {1: (80.0,), 2: (40.0,), 3: (20.0,)})
    assert (faster.difference, faster.better, faster.worse, faster.same, faster.n) == (40 - 50, 2, 1, 0, 3)


def test_an_f1_is_compared_as_a_whole() -> None:
    """One false refusal less: 2·1/(2 + 1) becomes 2·1/(1 + 1); the question answered rightly by both weighs nothing."""
    a = {"x": (1.0, 1.0, 1.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 0.0)}
    b = {"x": (1.0, 1.0, 1.0), "y": (0.0, 0.0, 0.0), "z": (0.0, 0.0, 0.0)}
    found = paired(F1, a, b)
    assert (found.a, found.b) == (2 * 1 / 3, 2 * 1 / 2)
    assert (found.better, found.worse, found.same, found.n) == (1, 0, 1, 2)
    assert found.p == 2 / 2


def test_questions_of_one_run_are_counted_and_left_out() -> None:
    found = paired(MEAN, {"x": (1.0, 1.0), "y": (0.0, 1.0)}, {"x": (1.0, 1.0), "z": (0.0, 1.0), "w": (0.0, 1.0)})
    assert (found.a, found.b, found.n, found.only_a, found.only_b) == (1, 1, 1, 1, 2)


def test_nothing_in_common_is_nothing() -> None:
    nothing = Paired(None, None, None, None, None, None, 0, 0, 0, 0, 1, 1)
    assert paired(MEAN, {"x": (1.0, 1.0)}, {"y": (1.0, 1.0)}) == nothing
    assert paired(MEAN, {"x": (0.0, 0.0)}, {"x": (1.0, 1.0)}) == replace(nothing, only_a=0, only_b=0)


def test_same_rows_same_result_in_any_order() -> None:
    rng = np.random.default_rng(9)
    a, b = means(*rng.random(150)), means(*rng.random(150))
    assert paired(MEAN, a, b) == paired(MEAN, dict(reversed(a.items())), dict(reversed(b.items())))
    assert paired(MEAN, a, b) != paired(MEAN, a, b, seed=1)
