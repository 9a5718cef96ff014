"""Fits `rag/support_weights.py`: `python -m tests.benchmarks.fit_support`, some minutes on one core.

A logistic regression over `rag.support.FEATURES`: summaries that hold against those with a false edit and those whose
evidence is withheld, the two classes alike in weight. Each weight is kept to the sign it must have. In SummEdits true
rewordings change more words than false edits do, so that without this a claim would gain by having words of its own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from ingest.embed import question_embedder
from rag.support import FEATURES, IN_FAVOUR
from rag.support_weights import Support
from tests.benchmarks.summedits import Judged, found, judged, read

Numbers = npt.NDArray[np.float64]
RIDGE = 10.0
KEPT = 0.9


def fit(rows: Numbers, holds: npt.NDArray[np.bool_], *, signed: bool = True) -> tuple[Numbers, float]:
    """Weights and bias. With `signed`, more in common only speaks for a claim, and anything amiss against it."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    scaled = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    sign = np.where(holds, 1.0, -1.0)
    weight = np.where(holds, 0.5 / holds.mean(), 0.5 / (1 - holds.mean()))

    def loss(at: Numbers) -> tuple[float, Numbers]:
        margin = sign * (scaled @ at)
        slope = -weight * sign / (1 + np.exp(margin))
        ridge = np.append(at[:-1], 0.0) * RIDGE / len(rows)
        return float((weight * np.logaddexp(0, -margin)).mean() + at @ ridge / 2), scaled.T @ slope / len(rows) + ridge

    bounds = [((0, None) if name in IN_FAVOUR else (None, 0)) if signed else (None, None) for name in FEATURES]
    start = np.zeros(len(FEATURES) + 1)
    found = minimize(loss, start, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def held_out(seen: Judged, *, signed: bool = True) -> Numbers:
    """How likely each is to hold, from 0 to 1, by weights fitted to all other texts."""
    rows = seen.rows.astype(np.float64)
    holds = np.array([edit.holds for edit in seen.edits])
    likely = np.zeros(len(rows))
    for text in {edit.text for edit in seen.edits}:
        own = np.array([edit.text == text for edit in seen.edits])
        weights, bias = fit(rows[~own], holds[~own], signed=signed)
        likely[own] = 1 / (1 + np.exp(-(rows[own] @ weights + bias)))
    return likely


def threshold(seen: Judged, likely: Numbers) -> float:
    """Below which one in ten of the summaries falls that hold and pass the rules, held out."""
    sure = np.array([edit.holds and passes for edit, passes in zip(seen.edits, seen.pass_rules, strict=True)])
    return float(np.quantile(likely[sure], 1 - KEPT))


def main() -> None:
    """Prints the weights as they stand in `rag/support_weights.py`."""
    seen = judged(read(found()), question_embedder())
    weights, bias = fit(seen.rows.astype(np.float64), np.array([edit.holds for edit in seen.edits]))
    kept = {name: round(float(one), 2) for name, one in zip(FEATURES, weights, strict=True) if abs(one) >= 0.005}
    print(Support(kept, round(bias, 2), round(threshold(seen, held_out(seen)), 3)))


if __name__ == "__main__":
    main()
