"""Refusing: what counts as right, and what another threshold would give."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluate.measures import METRICS
from rag.evaluate.measures.refusal import measure
from rag.evaluate.measures.threshold import MOST_POINTS, Point, auroc, curve
from rag.evaluate.record import Record
from tests.rag.evaluate.measured import record


def asked(answerable: bool | None, status: str) -> Record:
    return record(answerable=answerable, status=status)


RUN = (
    *[asked(False, "refused")] * 3,
    asked(False, "grounded"),
    asked(False, "failed"),
    *[asked(True, "refused")] * 2,
    *[asked(True, "grounded")] * 5,
    asked(True, "partial"),
    asked(True, "failed"),
    asked(None, "refused"),
    asked(None, "failed"),
)


def value(name: str, records: tuple[Record, ...]) -> float:
    rows = [measure(one)[name] for one in records if name in measure(one)]
    return float(METRICS[name].value(np.array(rows).sum(axis=0)))


def test_rates_by_hand() -> None:
    """5 unanswerable, of which 3 are refused; 9 answerable, of which 2 are refused and 1 failed; 2 not labelled."""
    assert value("refusal-precision", RUN) == 3 / (3 + 2)
    assert value("refusal-recall", RUN) == 3 / 5
    assert value("refusal-f1", RUN) == pytest.approx(2 * (3 / 5) * (3 / 5) / (3 / 5 + 3 / 5))
    assert value("false-refusals", RUN) == 2 / 9
    assert value("answered", RUN) == (5 + 1) / 9
    assert value("failed", RUN) == 3 / 16


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    precision, recall = value("refusal-precision", RUN[1:]), value("refusal-recall", RUN[1:])
    assert value("refusal-f1", RUN[1:]) == pytest.approx(2 * precision * recall / (precision + recall))


def test_failing_is_no_refusal() -> None:
    assert value("refusal-recall", (asked(False, "failed"),)) == 0
    assert value("answered", (asked(True, "failed"),)) == 0
    assert value("false-refusals", (asked(True, "failed"),)) == 0


def test_without_one_of_the_classes_its_rates_have_nothing_to_measure() -> None:
    assert np.isnan(value("refusal-recall", (asked(True, "grounded"),)))
    assert np.isnan(value("refusal-precision", (asked(True, "grounded"),)))
    assert np.isnan(value("refusal-f1", (asked(True, "refused"),)))
    assert np.isnan(value("false-refusals", (asked(False, "refused"),)))
    assert set(measure(asked(None, "refused"))) == {"failed"}


PAIRS = [(0.9, True), (0.4, True), (0.4, False), (0.1, False), (0.6, False), (0.8, True)]


def test_the_curve_has_a_point_for_every_threshold() -> None:
    assert curve(PAIRS) == (
        Point(0.1, 0 / 3, 0 / 3, 0),
        Point(0.4, 1 / 3, 0 / 3, 2 * 1 / (1 + 3)),
        Point(0.6, 2 / 3, 1 / 3, 2 * 2 / (3 + 3)),
        Point(0.8, 3 / 3, 1 / 3, 2 * 3 / (4 + 3)),
        Point(0.9, 3 / 3, 2 / 3, 2 * 3 / (5 + 3)),
        Point(None, 3 / 3, 3 / 3, 2 * 3 / (6 + 3)),
    )


def test_auroc_counts_pairs_and_halves_ties() -> None:
    """Of 3 × 3 pairs the answerable one is ahead in 3 (0.9) + 3 (0.8) + 1 (0.4 over 0.1), and tied in one."""
    assert auroc(PAIRS) == (3 + 3 + 1 + 1 / 2) / 9


@pytest.mark.parametrize("pairs", [[], [(0.5, True)], [(0.5, False), (0.1, False)]])
def test_with_one_class_there_is_no_curve(pairs: list[tuple[float, bool]]) -> None:
    assert curve(pairs) == ()
    assert auroc(pairs) is None


def test_a_constant_confidence_tells_nothing() -> None:
    assert auroc([(0.5, True), (0.5, False), (0.5, False)]) == 1 / 2


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.7, 1.0]), st.booleans()), min_size=2, max_size=30))
def test_auroc_is_the_share_of_pairs_in_the_right_order(pairs: list[tuple[float, bool]]) -> None:
    yes, no = [c for c, a in pairs if a], [c for c, a in pairs if not a]
    if yes and no:
        assert auroc(pairs) == pytest.approx(
            sum((a > b) + (a == b) / 2 for a, b in product(yes, no)) / (len(yes) * len(no))
        )


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    pairs = [(at / 5000, at % 2 == 0) for at in range(5000)]
    points = curve(pairs)
    assert len(points) == MOST_POINTS
    assert (points[0].threshold, points[-2].threshold, points[-1].threshold) == (0.0, 4999 / 5000, None)
    recalls = [each.recall for each in points]
    assert recalls == sorted(recalls)
