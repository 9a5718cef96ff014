"""Weights fitted from data: which sentence answers, and whether any does.

`python -m tests.benchmarks.fit_quotes` fits them anew, once for passages that search alone found and once for those
that our reader has read. `sentence` weighs `rag.sentence_features.FEATURES` in a conditional logit over the sentences
of the passages found. `answerable`, with `bias`, is a logistic regression over the best sentence's features and the
maxima over all of them, from questions that the passages answer and questions whose transcript was withheld; below
`threshold`, where one in twenty of the answerable ones fell in cross-validation, it refuses. Fitted on briefings
questions written for training and on SQuAD 2.0, in equal parts; on neither the samples' questions nor the briefings
test set, and with the reader only on transcripts that it was not trained on.
`support_share` and `support_margin` are ours: how near the best a further quote must come, as `rag.quote.choose` says.
With the reader sentences lie further apart, so it is given more room.
`BY_SEARCH` is of a fit before this, without questions that have no answer: the command will print other numbers for it.

The cosines of another embedder lie elsewhere, so what was fitted with one holds for that one. `FITTED` has the weights
by embedder; one that is not in it gets the default's, which nobody has measured with it, the threshold least of all.
`--model` fits for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.embed import DEFAULT_MODEL


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature; below the `threshold`, a probability, it refuses; what a further quote must come near."""

    sentence: Mapping[str, float]
    answerable: Mapping[str, float]
    bias: float
    threshold: float
    support_share: float = 0.6
    support_margin: float = 3.0


BY_SEARCH = Weights(
    sentence={
        "similarity": 5.58,
        "overlap": 2.44,
        "context": 4.59,
        "passage": 1.70,
        "type": 1.40,
        "asks": -2.32,
        "long": 0.64,
        "follows": 1.59,
    },
    answerable={"best_similarity": 4.48, "best_overlap": 2.85, "best_context": 2.44, "max_vectors": 1.94},
    bias=-5.87,
    threshold=0.194,
)
BY_READER = Weights(
    sentence={
        "similarity": 4.70,
        "overlap": 1.62,
        "context": 3.65,
        "passage": 1.42,
        "type": 1.79,
        "asks": -1.44,
        "long": 0.28,
        "follows": 0.02,
        "reads": 4.19,
    },
    answerable={"best_similarity": 4.55, "best_overlap": 2.86, "best_context": 1.34, "best_reads": 2.34},
    bias=-4.69,
    threshold=0.14,
    support_share=0.5,
    support_margin=4.0,
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights that were fitted with one embedder: without a reader's word and with it."""

    by_search: Weights
    by_reader: Weights


FITTED: Mapping[str, Fitted] = {DEFAULT_MODEL: Fitted(BY_SEARCH, BY_READER)}


def fitted_with(embedder: str) -> Fitted:
    """The weights fitted with the embedder of this name, the default's where there are none."""
    return FITTED.get(embedder, FITTED[DEFAULT_MODEL])
