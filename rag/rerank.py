"""Any sentence-transformers cross-encoder as a reader, by name or folder: it orders passages and tells no more."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from ingest.errors import ModelError
from ingest.transcript import Transcript
from rag.reader.reading import Reading
from rag.reader.sheet import sheet_of
from rag.results import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

    Encoder: TypeAlias = CrossEncoder

_BATCH = 8


def cross_encoder(name: str, what: str, advice: str) -> CrossEncoder:
    """The model of that name or folder. Raises ModelError, which says what it was for and what to give instead."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        model: CrossEncoder = CrossEncoder(name)
    except (OSError, ValueError) as error:
        cause = str(error).rstrip(".")
        raise ModelError(f"The {what} {name!r} could not be loaded: {cause}. {advice}") from error
    return model


class CrossEncoderReader:
    """A Reader by a model of your own, loaded at first use; reads until `seconds` are over."""

    def __init__(self, name: str, transcript_of: Callable[[str], Transcript], *, seconds: float = 10.0) -> None:
        self.name = name
        self._transcript_of = transcript_of
        self._seconds = seconds

    @cached_property
    def _model(self) -> CrossEncoder:
        advice = (
            "Give a folder that holds a cross-encoder of sentence-transformers, the name of one that is on this "
            "machine, or: --reranker none"
        )
        return cross_encoder(self.name, "reranker", advice)

    def warm(self) -> None:
        """Loads the model. Raises ModelError."""
        _ = self._model

    def read(self, question: str, hits: Sequence[Hit]) -> Sequence[Reading]:
        """A reading for each hit; those that `seconds` did not suffice for are left out. Raises ModelError."""
        texts = [sheet_of(hit, self._transcript_of(hit.passage.transcript_id))[0].text for hit in hits]
        scores: list[float] = []
        model, end = self._model, time.monotonic() + self._seconds
        for first in range(0, len(texts), _BATCH):
            if scores and time.monotonic() > end:
                break
            pairs = [(question, text) for text in texts[first : first + _BATCH]]
            scores += map(float, model.predict(pairs, show_progress_bar=False))
        return [Reading(score) for score in scores]
