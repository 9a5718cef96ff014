"""The reader that comes with the package. Loading torch takes a second or two, once; then 20 passages a fraction."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import torch

from ingest.embed import bf16_is_faster
from ingest.transcript import Transcript
from rag.reader.network import Network, Scores
from rag.reader.reading import Reading
from rag.reader.sheet import Span, sheet_of
from rag.reader.stored import FOLDER, load
from rag.reader.tokens import padded, read_rows
from rag.results import Hit

NAME = "onrecord"
_BATCH = 10


class OwnReader:
    """A Reader by the network of this package. May be asked from several threads: they wait for one another."""

    def __init__(
        self, transcript_of: Callable[[str], Transcript], *, seconds: float = 10.0, folder: Path = FOLDER
    ) -> None:
        self.name = NAME
        self._transcript_of = transcript_of
        self._seconds = seconds
        self._folder = folder
        # Two that read at once on the same cores both take longer than one after the other.
        self._reading = threading.Lock()

    @cached_property
    def _network(self) -> Network:
        network = load(self._folder)
        return network.bfloat16() if bf16_is_faster() else network

    def read(self, question: str, hits: Sequence[Hit]) -> Sequence[Reading]:
        """A reading for each hit; those that `seconds` did not suffice for are left out. Raises ModelError."""
        sheets = [sheet_of(hit, self._transcript_of(hit.passage.transcript_id)) for hit in hits]
        rows = read_rows([question] * len(sheets), [sheet for sheet, _ in sheets])
        readings: list[Reading] = []
        with self._reading, torch.inference_mode():
            end = time.monotonic() + self._seconds
            for first in range(0, len(rows), _BATCH):
                if readings and time.monotonic() > end:
                    break
                batch = slice(first, first + _BATCH)
                readings += _readings(self._network(padded(rows[batch])), [spans for _, spans in sheets[batch]])
        return readings


def _readings(scores: Scores, places: Sequence[Sequence[Span]]) -> list[Reading]:
    ranks, answers = scores.rank.float().tolist(), scores.answers.float().tolist()
    told = iter(scores.sentences.float().tolist())
    return [
        Reading(rank, answer, {start: score for (start, _), score in zip(spans, told, strict=False)})
        for rank, answer, spans in zip(ranks, answers, places, strict=True)
    ]
