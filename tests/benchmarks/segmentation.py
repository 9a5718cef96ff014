"""How well a text was cut: Pk and WindowDiff. Both are shares of windows judged wrongly, so 0 is best.

A text has `size` units in a row (sentences, say); a boundary at b lies before unit b, so 0 < b < size.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence


def pk(reference: Collection[int], found: Collection[int], size: int) -> float:
    """The share of pairs of units k apart of which only one cutting says that a boundary lies between them.

    Beeferman, Berger and Lafferty, "Statistical models for text segmentation", Machine Learning 34 (1999).
    """
    return _wrong(reference, found, size, lambda wanted, given: bool(wanted) is not bool(given))


def window_diff(reference: Collection[int], found: Collection[int], size: int) -> float:
    """The share of windows of k units that hold another number of boundaries in one cutting than in the other.

    Pevzner and Hearst, "A critique and improvement of an evaluation metric for text segmentation", Computational
    Linguistics 28 (2002).
    """
    return _wrong(reference, found, size, lambda wanted, given: wanted != given)


def window(reference: Collection[int], size: int) -> int:
    """k: half the mean length of a segment of the reference, at least 1."""
    return max(1, round(size / (len(set(reference)) + 1) / 2))


def _wrong(reference: Collection[int], found: Collection[int], size: int, differ: Callable[[int, int], bool]) -> float:
    if not all(0 < each < size for each in (*reference, *found)):
        raise ValueError(f"boundaries lie between 0 and the {size} units")
    k = window(reference, size)
    if size <= k:
        return 0.0
    wanted, given = sorted(set(reference)), sorted(set(found))
    windows = range(size - k)
    return sum(differ(_inside(wanted, at, at + k), _inside(given, at, at + k)) for at in windows) / len(windows)


def _inside(boundaries: Sequence[int], after: int, to: int) -> int:
    """How many boundaries b have after < b <= to: they part units `after` and `to`."""
    return bisect_right(boundaries, to) - bisect_right(boundaries, after)
