"""A run's numbers: values, intervals, groups and counts."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from pydantic import TypeAdapter

from rag.evaluate.bootstrap import Rows
from rag.evaluate.estimate import ALL, FOLLOW_UPS, NOTHING, OTHER_PROBLEMS, WITHHELD, Summary, estimate, summarise
from rag.evaluate.measures import METRICS
from rag.evaluate.metric import Metric
from rag.evaluate.record import Record
from rag.evaluate.tally import MOST_KINDS, NO_KIND, OTHER_KINDS
from tests.rag.evaluate.measured import hits, lost, piece, record

MEAN, RATE, P50, F1 = METRICS["recall@5"], METRICS["verbatim"], METRICS["ms-p50"], METRICS["refusal-f1"]


def means(*values: float) -> Rows:
    return np.array([[value, 1.0] for value in values])


def test_a_mean_a_rate_an_f1_and_a_quantile() -> None:
    assert estimate(MEAN, means(1, 0, 0.5)).value == (1 + 0 + 1 / 2) / 3
    assert estimate(RATE, np.array([[1.0, 1.0], [3.0, 4.0]])).value == (1 + 3) / (1 + 4)
    assert estimate(F1, np.array([[1.0, 1.0, 1.0], [0.0, 1.0, 0.0]])).value == 2 * 1 / (2 + 1)
    assert estimate(P50, np.array([[10.0], [40.0], [20.0], [90.0]])).value == (20 + 40) / 2


def test_the_95th_percentile_interpolates() -> None:
    """At 0.95·(5 − 1) = 3.8 of the sorted values: four fifths of the way from 40 to 90."""
    rows = np.array([[90.0], [10.0], [40.0], [20.0], [30.0]])
    assert estimate(METRICS["ms-p95"], rows).value == pytest.approx(40 + 0.8 * (90 - 40))


@pytest.mark.parametrize(("metric", "width"), [(MEAN, 2), (RATE, 2), (P50, 1), (F1, 3)])
def test_nothing_to_measure_is_nothing(metric: Metric, width: int) -> None:
    assert estimate(metric, np.empty((0, width))) == NOTHING


def test_nothing_tried_is_nothing() -> None:
    assert estimate(METRICS["refusal-precision"], np.array([[0.0, 0.0]] * 9)) == NOTHING


def test_n_is_of_questions_that_weigh_in() -> None:
    rows = np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]])
    assert estimate(METRICS["refusal-precision"], rows).n == 2
    assert estimate(P50, np.array([[1.0], [2.0]])).n == 2


def test_the_interval_holds_the_value_and_narrows_with_more_questions() -> None:
    few, many = (estimate(MEAN, means(*[1, 0, 0.5, 1] * times)) for times in (5, 500))
    assert few.low is not None
    assert few.high is not None
    assert many.low is not None
    assert many.high is not None
    assert few.low < few.value == many.value < few.high  # type: ignore[operator]
    assert (many.high - many.low) * 8 < few.high - few.low


def test_the_interval_of_a_share_is_about_that_of_the_normal_law() -> None:
    """With p = 0.3 and n = 1,000: p ± 1.96·√(p(1 − p)/n)."""
    found = estimate(MEAN, means(*[1] * 300, *[0] * 700), resamples=20_000)
    half = 1.96 * (0.3 * 0.7 / 1000) ** 0.5
    assert found.low == pytest.approx(0.3 - half, abs=0.002)
    assert found.high == pytest.approx(0.3 + half, abs=0.002)


def test_same_rows_same_estimate_in_any_order() -> None:
    values = np.random.default_rng(5).random(300)
    rows = means(*values)
    assert estimate(MEAN, rows, 200) == estimate(MEAN, rows.copy(), 200)
    forth, back = estimate(MEAN, rows, 200), estimate(MEAN, rows[::-1], 200)
    assert (forth.low, forth.high) == (back.low, back.high)
    assert forth != estimate(MEAN, rows, 200, seed=1)
    small = [estimate(MEAN, means(*each), 200) for each in permutations([1.0, 0.0, 0.25])]
    assert len({(each.low, each.high) for each in small}) == 1


def test_at_the_border_the_interval_is_clopper_pearsons() -> None:
    """20 of 20: the least share that gives 20 of 20 one time in forty, x^20 = 0.025. None of 20 is its mirror."""
    least = 0.025 ** (1 / 20)
    full, empty = estimate(MEAN, means(*[1] * 20)), estimate(MEAN, means(*[0] * 20))
    assert [full.value, full.low, full.high] == pytest.approx([1, least, 1])
    assert [empty.value, empty.low, empty.high] == pytest.approx([0, 0, 1 - least])


def test_at_the_border_questions_count_and_not_their_citations() -> None:
    """Nine citations of three questions: three chances to be wrong, not nine."""
    assert estimate(RATE, np.array([[3.0, 3.0]] * 3)).low == pytest.approx(0.025 ** (1 / 3))


def test_an_f1_of_zero_reaches_as_far_as_its_right_questions_could() -> None:
    most = 1 - 0.025 ** (1 / 10)
    assert estimate(F1, np.array([[0.0, 0.0, 1.0]] * 10)).high == pytest.approx(2 * most / (1 + most))


def test_times_and_counts_have_no_border() -> None:
    calls = estimate(METRICS["calls"], means(1, 1, 1))
    assert (calls.value, calls.low, calls.high) == (1, 1, 1)


@pytest.mark.parametrize(("truth", "n"), [(0.5, 50), (0.9, 60), (0.98, 60)])
def test_most_intervals_hold_the_truth(truth: float, n: int) -> None:
    """Of 300 samples of a coin, at least nine in ten of the 95 % intervals hold its bias."""
    rng = np.random.default_rng(7)
    found = [estimate(MEAN, means(*(rng.random(n) < truth)), 500) for _ in range(300)]
    held = [each.low is not None and each.high is not None and each.low <= truth <= each.high for each in found]
    assert np.mean(held) >= 0.9


FOLLOWING = record(id="f", history=("Who?",), kind="follow_up", answers=("x",), contained=True, confidence=0.8)
RUN = (
    record(id="a", kind="why", answers=("x",), contained=True, confidence=0.9, draft=True),
    record(id="b", kind="why", answers=("x",), contained=False, confidence=0.5, evidence=(piece(0), lost())),
    record(id="c", kind="why", answers=("x",), status="failed", error="no answer in time"),
    FOLLOWING,
    replace(FOLLOWING, variant="without history", history=(), contained=False, confidence=0.1),
    record(id="d", answerable=False, status="refused", confidence=0.2),
    record(id="e", answerable=None, confidence=0.3, evidence=(lost(), lost(problem="its source 'x' is not there"))),
)


def test_groups_and_kinds() -> None:
    summary = summarise(RUN)
    answers = {name: (each["answer"].value, each["answer"].n) for name, each in summary.groups.items()}
    assert answers == {ALL: ((1 + 0 + 0 + 1) / 4, 4), FOLLOW_UPS: (1, 1), WITHHELD: (0, 1)}
    kinds = {name: (each["answer"].value, each["answer"].n) for name, each in summary.kinds.items()}
    assert kinds == {"why": ((1 + 0 + 0) / 3, 3), "follow_up": (1, 1), NO_KIND: (None, 0)}


def test_every_group_has_every_measure_in_order() -> None:
    summary = summarise(RUN)
    for each in (*summary.groups.values(), *summary.kinds.values()):
        assert list(each) == list(METRICS)
    assert summary.groups[FOLLOW_UPS]["judge"] == NOTHING


def test_counts() -> None:
    assert asdict(summarise(RUN).counts) == {
        "questions": 6,
        "answerable": 4,
        "unanswerable": 1,
        "unlabelled": 1,
        "drafts": 1,
        "failed": 1,
        "follow_ups": 1,
        "withheld": 1,
        "confident": 4,
        "unlocated_questions": 2,
        "unlocated_pieces": 3,
    }


def test_problems_are_counted_the_commonest_first() -> None:
    assert summarise(RUN).problems == {"its quote is not found in 'a.md'": 2, "its source 'x' is not there": 1}
    many = (record(id=str(at), evidence=(lost(problem=f"reason {at}"),)) for at in range(60))
    problems = summarise(many, resamples=10).problems
    assert len(problems) == 50 + 1
    assert problems[OTHER_PROBLEMS] == 60 - 50


def test_the_curve_is_of_labelled_questions_as_asked() -> None:
    """Answerable 0.9, 0.5, 0.8; unanswerable 0.2: every answerable one is surer."""
    summary = summarise(RUN)
    assert summary.auroc == 3 / 3
    assert [point.threshold for point in summary.curve] == [0.2, 0.5, 0.8, 0.9, None]


def test_a_confidence_that_is_no_number_is_left_out() -> None:
    assert summarise([record(confidence=float("nan"))]).counts.confident == 0


def test_no_records_give_a_summary_of_nothing() -> None:
    summary = summarise([])
    assert summary.counts.questions == 0
    assert set(summary.groups[ALL].values()) == {NOTHING}
    assert (summary.kinds, summary.curve, summary.auroc) == ({}, (), None)


def test_without_kinds_there_is_nothing_by_kind() -> None:
    assert summarise([record()]).kinds == {}


def test_very_many_kinds_are_taken_together() -> None:
    kinds = summarise((record(id=str(at), kind=f"k{at}") for at in range(200)), resamples=10).kinds
    assert len(kinds) == MOST_KINDS + 1
    assert kinds[OTHER_KINDS]["failed"].n == 200 - MOST_KINDS


def test_a_summary_is_json_and_back() -> None:
    adapter: TypeAdapter[Summary] = TypeAdapter(Summary)
    summary = summarise(RUN)
    assert adapter.validate_json(adapter.dump_json(summary)) == summary
    assert "NaN" not in json.dumps(asdict(summary))


def _many(count: int) -> list[Record]:
    """Stand-ins that repeat: what a streaming reader would give, made anew for each."""
    return [
        record(evidence=(piece(0, rank=3, rank_whole=3),), hits=hits([None, None, 0])),
        record(answerable=False, status="refused"),
    ] * (count // 2)


def test_a_summary_of_a_stream_is_that_of_a_list() -> None:
    assert summarise(iter(_many(40))) == summarise(_many(40))


_LARGE = """
import resource, sys
import numpy as np
from rag.evaluate.estimate import summarise
from rag.evaluate.paired import paired
from rag.evaluate.measures import METRICS
from tests.rag.evaluate.measured import record
rng = np.random.default_rng(0)
def stream(n):
    for at in range(n):
        value = float(rng.random())
        yield record(id=str(at), answers=("x",), kind=f"k{at % 3}", contained=value < 0.5, exact=0.0, f1=value,
            similarity=value, confidence=value, timings={"total": value, "retrieve": value, "answer": value})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
summary = summarise(stream(100_000), resamples=20)
assert summary.groups["all"]["f1"].n == 100_000
a, b = ({at: (float(v), 1.0) for at, v in enumerate(rng.random(100_000))} for _ in range(2))
assert paired(METRICS["f1"], a, b, permutations=50, resamples=20).n == 100_000
a, b = ({at: (float(v),) for at, v in enumerate(rng.random(100_000))} for _ in range(2))
assert paired(METRICS["ms-p95"], a, b, permutations=50, resamples=20).n == 100_000
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_hundred_thousand_questions_stay_within_memory(root: Path) -> None:
    """Numbers of 100,000 questions, their intervals and two comparisons, in less than 300 MB above the libraries."""
    done = subprocess.run(
        [sys.executable, "-c", _LARGE], cwd=root, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 300
