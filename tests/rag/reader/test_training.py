"""Teaching: losses as arithmetic, pace, going on after a break, and that a small lesson is learned at all."""

from __future__ import annotations

import math
import random
from itertools import cycle
from pathlib import Path

import pytest
import torch

from rag.reader.network import Network, Scores, Shape
from rag.reader.sheet import Said
from rag.reader.training.course import pace
from rag.reader.training.fit import Lesson, Plan, lesson, loss_of, train
from rag.reader.training.judge import Read, area, best_sentence, figures, mixed, ranks, read_group
from rag.reader.training.material import held_back, is_held_back
from rag.reader.training.mine import Group, Mined, load_groups, save_groups
from rag.reader.training.styles import Passage, captions

SMALL = Shape(width=48, layers=1, heads=4, inner=64)


def passage(sentence: str, right: bool = False) -> Passage:
    return Passage("Title", (Said("Ann", (sentence, "That is all for now.")),), (right, False))


def group(answerable: bool = True) -> Group:
    mined = (
        Mined(passage("The dog sat in the garden."), 0.9, False),
        Mined(passage("The vote was five to nil.", answerable), 0.5, False),
        Mined(passage("Maybe five voted."), 0.4, True),
    )
    return Group("How did they vote?", "a.md", answerable, mined)


def test_the_loss_is_what_the_formulas_say() -> None:
    rows = tuple(lesson(group(), 2, random.Random(1)).rows)
    held = Lesson(rows, (False, True), (False, False, True, False))
    scores = Scores(torch.tensor([0.0, 1.0]), torch.tensor([0.0, 0.0]), torch.tensor([0.0, 0.0, 2.0, 0.0]))
    passages = math.log(1 + math.e) - 1
    sentences = math.log(3 + math.exp(2)) - 2
    assert float(loss_of(scores, [held])) == pytest.approx(passages + sentences + math.log(2))


def test_where_none_answers_only_that_is_learned() -> None:
    held = Lesson(tuple(lesson(group(), 2, random.Random(1)).rows), (False, False), (False,) * 4)
    scores = Scores(torch.tensor([3.0, -9.0]), torch.tensor([0.0, 0.0]), torch.zeros(4))
    assert float(loss_of(scores, [held])) == pytest.approx(math.log(2))


def test_a_lesson_holds_the_right_passage_and_no_doubtful_one() -> None:
    for seed in range(20):
        held = lesson(group(), 8, random.Random(seed))
        assert sum(held.passages) == 1
        assert len(held.rows) == 2
        assert len(held.sentences) == sum(row.sentences for row in held.rows)


def test_the_pace_rises_then_falls_to_nothing() -> None:
    paces = [pace(step, 100, 0.1) for step in range(100)]
    assert paces[0] == 1 / 10
    assert max(paces) == paces[9] == 1.0
    assert paces[99] == pytest.approx(1 / 90)
    assert paces[9:] == sorted(paces[9:], reverse=True)


def test_a_small_lesson_is_learned(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = Network(SMALL, dropout=0.0)
    plan = Plan(steps=60, groups=2, rate=3e-3, head_rate=3e-3, save_every=1000)
    losses = list(train(network, lambda _: cycle([group()]), plan, tmp_path))
    assert sum(losses[-5:]) < 0.3 * sum(losses[:5])
    read = read_group(network.eval(), group())
    assert ranks([read], mixed(1.0)) == [1]
    assert ranks([read], mixed(0.0)) == [2]


def test_a_run_broken_off_goes_on(tmp_path: Path) -> None:
    plan = Plan(steps=6, groups=1, save_every=2)
    torch.manual_seed(1)
    first = train(Network(SMALL), lambda _: cycle([group()]), plan, tmp_path)
    assert len([next(first) for _ in range(5)]) == 5
    del first
    rest = list(train(Network(SMALL), lambda _: cycle([group()]), plan, tmp_path))
    assert len(rest) == 6 - 4
    assert list(train(Network(SMALL), lambda _: cycle([group()]), plan, tmp_path)) == []


def test_groups_survive_being_kept(tmp_path: Path) -> None:
    groups = [group(), group(answerable=False)]
    save_groups(groups, tmp_path / "groups.jsonl")
    assert list(load_groups(tmp_path / "groups.jsonl")) == groups


def test_what_teaches() -> None:
    assert group().teaches
    assert group(answerable=False).teaches
    assert not Group("Why?", "a.md", True, group(answerable=False).mined).teaches


def test_held_back_are_whole_transcripts_and_always_the_same() -> None:
    names = {f"{n}.md" for n in range(1000)}
    held = held_back("briefings", names)
    assert 0.08 < len(held) / 1000 < 0.18
    assert all(map(is_held_back, held))
    assert held_back("articles", {"a", "b", "c", "d", "e", "f", "g"}) == {"a", "g"}


def read(first: list[float], rank: list[float], right: list[bool], answers: float = 0.0) -> Read:
    array = torch.tensor
    return Read(
        any(right),
        array(first).double().numpy(),
        array(rank).double().numpy(),
        array([answers] * len(first)).double().numpy(),
        array(right).numpy(),
        array(rank).double().numpy(),
        array(right).numpy(),
    )


def test_figures_are_those_of_the_ranks() -> None:
    assert figures([1, 2, 0, 10]) == {"recall@1": 1 / 4, "recall@5": 2 / 4, "mrr@10": (1 + 1 / 2 + 0 + 1 / 10) / 4}


def test_scores_mix_as_they_do_when_answering() -> None:
    one = read([0.9, 0.1], [-4.0, 4.0], [False, True])
    assert mixed(0.25)(one).tolist() == pytest.approx([0.75 * 0.9 + 0.25 * 0, 0.75 * 0.1 + 0.25 * 1])
    assert ranks([one], mixed(0.0)) == [2]
    assert ranks([one], mixed(0.5)) == [1]
    assert best_sentence([one], 1) == 1.0


def test_area_is_the_share_of_pairs_in_order() -> None:
    reads = [read([1], [0], [True], 2.0), read([1], [0], [True], 0.0), read([1], [0], [False], 1.0)]
    assert area(reads) == 1 / 2


def test_a_style_can_be_judged(tmp_path: Path) -> None:
    network = Network(SMALL).eval()
    assert read_group(network, group(), captions).right.tolist() == [False, True, False]
