"""Two runs side by side: which questions moved, and what else is not the same between the runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.errors import ResultsError
from rag.evaluate import compare
from rag.evaluate.record import FoundEvidence, Record
from rag.evaluate.store import Store

SETTINGS = {"top_k": 10, "words_weight": 0.5}
ABOUT = {"fingerprint": {"archive": "a", "settings": SETTINGS}, "versions": {"numpy": "2"}, "machine": {"load": 1}}


def answered(key: str, *, right: bool, rank: int | None = 1, variant: Any = "as asked") -> Record:
    return Record(
        id=key,
        variant=variant,
        kind="who",
        question=f"Who {key}?",
        history=(),
        answers=("she",),
        every=False,
        answerable=True,
        draft=False,
        status="grounded",
        text=f"{'She' if right else 'He'} did [1].",
        evidence=(FoundEvidence("s", "she", transcript_id="t", spans=((0, 3),), rank=rank, cited=right),),
        contained=right,
        exact=0.0,
        f1=0.5,
    )


def results(folder: Path, records: Sequence[Record], **changed: Any) -> Path:
    store = Store(folder)
    with store.writing():
        store.begin({**ABOUT, **changed})
        with store.appending() as file:
            for record in records:
                store.append(file, record)
    return folder


def test_what_moved_is_shown_with_both_answers(tmp_path: Path) -> None:
    a = results(tmp_path / "a", [answered("x", right=False), answered("y", right=True), answered("z", right=True)])
    b = results(tmp_path / "b", [answered("x", right=True), answered("y", right=True), answered("z", right=False)])
    compared = compare(a, b)
    assert [(each.id, each.better) for each in compared.changes] == [("x", True), ("z", False)]
    first = compared.changes[0]
    assert first.moved["answer"] == (0.0, 1.0)
    assert (first.a_text, first.b_text) == ("He did [1].", "She did [1].")
    pair = compared.metrics["answer"]
    assert (pair.a, pair.b, pair.better, pair.worse, pair.same) == (2 / 3, 2 / 3, 1, 1, 1)
    assert pair.difference == 0


def test_a_run_beside_itself_has_not_changed(tmp_path: Path) -> None:
    a = results(tmp_path / "a", [answered("x", right=False), answered("y", right=True)])
    compared = compare(a, a)
    assert (compared.changes, compared.differ, compared.only_a, compared.only_b) == ((), {}, (), ())
    assert compared.metrics["answer"].p == 1


def test_what_else_differs_is_told_and_the_load_is_not(tmp_path: Path) -> None:
    a = results(tmp_path / "a", [answered("x", right=True)])
    other = {"fingerprint": {"archive": "b", "settings": {**SETTINGS, "top_k": 20}}, "machine": {"load": 9}}
    b = results(tmp_path / "b", [answered("x", right=True)], **other)
    assert compare(a, b).differ == {"archive": ("a", "b"), "top_k": (10, 20)}


def test_questions_of_one_run_only_are_named_and_left_out(tmp_path: Path) -> None:
    a = results(tmp_path / "a", [answered("x", right=True), answered("y", right=False)])
    b = results(tmp_path / "b", [answered("x", right=True), answered("z", right=False)])
    compared = compare(a, b)
    assert (compared.only_a, compared.only_b) == (("y",), ("z",))
    assert compared.metrics["answer"].n == 1


def test_questions_without_their_history_are_not_compared(tmp_path: Path) -> None:
    withheld = answered("x", right=False, variant="without history")
    a = results(tmp_path / "a", [answered("x", right=True), withheld])
    assert compare(a, a).metrics["answer"].a == 1


def test_a_run_that_was_killed_is_compared_as_far_as_it_came(tmp_path: Path) -> None:
    a = results(tmp_path / "a", [answered("x", right=True), answered("y", right=True)])
    b = results(tmp_path / "b", [answered("x", right=True), answered("y", right=True)])
    torn = b / "results.jsonl"
    torn.write_bytes(torn.read_bytes()[:-40])
    compared = compare(a, b)
    assert (compared.only_a, compared.only_b) == (("y",), ())
    assert compared.metrics["answer"].n == 1


def test_runs_of_different_sets_are_not_compared(tmp_path: Path) -> None:
    a = results(tmp_path / "a", [answered("x", right=True)])
    b = results(tmp_path / "b", [answered("y", right=True)])
    c = results(tmp_path / "c", [replace(answered("x", right=True), question="Where?")])
    with pytest.raises(ResultsError, match="no question in common"):
        compare(a, b)
    with pytest.raises(ResultsError, match=r"something else .* under the id 'x'"):
        compare(a, c)
    with pytest.raises(ResultsError, match="holds no results"):
        compare(a, tmp_path)
