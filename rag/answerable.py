"""Whether the passages hold an answer at all: what the weighed sentences look like together, as one probability.

Weights are `rag.quote_weights`; a feature they do not name counts for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.embed import Vectors
from rag.quote_weights import Weights, fitted_with
from rag.results import Hit
from rag.sentence_features import FEATURES, Scored, logistic

SURE, SURE_READING, SURE_UNREAD = 0.75, 3.0, 0.9
"""Least likelihood, and the reader's logit of the best sentence, or likelihood without one, for a short answer.

Chosen on training questions over transcripts that the reader did not learn from: at a likelihood of 0.5 only 6 of 11
short answers were right, at 0.75 all 3. A new fit of the likelihood needs a new look.
"""

_READS = FEATURES.index("reads")
_SIMILARITY = FEATURES.index("similarity")
_PASSAGE_VECTORS = FEATURES.index("vectors")
_MOST_DEVIATIONS = 5.0
_SCALE = 10.0


def weights_for(hits: Sequence[Hit], embedder: str) -> Weights:
    """Those fitted with this embedder, and with what a reader says where one that tells of sentences has read."""
    fitted = fitted_with(embedder)
    return fitted.by_reader if any(hit.read for hit in hits) else fitted.by_search


def likelihood(scored: Sequence[Scored], weights: Weights) -> float:
    """How likely it is, from 0 to 1, that the sentences hold an answer at all."""
    if not scored:
        return 0.0
    measured = signals(scored)
    return logistic(weights.bias + sum(weight * measured[name] for name, weight in weights.answerable.items()))


def is_sure(scored: Sequence[Scored], confidence: float) -> bool:
    """Whether the best sentence is so likely the right one that a few of its words may stand for the answer."""
    if not scored or confidence < SURE:
        return False
    best = scored[0]
    return best.candidate.reading >= SURE_READING if best.candidate.hit.read else confidence >= SURE_UNREAD


def signals(scored: Sequence[Scored]) -> dict[str, float]:
    """What tells of an answer: of the best sentence, of all of them, and of how far the best stands out.

    "best_…" are the features of the best sentence, "max_…" the largest among all. "lead" is how far the best score is
    above the second, a tenth. "apart_similarity", "apart_passage" and "apart_reads" are how many standard deviations
    the highest similarity of a sentence, cosine of a passage and logit of the reader lie above the mean of them all, a
    fifth, at most 1: they need not share a word with the question. "agree" is the share of content that the two best
    sentences have in common.
    """
    rows = np.stack([each.features for each in scored])
    best = zip((f"best_{name}" for name in FEATURES), map(float, rows[0]), strict=True)
    largest = zip((f"max_{name}" for name in FEATURES), map(float, rows.max(axis=0)), strict=True)
    return {
        **dict(best),
        **dict(largest),
        "lead": (scored[0].score - scored[1].score) / _SCALE if len(scored) > 1 else 0.0,
        "apart_similarity": _apart(rows[:, _SIMILARITY]),
        "apart_passage": _apart(np.array(list(_by_passage(scored).values()))),
        "apart_reads": _apart(rows[:, _READS]),
        "agree": _agreement(scored),
    }


def _by_passage(scored: Sequence[Scored]) -> dict[str, float]:
    """The cosine of each passage that the sentences are of, by id."""
    return {each.candidate.hit.passage.id: float(each.features[_PASSAGE_VECTORS]) for each in scored}


def _apart(values: Vectors) -> float:
    spread = float(values.std())
    return min(1.0, float(values.max() - values.mean()) / spread / _MOST_DEVIATIONS) if spread else 0.0


def _agreement(scored: Sequence[Scored]) -> float:
    if len(scored) < 2:
        return 0.0
    first, second = scored[0].candidate.stems, scored[1].candidate.stems
    return len(first & second) / max(1, min(len(first), len(second)))
