"""Resampling by counts and by order statistics has the law of plain resampling."""

from __future__ import annotations

import numpy as np
import pytest

from rag.evaluate.bootstrap import in_blocks, resampled_quantiles, resampled_sums
from rag.evaluate.metric import Sums


def test_sums_of_few_distinct_rows_have_the_moments_of_resampling() -> None:
    """The mean of the sums is the sum, their variance n times the variance of a row: 40·60/100 here."""
    rows = np.array([[1.0, 1.0]] * 40 + [[0.0, 1.0]] * 60)
    sums = resampled_sums(rows, 20_000, np.random.default_rng(1))
    assert sums.shape == (20_000, 2)
    assert (sums[:, 1] == 100).all()
    assert sums[:, 0].mean() == pytest.approx(40, abs=0.2)
    assert sums[:, 0].var() == pytest.approx(40 * 60 / 100, rel=0.05)


def test_sums_of_many_distinct_rows_have_the_moments_of_resampling() -> None:
    values = np.random.default_rng(2).random(500)
    sums = resampled_sums(np.column_stack([values, np.ones(500)]), 5_000, np.random.default_rng(1))
    assert (sums[:, 1] == 500).all()
    assert sums[:, 0].mean() == pytest.approx(values.sum(), rel=0.002)
    assert sums[:, 0].var() == pytest.approx(500 * values.var(), rel=0.1)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.95, 1.0])
@pytest.mark.parametrize("n", [1, 2, 30, 41])
def test_quantiles_are_those_of_plain_resampling(share: float, n: int) -> None:
    values = np.random.default_rng(3).exponential(size=n)
    ours = resampled_quantiles(values, share, 20_000, np.random.default_rng(1))
    rng = np.random.default_rng(4)
    plain = np.quantile(values[rng.integers(n, size=(20_000, n))], share, axis=1)
    for at in (0.025, 0.25, 0.5, 0.75, 0.975):
        below = np.mean(ours <= np.quantile(plain, at) + 1e-12)
        assert below == pytest.approx(np.mean(plain <= np.quantile(plain, at) + 1e-12), abs=0.02)


def test_blocks_give_every_draw_once() -> None:
    sizes: list[int] = []

    def draw(size: int) -> Sums:
        sizes.append(size)
        return np.zeros(size)

    assert len(in_blocks(draw, 10, 900_000)) == 10
    assert sizes == [2, 2, 2, 2, 2]
    assert len(in_blocks(draw, 3, 10_000_000)) == 3
