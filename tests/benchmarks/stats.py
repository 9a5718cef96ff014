"""Order statistics of a handful of measurements."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two middle ones. Raises ValueError on nothing."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed (nearest rank).

    Raises ValueError on nothing, or where `share` is no share.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"no {share:.0%} percentile of {len(values)} values")
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]
