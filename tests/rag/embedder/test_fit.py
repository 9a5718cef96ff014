"""Teaching the embedder: its vectors, the loss as arithmetic, a small lesson learned, a run broken off, figures."""

from __future__ import annotations

import math
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
import torch

from ingest.embed import question_embedder
from rag.embedder.changed import begun, changes
from rag.embedder.fit import Plan, loss_of, train, vectors
from rag.embedder.judge import judged
from rag.embedder.lesson import as_embedded
from rag.embedder.pool import pool
from rag.reader.network import Network
from rag.reader.training.mine import Group, Mined
from rag.reader.training.styles import as_is, captions
from tests.rag.reader.test_training import SMALL, group, passage

TEXTS = ["How did they vote?", "The vote was five to nil. " * 3, "", "word " * 300]


def test_vectors_are_those_of_the_program() -> None:
    with torch.inference_mode():
        ours = vectors(begun().eval(), TEXTS, 256).numpy()
    assert np.min((ours * question_embedder().embed(TEXTS)).sum(axis=1)) > 0.998


def test_the_loss_is_what_the_formula_says() -> None:
    asked = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    told = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    first = math.log(math.e**2 + 1 + 1) - 2
    second = math.log(1 + math.e**2 + math.e**2) - 2
    assert float(loss_of(asked, told, 2.0)) == pytest.approx((first + second) / 2)


def other(at: int) -> Group:
    """A question of its own, its passage and a wrong one."""
    wrong = Mined(passage(f"Nobody counted the {at} horses."), 0.9, False)
    return Group(
        f"Where is number {at}?", "a.md", True, (wrong, Mined(passage(f"Box {at} holds it.", True), 0.5, False))
    )


def test_a_small_lesson_is_learned(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = Network(SMALL, dropout=0.0)
    groups = [other(at) for at in range(8)]
    words = network.words.weight.detach().clone()
    losses = list(train(network, lambda _: cycle(groups), Plan(steps=40, lessons=8, rate=3e-3), tmp_path / "kept.pt"))
    assert sum(losses[-5:]) < 0.5 * sum(losses[:5])
    assert (network.words.weight == words).all()


def test_a_run_broken_off_goes_on_and_one_of_another_plan_does_not(tmp_path: Path) -> None:
    plan, kept = Plan(steps=6, lessons=2, save_every=2), tmp_path / "kept.pt"
    first = train(Network(SMALL), lambda _: cycle([group()]), plan, kept)
    assert len([next(first) for _ in range(5)]) == 5
    del first
    assert len(list(train(Network(SMALL), lambda _: cycle([group()]), plan, kept))) == 6 - 4
    assert list(train(Network(SMALL), lambda _: cycle([group()]), plan, kept)) == []
    assert len(list(train(Network(SMALL), lambda _: cycle([group()]), Plan(steps=3, lessons=2), kept))) == 3


def test_a_share_of_what_was_taught_is_that_share_of_the_way() -> None:
    network = begun()
    weight = network.get_parameter("layers.0.narrow.weight")
    with torch.no_grad():
        weight.add_(0.5)
    half = changes(network, 0.5)
    moved = [name for name, change in half.items() if change.any()]
    assert moved == ["encoder.layer.0.output.dense.weight"]
    assert np.allclose(half[moved[0]], 0.25, atol=1e-6)
    again = begun(changes(network, 1.0)).get_parameter("layers.0.narrow.weight")
    assert torch.allclose(again, weight, atol=1e-6)


def test_a_pool_has_every_passage_once_and_only_questions_with_an_answer() -> None:
    held = pool([group(), group(answerable=False), group()], [passage("Nobody came.")] * 2)
    assert held.questions == ("How did they vote?",) * 2
    assert [as_embedded(each) for each in held.passages] == [
        f"Title\nAnn: {sentence} That is all for now." for sentence in ("Nobody came.", "The vote was five to nil.")
    ]
    assert held.right == (frozenset({1}), frozenset({1}))


def test_figures_are_of_the_whole_pool() -> None:
    """The published model tells a right passage from wrong ones where the words are the same, punctuated or not."""
    told = [
        Mined(passage(text, text.startswith("The vote")), 0.5, False) for text in ("The vote was five.", "A dog sat.")
    ]
    asked = Group("What was the vote?", "a.md", True, tuple(told))
    wrong = [each.passage for each in told]
    for style in (as_is, captions):
        assert judged(begun(), pool([asked], wrong), style) == {"recall@1": 1.0, "recall@5": 1.0, "mrr@10": 1.0}
    misled = Group("What did the dog do?", "a.md", True, tuple(told))
    assert judged(begun(), pool([asked, misled], wrong)) == {
        "recall@1": 1 / 2,
        "recall@5": 1.0,
        "mrr@10": (1 + 1 / 2) / 2,
    }
