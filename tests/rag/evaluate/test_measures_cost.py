"""Times and tokens of a question, and the table of measures as a whole."""

from __future__ import annotations

import pytest

from rag.errors import EvaluationError
from rag.evaluate.measures import METRICS, measure, metric
from rag.evaluate.measures.cost import measure as cost
from tests.rag.evaluate.measured import cited, hits, piece, record


def test_times_by_stage() -> None:
    one = record(timings={"total": 120.0, "understand": 5.0, "retrieve": 20.0, "unheard of": 3.0})
    assert cost(one) == {
        "ms-p50": (120,),
        "ms-p95": (120,),
        "understand-ms-p50": (5,),
        "understand-ms-p95": (5,),
        "retrieve-ms-p50": (20,),
        "retrieve-ms-p95": (20,),
    }


def test_usage_where_it_is_known() -> None:
    assert cost(record(usage={"calls": 2, "input_tokens": 700})) == {"calls": (2, 1), "input-tokens": (700, 1)}
    assert cost(record(usage={"calls": 0})) == {"calls": (0, 1)}
    assert cost(record()) == {}


def test_measures_come_in_the_order_of_the_table() -> None:
    one = record(
        answers=("five",),
        contained=True,
        evidence=(piece(0, rank=1, rank_whole=1, cited=True),),
        hits=hits([0]),
        citations=(cited(),),
        timings={"total": 1.0},
    )
    names = list(measure(one))
    assert names == [name for name in METRICS if name in names]
    assert {"recall@5", "answer", "verbatim", "answered", "ms-p95"} <= set(names)


def test_parts_are_as_many_as_the_measure_adds_up() -> None:
    one = record(answerable=False, status="refused", timings={"total": 1.0}, usage={"calls": 1})
    for name, parts in measure(one).items():
        expected = 1 if METRICS[name].quantile is not None else 3 if name == "refusal-f1" else 2
        assert len(parts) == expected, name


def test_every_measure_says_what_it_is() -> None:
    for name, each in METRICS.items():
        assert name == each.name
        assert each.title
        assert each.formula
        assert each.source
        assert "|" not in each.formula + each.source, "it would break the table"


def test_a_measure_by_name() -> None:
    assert metric("recall@5") is METRICS["recall@5"]
    with pytest.raises(EvaluationError, match=r"no measure 'recal@5'.*recall@1, recall@5.*ms-p50"):
        metric("recal@5")
