"""A further check by a model for natural language inference, where the user names one.

It tells whether what is cited entails the sentence. Any sentence-transformers cross-encoder will do that has an output
for entailment (its config's id2label says which). It is loaded at the first sentence and never fetched or chosen by us.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import ModelError
from rag.checks import Case

if TYPE_CHECKING:
    from rag.rerank import Encoder

LEAST = 0.5
_BATCH = 8
_NOT_ENTAILING = ("not", "non", "contra", "neutral")


class Entails:
    """A check: what is cited must entail the sentence with at least one half, in the eyes of the model `name`.

    Each cited passage and each run of words that is to be quoted is held against the sentence, as many at once as fit
    in a batch. A sentence for which `seconds` did not suffice is struck out, since nobody has confirmed it.
    """

    def __init__(self, name: str, *, seconds: float = 10.0) -> None:
        self.name = name
        self._seconds = seconds

    def __call__(self, case: Case) -> str | None:
        model, column = self._model, self._column  # loading is not counted
        end = time.monotonic() + self._seconds
        pairs = [(words, case.claim.text) for words in _premises(case)]
        for first in range(0, len(pairs), _BATCH):
            if time.monotonic() > end:
                return f"The model {self.name} had no time to look for it in the passage it cites."
            told = model.predict(pairs[first : first + _BATCH], show_progress_bar=False, apply_softmax=True)
            if np.asarray(told)[:, column].max() >= LEAST:
                return None
        return f"The model {self.name} does not find it in the passage it cites."

    def warm(self) -> None:
        """Loads the model. Raises ModelError."""
        _ = self._column

    @cached_property
    def _model(self) -> Encoder:
        from rag.rerank import cross_encoder

        return cross_encoder(self.name, "NLI model", _WHAT_TO_GIVE)

    @cached_property
    def _column(self) -> int:
        told = getattr(self._model.config, "id2label", None)
        labels: Mapping[int, str] = told or {}
        found = [at for at, label in labels.items() if _is_entailment(label)]
        if len(labels) < 2 or len(found) != 1:
            names = ", ".join(map(str, labels.values())) or "no label"
            unsaid = f"does not say which of its outputs is entailment ({names})"
            raise ModelError(f"The NLI model {self.name!r} {unsaid}. {_WHAT_TO_GIVE}")
        return int(found[0])


_WHAT_TO_GIVE = (
    "Give a folder that holds a cross-encoder for natural language inference whose config.json names its labels "
    "(id2label), or the name of one that is on this machine."
)


def _is_entailment(label: str) -> bool:
    low = str(label).lower()
    return "entail" in low and not low.startswith(_NOT_ENTAILING)


def _premises(case: Case) -> Sequence[str]:
    """The likeliest first: the words that are to be quoted, then the whole passages with what is known of them."""
    quoted = [f"{span.said_by}: {span.text}" if span.said_by else span.text for _, span in case.found]
    told = [f"{given.title}\n{given.origin}\n{given.people}\n{given.text}" for given in case.cited]
    return list(dict.fromkeys([*quoted, *told]))
