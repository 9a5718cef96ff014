"""Runs the network over sheets, a few at a time until time is up. It is all of reading that needs torch."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch

from ingest.embed import bf16_is_faster
from rag.reader.network import Network
from rag.reader.sheet import Sheet
from rag.reader.stored import load
from rag.reader.tokens import Row, padded, read_rows

_BATCH = 10


@dataclass(frozen=True, slots=True)
class Scored:
    """A sheet's logits: `rank`, `answers`, and one for each of its sentences."""

    rank: float
    answers: float
    sentences: tuple[float, ...]


@lru_cache(maxsize=2)
def network(folder: Path) -> Network:
    """The network stored there, one copy for all of a process: reading changes nothing of it. Raises ModelError."""
    stored = load(folder)
    return stored.bfloat16() if bf16_is_faster() else stored


def scored(network: Network, question: str, sheets: Sequence[Sheet], seconds: float) -> list[Scored]:
    """The sheets' logits, those of the first ones at least; no batch is begun after `seconds`."""
    rows, end = read_rows([question] * len(sheets), sheets), time.monotonic() + seconds
    found: list[Scored] = []
    for first in range(0, len(rows), _BATCH):
        if found and time.monotonic() > end:
            break
        found += _forward(network, rows[first : first + _BATCH])
    return found


def _forward(network: Network, rows: Sequence[Row]) -> list[Scored]:
    with torch.inference_mode():
        logits = network(padded(rows))
    told = logits.sentences.float().split([row.sentences for row in rows])
    ranks, answers = logits.rank.float().tolist(), logits.answers.float().tolist()
    return [Scored(rank, answer, tuple(each.tolist())) for rank, answer, each in zip(ranks, answers, told, strict=True)]
