"""Question sets of a few lines, and an answerer of a function to ask them, for the tests of whole runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rag.evaluate import Record, Results, evaluate
from rag.results import Answer

HUAWEI = "2018-04-19_huawei-turns-to-europe.txt"
VOTE = "voted 5-0 for a draft order"
Ask = Callable[[str, Sequence[str]], Answer]


class Answering:
    """An answerer of a function, which counts what it is asked."""

    name = "a test's own"

    def __init__(self, answer: Ask) -> None:
        self._answer = answer
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        return self._answer(question, history)


def question_set(folder: Path, *questions: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in questions))
    return path


def one(**changed: Any) -> dict[str, Any]:
    evidence = [{"source": HUAWEI, "quote": VOTE}]
    return {"id": "q", "kind": "number", "question": "How?", "answers": ["5-0"], "evidence": evidence, **changed}


def run(tmp_path: Path, archive: Path, answer: Ask, *questions: dict[str, Any]) -> Results:
    return evaluate(question_set(tmp_path, *questions), archive, answerer=Answering(answer))


def only(results: Results) -> Record:
    [record] = results.records()
    return record
