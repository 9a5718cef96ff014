"""How well the network finds the evidence among what search found, beside search alone and mixtures of both."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from rag.reader.network import Network
from rag.reader.sheet import laid_out
from rag.reader.tokens import padded, read_rows
from rag.reader.training.mine import Group
from rag.reader.training.styles import Style, as_is

READ = 20
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for one question: each passage's first score, the network's logits, and what is right."""

    answerable: bool
    first: Floats
    rank: Floats
    answers: Floats
    right: npt.NDArray[np.bool_]
    sentences: Floats
    right_sentences: npt.NDArray[np.bool_]

    @property
    def is_found(self) -> bool:
        """Whether the evidence is among the passages read."""
        return bool(self.right.any())


def read_group(network: Network, group: Group, style: Style = as_is, seed: int = 7) -> Read:
    """The first READ passages of one question, read in one style."""
    chance = random.Random(f"{seed} {group.question}")  # noqa: S311
    shown = group.mined[:READ]
    told = [style(each.passage, chance) for each in shown]
    rows = read_rows([group.question] * len(told), [laid_out(each.title, each.turns) for each in told])
    with torch.inference_mode():
        scores = network(padded(rows))
    return Read(
        group.answerable,
        np.array([each.score for each in shown]),
        scores.rank.double().numpy(),
        scores.answers.double().numpy(),
        np.array([any(each.right) for each in told]),
        scores.sentences.double().numpy(),
        np.array([flag for each in told for flag in each.right]),
    )


def mixed(share: float) -> Callable[[Read], Floats]:
    """First score and the network's, both scaled to 0..1, as `rag.reread` mixes them."""
    return lambda each: (1 - share) * each.first + share * _scaled(each.rank)


def _scaled(scores: Floats) -> Floats:
    spread = scores.max() - scores.min()
    return (scores - scores.min()) / spread if spread else np.ones_like(scores)


def ranks(reads: Iterable[Read], score: Callable[[Read], Floats]) -> list[int]:
    """The place of the first right passage by a score, 0 where none was among those read."""
    return [_place(each, score(each)) for each in reads]


def _place(read: Read, scores: Floats) -> int:
    places = np.flatnonzero(read.right[np.argsort(-scores, kind="stable")])
    return int(places[0]) + 1 if len(places) else 0


def figures(places: Sequence[int]) -> dict[str, float]:
    """recall@1, recall@5 and MRR@10."""
    count = max(1, len(places))
    return {
        "recall@1": sum(place == 1 for place in places) / count,
        "recall@5": sum(0 < place <= 5 for place in places) / count,
        "mrr@10": sum(1 / place for place in places if 0 < place <= 10) / count,
    }


def best_sentence(reads: Sequence[Read], count: int) -> float:
    """How often one of the `count` sentences scored highest, of all passages read, is evidence."""
    found = [each.right_sentences[np.argsort(-each.sentences)[:count]].any() for each in reads]
    return float(np.mean(found)) if found else 0.0


def area(reads: Sequence[Read]) -> float:
    """AUROC of the likeliest passage's `answers`, evidence being among those read or not; 0.5 is chance."""
    yes = [each.answers.max() for each in reads if each.is_found]
    no = [each.answers.max() for each in reads if not each.is_found]
    if not yes or not no:
        return float("nan")
    return float(np.mean([(one > other) + 0.5 * (one == other) for one in yes for other in no]))
