"""How well vectors alone find what answers a question."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from rag.embedder.fit import ASKED_TOKENS, vectors
from rag.embedder.lesson import as_embedded
from rag.embedder.pool import Pool
from rag.reader.network import Network
from rag.reader.training.judge import figures
from rag.reader.training.styles import Style, as_is

TOLD_TOKENS, BATCH = 256, 32


def judged(network: Network, held: Pool, style: Style = as_is, seed: int = 7) -> dict[str, float]:
    """recall@1, recall@5 and MRR@10 of the passages by cosine, told in one style."""
    chance = random.Random(seed)  # noqa: S311
    told = [as_embedded(style(passage, chance)) for passage in held.passages]
    network.eval()
    cosines = _embedded(network, held.questions, ASKED_TOKENS) @ _embedded(network, told, TOLD_TOKENS).T
    return figures([_place(row, right) for row, right in zip(cosines, held.right, strict=True)])


def _embedded(network: Network, texts: Sequence[str], most: int) -> npt.NDArray[np.float32]:
    """In order of length, so that little of a batch is padding."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    rows = np.zeros((len(texts), network.words.embedding_dim), dtype=np.float32)
    with torch.inference_mode():
        for first in range(0, len(order), BATCH):
            some = order[first : first + BATCH]
            rows[some] = vectors(network, [texts[at] for at in some], most).cpu().numpy()
    return rows


def _place(cosines: npt.NDArray[np.float32], right: frozenset[int]) -> int:
    """The rank of the first right passage, from 1."""
    order = np.argsort(-cosines, kind="stable").tolist()
    return next(rank for rank, at in enumerate(order, 1) if at in right)
