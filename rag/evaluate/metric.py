"""What a measure is: a name, a formula with its source, and how the questions' parts become one number.

Every measure is a function of sums over questions. A question contributes a vector (or nothing, where the measure does
not apply to it); the vectors are added up; `value` turns the sum into the number. A mean has parts (value, 1), a rate
(hits, tries), an F1 (true positives, predicted, actual). Bootstrap and comparison then work on any of them alike.
Quantiles are the exception: their one part is kept, and the quantile of all is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Parts = tuple[float, ...]
Sums = npt.NDArray[np.float64]
Group = Literal["retrieval", "answers", "citations", "refusal", "cost"]


def ratio(sums: Sums) -> Sums:
    """The first part by the second; NaN where the second is 0. Works on the last axis."""
    with np.errstate(invalid="ignore", divide="ignore"):
        result: Sums = np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)
    return result


def f1(sums: Sums) -> Sums:
    """2·tp / (predicted + actual) of the parts (tp, predicted, actual); NaN where nothing is actual."""
    with np.errstate(invalid="ignore", divide="ignore"):
        result: Sums = np.where(sums[..., 2] > 0, 2 * sums[..., 0] / (sums[..., 1] + sums[..., 2]), np.nan)
    return result


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure by its short name ("recall@5", what `--fail-under` takes) with what it means.

    `formula` and `source` are for the reader of a report. `unit` is "share" (0 to 1), "ms" or "count". `better` tells
    which way is better, None where neither is. `quantile` (0 to 1) is set where the value is one of single parts.
    """

    name: str
    title: str
    group: Group
    formula: str
    source: str
    unit: Literal["share", "ms", "count"] = "share"
    better: Literal["higher", "lower"] | None = "higher"
    value: Callable[[Sums], Sums] = ratio
    quantile: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's value over `n` questions with its 95 % interval: none where n is 1, no value where it is 0."""

    value: float | None
    low: float | None
    high: float | None
    n: int
