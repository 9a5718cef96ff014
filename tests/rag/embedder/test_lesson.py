"""Material for the embedder: what reporters ask, what a lesson holds, and that its text is what archives embed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ingest import sync
from ingest.archive import Archive
from ingest.passages import indexed_text, split
from ingest.transcript import Turn
from rag.embedder.lesson import CARELESS, as_embedded, lesson, typed
from rag.embedder.pairs import asked_in, reporters
from rag.reader.sheet import heard
from rag.reader.training.mine import Group, Mined
from rag.reader.training.styles import Passage
from tests.rag.builders import hit, transcript
from tests.rag.reader.test_training import group

LONG = (
    "It opens in May, once the last of the old cables have been replaced, the road has been laid anew and the river "
    "police have agreed to the plan for it."
)
BRIEFING = f"""MS. LEE: Good morning. What a day it is for all of us who waited so long for it, is it not?

Q Thank you. The bridge was closed in March. When will it be open again to trucks and buses?

MS. LEE: The bridge? {LONG}

Q Why?

MS. LEE: {LONG}

Q Can you tell us what the whole of the repair has cost the city so far?

Q And who pays for the part of it that nobody had expected to be broken?

MS. LEE: No.
"""


def turn(text: str) -> Turn:
    return Turn(0, None, None, None, None, text, 0, "Q")


def test_reporters_questions_with_what_they_are_answered(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: On the bridge\ndate: 2021-01-02\n---\n{BRIEFING}")
    sync([tmp_path / "a.md"], tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as archive:
        [found] = reporters(archive)
    assert found.question == "The bridge was closed in March. When will it be open again to trucks and buses?"
    assert found.source == "a.md"
    [mined] = found.mined
    assert mined.is_right
    assert [each.sentences for each in mined.passage.turns] == [("The bridge?", LONG)]
    assert mined.passage.title == "On the bridge · 2 January 2021"


WHERE = "And what of the third of them, which nobody has seen?"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Why?", ""),
        ("No question here, only a remark about how long this has been going on.", ""),
        (f"One. Two? {WHERE} Thanks.", f"Two? {WHERE}"),
        ("It has been a " + "very " * 30 + "long day. Will it be a " + "very " * 10 + "long night?", ""),
    ],
)
def test_only_what_can_be_asked_alone(said: str, asked: str) -> None:
    assert asked_in(turn(said)) == asked


def test_a_lesson_has_the_right_passage_and_a_likely_mistake_but_no_doubtful_one() -> None:
    for seed in range(20):
        held = lesson(group(), random.Random(seed))
        assert set(held.right.lower().split()) & {"vote", "five", "nil", "nil."}
        assert held.wrong is not None
        assert set(held.wrong.lower().split()) & {"dog", "sat"}
        assert "maybe" not in held.wrong.lower()


def test_where_nothing_else_was_found_there_is_no_mistake_to_learn_from() -> None:
    right = [each for each in group().mined if each.is_right]
    assert lesson(Group("How?", "a.md", True, tuple(right)), random.Random(1)).wrong is None


def test_questions_are_typed_carelessly_now_and_then() -> None:
    chance = random.Random(1)
    seen = [typed("Who voted, Ann?", chance) for _ in range(1000)]
    assert set(seen) == {"Who voted, Ann?", "who voted, ann"}
    assert CARELESS - 0.05 < seen.count("who voted, ann") / 1000 < CARELESS + 0.05


def test_what_is_learned_from_is_laid_out_as_archives_embed_it() -> None:
    whole = transcript()
    for passage in split(whole):
        found = hit(whole, passage.first_turn, passage.last_turn)
        told, spans = heard(found, whole)
        title = indexed_text(whole, found.passage).split("\n")[0]
        mined = Mined(Passage(title, told, (False,) * len(spans)), 0.0, False)
        assert as_embedded(mined.passage) == indexed_text(whole, found.passage)
