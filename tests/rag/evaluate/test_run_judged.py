"""A run with a language model as judge: what it says, what it cannot say, and what it cost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rag.engine import Engine
from rag.errors import QuestionError
from rag.evaluate import ModelJudge, evaluate
from rag.evaluate.estimate import ALL
from rag.results import Answer, Citation
from tests.rag.builders import Saying
from tests.rag.evaluate.asking import VOTE, Answering, one, only, question_set


def test_what_a_language_model_costs_and_what_a_judge_says_is_kept_apart(tmp_path: Path, sample_archive: Path) -> None:
    questions = question_set(tmp_path, one(question="How did the FCC vote on the draft order?"))
    judge = ModelJudge(Saying(says="wrong: it is not about the vote"), "a judge")
    with Engine(sample_archive, llm=Saying(says="It voted 5-0 for a draft order [1].")) as engine:
        results = evaluate(questions, sample_archive, answerer=engine, judge=judge, out=tmp_path / "out")
    record = only(results)
    assert record.usage["calls"] == 1
    assert {"write", "verify"} <= set(record.timings)
    assert (record.judged, results.summary.groups[ALL]["judge"].value) == ("wrong", 0)
    assert record.sentences == ()
    about = json.loads((tmp_path / "out" / "run.json").read_text())
    assert about["judge"] == "a judge"
    assert about["judge_usage"]["calls"] >= 1


def test_a_question_that_failed_is_wrong_to_a_judge(tmp_path: Path, sample_archive: Path) -> None:
    def complain(question: str, _: Sequence[str]) -> Answer:
        raise QuestionError("The question is empty.")

    judge = ModelJudge(Saying(says="correct"), "a judge")
    questions = question_set(tmp_path, one(), one(id="no", answers=[], evidence=[]))
    results = evaluate(questions, sample_archive, answerer=Answering(complain), judge=judge)
    assert [(record.judged, record.judge_reason) for record in results.records()] == [
        ("wrong", "It ended in an error."),
        ("", ""),
    ]
    judged = results.summary.groups[ALL]["judge"]
    assert (judged.value, judged.n) == (0, 1)
    assert judge.usage == {}


def test_a_judge_that_could_not_judge_the_citations_says_so_beside_its_verdict(
    tmp_path: Path, sample_archive: Path, quote: Callable[[str], Citation]
) -> None:
    right = Answer("How?", f"“{VOTE}” [1]", (quote(VOTE),), ())
    judge = ModelJudge(Saying(says="correct\nIt says so."), "a judge")
    questions = question_set(tmp_path, one())
    record = only(evaluate(questions, sample_archive, answerer=Answering(lambda *_: right), judge=judge))
    assert (record.judged, record.sentences) == ("correct", ())
    assert record.judge_reason == (
        "It says so. Citations not judged: The judge a judge said neither yes nor no: “correct It says so.”"
    )


def test_what_a_judge_cost_adds_up_over_the_parts_of_a_run(
    tmp_path: Path, sample_archive: Path, quote: Callable[[str], Citation]
) -> None:
    right = Answer("How?", f"“{VOTE}” [1]", (quote(VOTE),), ())
    questions, out = question_set(tmp_path, one(id="a"), one(id="b", question="Stop?")), tmp_path / "out"
    stopped = False

    def answer(question: str, _: Sequence[str]) -> Answer:
        if question == "Stop?" and not stopped:
            raise KeyboardInterrupt
        return right

    judge = ModelJudge(Saying(says="YES"), "a judge")
    with pytest.raises(KeyboardInterrupt):
        evaluate(questions, sample_archive, answerer=Answering(answer), judge=judge, out=out)
    stopped, each = True, {"calls": 1 + 1}
    assert json.loads((out / "run.json").read_text())["judge_usage"] == each
    results = evaluate(questions, sample_archive, answerer=Answering(answer), judge=judge, out=out)
    assert results.about["judge_usage"] == {"calls": 2 * each["calls"]} == judge.usage
    again = evaluate(questions, sample_archive, answerer=Answering(answer), judge=judge, out=out)
    assert again.about["judge_usage"] == {"calls": 2 * each["calls"]}
