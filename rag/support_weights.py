"""Weights of a logistic regression fitted from data: whether a sentence follows from what it cites.

`python -m tests.benchmarks.fit_support` fits them anew, on SummEdits' news and podcasts: summaries that hold against
those with a false edit and those held against their text without the sentences they rest on. `weights` go with the
features of `rag.support`; one in ten of the summaries that hold and pass the rules of `rag.checks` falls below the
`threshold`, by weights fitted to the other texts. `python -m tests.benchmarks.support` prints what that is worth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Support:
    """Weights by feature, and the likelihood (0 to 1) below which a sentence is struck out."""

    weights: Mapping[str, float]
    bias: float
    threshold: float


SUPPORT = Support(
    weights={
        "similarity": 3.35,
        "coverage": 0.20,
        "names": -2.17,
        "names_elsewhere": -0.65,
        "numbers": -2.26,
        "numbers_elsewhere": -0.43,
        "contradicts": -0.80,
        "denies": -2.05,
        "opposite": -0.85,
        "opposite_anywhere": -1.11,
        "brought": -0.75,
        "degrees": -0.52,
    },
    bias=-1.42,
    threshold=0.501,
)
