"""Teaches the embedder: a question's vector towards the passage that answers, away from all others of the step.

The loss is that of van den Oord et al. 2018 (InfoNCE, arXiv:1807.03748) over the passages of a step (Henderson et al.
2017, arXiv:1705.00652), to which each question adds one hard to tell from the right one. Words, places and their norm
stay as published: there is too little text here to teach words by.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from rag.embedder.lesson import Lesson, lesson
from rag.reader.network import Batch, Network
from rag.reader.tokens import Row, padded, tokenizer
from rag.reader.training.course import Course, learn
from rag.reader.training.mine import Group

ASKED_TOKENS, TOLD_TOKENS = 64, 192


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Course):
    """How long and how fast: `steps` of `lessons` questions, at most `rate`. Cosines are multiplied by `sharpness`."""

    lessons: int = 32
    rate: float = 3e-5
    warm_up: float = 1 / 16
    sharpness: float = 20.0
    save_every: int = 25


def vectors(network: Network, texts: Sequence[str], most: int) -> Tensor:
    """The texts' unit vectors as the embedder makes them, mean over tokens, from `most` tokens of each."""
    device = network.words.weight.device
    batch = _batch(texts, most, device)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        hidden = network.encoded(batch)
    seen = batch.mask[..., None].float()
    return functional.normalize((hidden.float() * seen).sum(1) / seen.sum(1), dim=-1)


def _batch(texts: Sequence[str], most: int, device: torch.device) -> Batch:
    encoded = [tuple(each.ids) for each in tokenizer().encode_batch(list(texts))]
    cut = [ids if len(ids) <= most else (*ids[: most - 1], ids[-1]) for ids in encoded]
    batch = padded([Row(ids, len(ids), (-1,) * len(ids), 0) for ids in cut])
    return replace(batch, ids=batch.ids.to(device), types=batch.types.to(device), mask=batch.mask.to(device))


def loss_of(asked: Tensor, told: Tensor, sharpness: float) -> Tensor:
    """The mean of what each question loses on telling its passage, the one in its own row, from all others."""
    return functional.cross_entropy(sharpness * asked @ told.T, torch.arange(len(asked), device=asked.device))


def train(network: Network, groups: Callable[[int], Iterator[Group]], plan: Plan, kept: Path) -> Iterator[float]:
    """Goes through the plan, each step's loss as it is made; from the file `kept`, if a run was broken off."""
    layers = {"params": list(network.layers.parameters()), "lr": plan.rate, "peak": plan.rate}

    def lost(source: Iterator[Group], chance: random.Random) -> Tensor:
        return _lost(network, [lesson(next(source), chance) for _ in range(plan.lessons)], plan.sharpness)

    return learn(network, torch.optim.AdamW([layers], weight_decay=0.01), plan, groups, lost, kept)


def _lost(network: Network, lessons: Sequence[Lesson], sharpness: float) -> Tensor:
    told = [each.right for each in lessons] + [each.wrong for each in lessons if each.wrong is not None]
    asked = vectors(network, [each.question for each in lessons], ASKED_TOKENS)
    return loss_of(asked, vectors(network, told, TOLD_TOKENS), sharpness)
