"""RAGAS sets, new names and old, in the ways its own library and pandas write them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats import read_questions
from tests.rag.evaluate.questions_on_disk import cases, error, to_file, to_jsonl

SAMPLE = {
    "user_input": "Who landed?",
    "retrieved_contexts": ["Something else."],
    "reference_contexts": ["It landed.", "They cheered.", "It landed."],
    "response": "Nobody.",
    "reference": "The lander",
    "synthesizer_name": "single-hop specific",
    "rubrics": {"score1_description": "bad"},
}
READ = Case(
    id="line-1",
    question="Who landed?",
    kind="single_hop_specific",
    answers=("The lander",),
    evidence=(Evidence("", "It landed."), Evidence("", "They cheered.")),
    answerable=True,
    line=1,
)


def one(folder: Path, **fields: Any) -> Case:
    [case] = cases(to_jsonl(folder / "set.jsonl", [fields]))
    return case


def test_a_sample_of_today(tmp_path: Path) -> None:
    path = to_jsonl(tmp_path / "set.jsonl", [SAMPLE])
    assert cases(path) == [READ]
    assert read_questions(path).format == "RAGAS (JSONL)"


def test_a_json_list(tmp_path: Path) -> None:
    path = to_file(tmp_path / "set.json", json.dumps([SAMPLE], indent=1))
    [case] = cases(path)
    assert (case.id, case.evidence, read_questions(path).format) == ("item[0]", READ.evidence, "RAGAS (JSON)")


def test_a_csv_as_ragas_and_pandas_write_it(tmp_path: Path) -> None:
    """Both write a list as Python prints it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(SAMPLE))
    writer.writeheader()
    writer.writerow(SAMPLE)
    path = to_file(tmp_path / "set.csv", out.getvalue())
    [case] = cases(path)
    assert (case.question, case.answers, case.evidence) == (READ.question, READ.answers, READ.evidence)
    assert (case.line, read_questions(path).format) == (2, "RAGAS (CSV)")


MESSAGES = [
    {"content": "Who landed?", "type": "human", "metadata": None},
    {"content": "The lander.", "type": "ai", "tool_calls": [{"name": "look", "args": {}}]},
    {"content": "42", "type": "tool"},
    {"content": "When?", "type": "human"},
    {"content": "In August.", "type": "ai"},
]


def test_a_conversation_ends_in_the_last_human_message(tmp_path: Path) -> None:
    case = one(tmp_path, user_input=MESSAGES, reference="23 August")
    assert (case.question, case.history, case.answers) == ("When?", ("Who landed?",), ("23 August",))
    content = 'user_input,reference\n"' + repr(MESSAGES).replace('"', '""') + '",23 August\n'
    [from_csv] = cases(to_file(tmp_path / "set.csv", content))
    assert (from_csv.question, from_csv.history) == ("When?", ("Who landed?",))


@pytest.mark.parametrize(
    ("fields", "answers", "quotes"),
    [
        ({"ground_truth": "a", "contexts": ["retrieved"], "answer": "what a system said"}, ("a",), []),
        ({"ground_truths": ["a", "b"], "answer": "c"}, ("a", "b"), []),
        ({"ground_truth": "a", "contexts": ["made from this"], "evolution_type": "simple"}, ("a",), ["made from this"]),
        ({"ground_truth": "", "contexts": ["retrieved"]}, (), []),
        ({"ground_truth": float("nan"), "contexts": ["retrieved"]}, (), []),
        ({"contexts": ["retrieved"], "answer": "what a system said"}, (), []),
        ({"reference": None, "reference_contexts": ["x"]}, (), ["x"]),
    ],
)
def test_old_names_and_what_a_system_retrieved_or_said(
    tmp_path: Path, fields: dict[str, Any], answers: tuple[str, ...], quotes: list[str]
) -> None:
    case = one(tmp_path, question="Who?", **fields)
    assert case.answers == answers
    assert [each.quote for each in case.evidence] == quotes
    assert case.answerable is (True if answers or quotes else None)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"user_input": ""}, "`user_input` holds no question of a human"),
        ({"user_input": []}, "`user_input` holds no question of a human"),
        ({"user_input": [{"content": "x", "type": "ai"}]}, "`user_input` holds no question of a human"),
        ({"user_input": [{"content": "x"}]}, "`user_input[0].type` is missing"),
        ({"user_input": 3}, "`user_input` must be a list, not 3"),
        ({"user_input": "Who?", "reference": 3}, "`reference` must be a list, not 3"),
        ({"user_input": "Who?", "reference_contexts": [3]}, "`reference_contexts[0]` must be text, not 3"),
        ({"reference": "x", "question": None}, "`question` must be a list, not null"),
    ],
)
def test_what_goes_wrong(tmp_path: Path, fields: dict[str, Any], said: str) -> None:
    message = error(to_jsonl(tmp_path / "set.jsonl", [{"user_input": "Who?"}, fields]))
    assert message.startswith("set.jsonl, line 2: ")
    assert said in message
