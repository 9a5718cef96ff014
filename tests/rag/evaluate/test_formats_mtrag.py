"""MTRAG's generation tasks: conversations, judged and retrieved contexts, what has no answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats import read_questions
from tests.rag.evaluate.questions_on_disk import cases, error, to_jsonl

YES, NO = ({"relevant": {"editor": {"value": value, "timestamp": 1724711472}}} for value in ("yes", "no"))
TASK: dict[str, Any] = {
    "conversation_id": "c",
    "task_id": "c<::>2",
    "task_type": "rag",
    "turn": "2",
    "dataset": "MT-RAG Authors (Internal)",
    "contexts": [
        {"document_id": "d1", "text": "\nIt landed.", "title": "Moon", "score": 27.7, "feedback": YES, "query": {}},
        {"document_id": "d2", "text": "It sank.", "score": 25.1, "feedback": NO},
        {"document_id": "d3", "text": "It burned.", "score": 20.2},
        {"document_id": 4, "text": "They cheered."},
    ],
    "input": [
        {"speaker": "user", "text": "Who landed?", "metadata": {"author_type": "human"}},
        {"speaker": "agent", "text": "The lander."},
        {"speaker": "user", "text": "When?"},
    ],
    "targets": [{"speaker": "agent", "text": "In August."}],
    "Question Type": ["Factoid"],
    "answerability": ["ANSWERABLE"],
    "Multi-Turn": ["Follow-up"],
    "Validity": float("nan"),
    "predictions": [{"text": "what a system said"}],
}


def test_a_task(tmp_path: Path) -> None:
    path = to_jsonl(tmp_path / "reference.jsonl", [TASK])
    assert cases(path) == [
        Case(
            id="c<::>2",
            question="When?",
            kind="answerable",
            history=("Who landed?",),
            answers=("In August.",),
            evidence=(Evidence("d1", "It landed."), Evidence("d2", "It sank.", 0), Evidence("4", "They cheered.")),
            answerable=True,
            line=1,
        )
    ]
    assert read_questions(path).format == "MTRAG (JSONL)"


@pytest.mark.parametrize(
    ("label", "kind", "answerable", "answers"),
    [
        ("PARTIAL", "partial", True, ("In August.",)),
        ("UNANSWERABLE", "unanswerable", False, ()),
        ("CONVERSATIONAL", "conversational", None, ("In August.",)),
        ("UNDERSPECIFIED", "underspecified", None, ("In August.",)),
    ],
)
def test_what_can_be_answered(
    tmp_path: Path, label: str, kind: str, answerable: bool | None, answers: tuple[str, ...]
) -> None:
    renamed = {**TASK, "Answerability": label, "task_id": "d"}
    del renamed["answerability"]
    found = cases(to_jsonl(tmp_path / "a.jsonl", [{**TASK, "answerability": [label]}, renamed]))
    assert {(case.kind, case.answerable, case.answers) for case in found} == {(kind, answerable, answers)}


def test_a_sample_input_without_labels(tmp_path: Path) -> None:
    bare = {key: TASK[key] for key in ("conversation_id", "input")}
    [case] = cases(to_jsonl(tmp_path / "a.jsonl", [bare]))
    assert case == Case("line-1", "When?", history=("Who landed?",), line=1)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"input": []}, "`input`"),
        ({"input": TASK["input"][:2]}, "the last turn of `input` is no question of the user"),
        ({"input": [{"speaker": "user"}]}, "`input[0].text` is missing"),
        ({"answerability": ["PERHAPS"]}, "`answerability[0]`"),
        ({"contexts": [{"text": "x"}]}, "`contexts[0].document_id` is missing"),
        ({"contexts": [{"document_id": "d", "feedback": {"relevant": {"a": 1}}}]}, "`contexts[0].feedback.relevant.a`"),
        ({"targets": "x"}, '`targets` must be a list, not "x"'),
        ({}, "the id 'c<::>2' is taken: the question on line 1 has it"),
    ],
)
def test_what_goes_wrong(tmp_path: Path, fields: dict[str, Any], said: str) -> None:
    message = error(to_jsonl(tmp_path / "a.jsonl", [TASK, {**TASK, **fields}]))
    assert message.startswith("a.jsonl, line 2: ")
    assert said in message
