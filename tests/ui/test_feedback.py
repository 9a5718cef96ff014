"""What readers thought becomes a question set that `rag.evaluate` reads as it was meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import StorageError
from rag.evaluate import read_questions
from rag.results import Short
from tests.ui.fakes import KEVIN, LISTINGS, REASON, grounded, refusal
from tests.ui.hostile import HOSTILE
from ui.conversation import Conversation, Exchange
from ui.feedback import append, line

TALK = Conversation(
    (
        Exchange("Why?", replace(grounded("Why?"), short=Short("Europe", 2)), complete=True),
        Exchange("And how?", refusal("And how?"), complete=True),
        Exchange("When?", problem="The disk is full.", complete=True),
    )
)


def written(folder: Path, *judged: tuple[int, bool, str]) -> Path:
    paths = [append(line(TALK, at, right, comment, LISTINGS), folder) for at, right, comment in judged]
    return paths[-1]


def test_what_was_judged_is_a_test_question(tmp_path: Path) -> None:
    read = read_questions(written(tmp_path, (0, True, "Good."), (1, True, ""), (0, False, "Asia."), (1, False, "")))
    right, unanswerable, wrong, missed = read.cases()
    assert (right.question, right.answers, right.answerable, right.draft) == ("Why?", ("Europe",), True, False)
    assert [(each.source, each.quote) for each in right.evidence] == [("huawei.txt", REASON), ("huawei.txt", KEVIN)]
    assert (unanswerable.answerable, unanswerable.history) == (False, ("Why?",))
    assert [(each.answerable, each.draft, each.evidence) for each in (wrong, missed)] == [(None, True, ())] * 2
    assert '"comment": "Asia."' in read.path.read_text("utf-8")


def test_a_name_that_two_files_have_gives_way_to_the_id() -> None:
    double = [*LISTINGS, replace(LISTINGS[1], place="/other/huawei.txt")]
    assert line(TALK, 0, True, "", double)["evidence"][0]["source"] == "a1"


def test_hostile_comments_stay_on_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, *((0, True, f"{text}\n{text}") for text in HOSTILE))
    assert read_questions(path).count == len(HOSTILE)


@pytest.mark.parametrize(("at", "error"), [(9, IndexError), (2, ValueError)])
def test_what_is_not_there_cannot_be_judged(at: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        line(TALK, at, True, "", LISTINGS)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="could not be kept in"):
        written(tmp_path / "absent", (0, True, ""))
