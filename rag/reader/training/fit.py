"""Teaches the network: groups of passages in drawn styles, three losses, warm-up and linear decay; can be gone on with.

Listwise losses (Cao et al. 2007, doi 10.1145/1273496.1273513) choose the right passage and the right sentence out of
a group's; a logistic loss on each passage says whether any answers. The word embeddings stay as they are: there is too
little text here to teach words by.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from rag.reader.network import Network, Scores
from rag.reader.sheet import laid_out
from rag.reader.tokens import Row, padded, read_rows
from rag.reader.training.course import Course, learn
from rag.reader.training.mine import Group
from rag.reader.training.styles import drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Course):
    """How long and how fast: `steps` of `groups` questions with `passages` each, at most `rate`."""

    groups: int = 4
    passages: int = 8
    rate: float = 7e-5
    head_rate: float = 5e-4
    warm_up: float = 0.06
    save_every: int = 50


@dataclass(frozen=True, slots=True)
class Lesson:
    """A group as rows, with what is right of its passages and sentences; `answered` where any passage is."""

    rows: tuple[Row, ...]
    passages: tuple[bool, ...]
    sentences: tuple[bool, ...]


def lesson(group: Group, passages: int, chance: random.Random) -> Lesson:
    """Right passages and drawn wrong ones, the likeliest mistakes more often than others, all in one drawn style."""
    right = [each for each in group.mined if each.is_right][:2]
    wrong = [each for each in group.mined if not each.is_right and not each.doubtful]
    keys = {id(each): chance.random() ** (1 + 0.15 * at) for at, each in enumerate(wrong)}
    hard = sorted(wrong, key=lambda each: -keys[id(each)])[: passages - len(right)]
    shown = [*right, *hard]
    chance.shuffle(shown)
    style = drawn(chance)
    told = [style(each.passage, chance) for each in shown]
    rows = read_rows([asked(group.question, chance)] * len(told), [laid_out(each.title, each.turns) for each in told])
    flags = [flag for each in told for flag in each.right]
    return Lesson(tuple(rows), tuple(any(each.right) for each in told), tuple(flags))


def asked(question: str, chance: random.Random) -> str:
    """The question, now and then typed without its mark."""
    return question.rstrip("?") if chance.random() < 0.3 else question


def loss_of(scores: Scores, lessons: Sequence[Lesson]) -> Tensor:
    """The mean over the groups of what they lose on passages, on sentences and on whether any answers."""
    total = scores.rank.new_zeros(())
    row = sentence = 0
    for each in lessons:
        ranks, answers = scores.rank[row : row + len(each.rows)], scores.answers[row : row + len(each.rows)]
        told = scores.sentences[sentence : sentence + len(each.sentences)]
        row, sentence = row + len(each.rows), sentence + len(each.sentences)
        total = total + _picked(ranks, each.passages) + _picked(told, each.sentences) + _any(answers, each.passages)
    return total / len(lessons)


def _picked(scores: Tensor, right: Sequence[bool]) -> Tensor:
    flags = torch.tensor(right, dtype=torch.bool)
    if not flags.any() or flags.all():
        return scores.new_zeros(())
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[flags], 0)


def _any(scores: Tensor, right: Sequence[bool]) -> Tensor:
    """Right and wrong passages weigh alike where there are both."""
    wanted = torch.tensor(right, dtype=scores.dtype)
    each = functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none")
    if 0 < wanted.sum() < len(wanted):
        return (each[wanted > 0].mean() + each[wanted == 0].mean()) / 2
    return each.mean()


def train(network: Network, groups: Callable[[int], Iterator[Group]], plan: Plan, folder: Path) -> Iterator[float]:
    """Goes through the plan, each step's loss as it is made; from the last save in the folder, if there is one."""

    def lost(source: Iterator[Group], chance: random.Random) -> Tensor:
        lessons = [lesson(next(source), plan.passages, chance) for _ in range(plan.groups)]
        batch = padded([row for each in lessons for row in each.rows])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(batch)
        return loss_of(Scores(scores.rank.float(), scores.answers.float(), scores.sentences.float()), lessons)

    return learn(network, _optimizer(network, plan), plan, groups, lost, folder / "checkpoint.pt")


def _optimizer(network: Network, plan: Plan) -> torch.optim.Optimizer:
    network.words.weight.requires_grad_(False)
    heads = [*network.passage_head.parameters(), *network.sentence_head.parameters()]
    held = {id(each) for each in heads}
    body = [each for each in network.parameters() if each.requires_grad and id(each) not in held]
    groups = [
        {"params": body, "lr": plan.rate, "peak": plan.rate},
        {"params": heads, "lr": plan.head_rate, "peak": plan.head_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01)
