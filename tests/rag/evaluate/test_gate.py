"""What a build must reach, read from a command line."""

from __future__ import annotations

import pytest

from rag.errors import EvaluationError
from rag.evaluate.estimate import ALL, NOTHING, Counts, Summary
from rag.evaluate.gate import Shortfall, read_gate, shortfalls
from rag.evaluate.measures import METRICS
from rag.evaluate.metric import Estimate


def summary(**values: float) -> Summary:
    estimates = dict.fromkeys(METRICS, NOTHING)
    for name, value in values.items():
        estimates[name] = Estimate(value, value, value, 10)
    return Summary(Counts(), {ALL: estimates}, {})


def test_reads_several() -> None:
    assert read_gate("recall@5=0.85, answer = .7,") == {"recall@5": 0.85, "answer": 0.7}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Nothing is asked for"),
        (" , ", "Nothing is asked for"),
        ("answer", "'answer' has no value"),
        ("answer=", "no number"),
        ("answer=often", "no number"),
        ("answer=nan", "no number"),
        ("recal@5=0.5", "recall@5"),
        ("false-refusals=0.1", "answered"),
        ("ms-p95=200", "not better when higher"),
    ],
)
def test_what_cannot_be_asked_for_is_told(text: str, told: str) -> None:
    with pytest.raises(EvaluationError, match=told):
        read_gate(text)


def test_only_what_is_below_falls_short() -> None:
    seen = summary(answer=0.69, verbatim=1.0, f1=0.2)
    assert shortfalls(seen, {"verbatim": 1.0, "f1": 0.2}) == ()
    assert shortfalls(seen, {"answer": 0.7, "verbatim": 1.0}) == (Shortfall("answer", 0.7, 0.69),)


def test_a_measure_without_a_value_falls_short() -> None:
    [short] = shortfalls(summary(), {"recall@5": 0})
    assert str(short) == "recall@5 is n/a, at least 0 is asked for"
