"""Is the answer right: which questions count, and for how much."""

from __future__ import annotations

import pytest

from rag.evaluate.measures.answers import measure
from rag.evaluate.record import Record
from tests.rag.evaluate.measured import record

RIGHT = record(answers=("five",), contained=True, exact=0.0, f1=2 / 3, similarity=0.5, judged="partly")


def test_every_measure_of_an_answer() -> None:
    assert measure(RIGHT) == {
        "answer": (1, 1),
        "em": (0, 1),
        "f1": (2 / 3, 1),
        "similarity": (0.5, 1),
        "judge": (0.5, 1),
    }


@pytest.mark.parametrize(("judged", "score"), [("correct", 1), ("partly", 0.5), ("wrong", 0)])
def test_verdicts(judged: str, score: float) -> None:
    assert measure(record(answers=("five",), judged=judged))["judge"] == (score, 1)


@pytest.mark.parametrize("judged", ["", "perhaps"])
def test_no_verdict_is_no_score(judged: str) -> None:
    assert "judge" not in measure(record(answers=("five",), contained=False, judged=judged))


@pytest.mark.parametrize("status", ["refused", "failed"])
def test_no_answer_to_an_answerable_question_scores_zero(status: str) -> None:
    silent = measure(record(answers=("five",), status=status, contained=True, exact=1.0, f1=1.0))
    assert silent == {"answer": (0, 1), "em": (0, 1), "f1": (0, 1), "similarity": (0, 1)}
    assert measure(record(answers=("five",), status=status, judged="wrong"))["judge"] == (0, 1)


@pytest.mark.parametrize(
    "one",
    [
        record(answers=(), contained=True, f1=1.0),
        record(answers=("five",), answerable=False, contained=True),
        record(answers=("five",), answerable=None, contained=True),
        record(answers=(), answerable=False, status="refused"),
    ],
    ids=["no answers given", "unanswerable", "unlabelled", "rightly refused"],
)
def test_without_an_answer_to_compare_with_there_is_nothing_to_measure(one: Record) -> None:
    assert measure(one) == {}
