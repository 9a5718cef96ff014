"""What refusing below another confidence would give: the curve over the threshold, and the area under the ROC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Confidences = npt.NDArray[np.float64]
MOST_POINTS = 401


@dataclass(frozen=True, slots=True)
class Point:
    """Refusing every question whose confidence is below `threshold`.

    `recall` is the share of unanswerable questions then refused, `false_refusals` that of answerable ones, `f1` the
    refusal F1. A threshold of None refuses everything.
    """

    threshold: float | None
    recall: float
    false_refusals: float
    f1: float


def curve(pairs: Sequence[tuple[float, bool]]) -> tuple[Point, ...]:
    """A point for every threshold that makes a difference, rising, of (confidence, answerable) pairs.

    Beyond MOST_POINTS thresholds, that many at even steps of rank. Empty where one of the classes is absent.
    """
    answerable, unanswerable = _split(pairs)
    if not answerable.size or not unanswerable.size:
        return ()
    levels = np.unique(np.concatenate([answerable, unanswerable]))
    kept = levels[np.unique(np.linspace(0, levels.size - 1, min(levels.size, MOST_POINTS - 1)).astype(int))]
    thresholds: list[float | None] = [*map(float, kept), None]
    return tuple(_point(each, answerable, unanswerable) for each in thresholds)


def auroc(pairs: Sequence[tuple[float, bool]]) -> float | None:
    """How likely an answerable question has a higher confidence than an unanswerable one, ties counting half.

    The area under the ROC curve as Mann and Whitney's U (Hanley, McNeil 1982, doi 10.1148/radiology.143.1.7063747).
    None where one of the classes is absent.
    """
    answerable, unanswerable = _split(pairs)
    if not answerable.size or not unanswerable.size:
        return None
    below = np.searchsorted(unanswerable, answerable, side="left")
    not_above = np.searchsorted(unanswerable, answerable, side="right")
    return float((below + not_above).sum() / 2 / (answerable.size * unanswerable.size))


def _point(threshold: float | None, answerable: Confidences, unanswerable: Confidences) -> Point:
    right, wrong = _below(unanswerable, threshold), _below(answerable, threshold)
    return Point(
        threshold,
        right / unanswerable.size,
        wrong / answerable.size,
        2 * right / (right + wrong + unanswerable.size),
    )


def _below(confidences: Confidences, threshold: float | None) -> int:
    if threshold is None:
        return confidences.size
    return int(np.searchsorted(confidences, threshold, side="left"))


def _split(pairs: Sequence[tuple[float, bool]]) -> tuple[Confidences, Confidences]:
    """Confidences of answerable and of unanswerable questions, each sorted."""
    answerable = np.sort(np.array([confidence for confidence, yes in pairs if yes], dtype=np.float64))
    unanswerable = np.sort(np.array([confidence for confidence, yes in pairs if not yes], dtype=np.float64))
    return answerable, unanswerable
