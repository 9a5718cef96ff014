"""Weights fitted from data: which sentence answers, and whether any does.

`python -m tests.benchmarks.fit_quotes` fits them anew.
`SENTENCE` weighs `rag.sentence_features.FEATURES` in a conditional logit over the sentences of the passages found.
`ANSWERABLE`, with `BIAS`, is a logistic regression over the best sentence's features and the maxima over all of them,
from questions that the passages answer and questions whose transcript was withheld; below `THRESHOLD`, where
one in twenty of the answerable ones fell in cross-validation, it refuses.
Fitted on briefings questions written for training and on SQuAD 2.0, in equal parts; on neither the samples' questions
nor the briefings test set.
`SUPPORT_SHARE` and `SUPPORT_MARGIN` are ours: how near the best a further quote must come.
"""

SENTENCE = {
    "similarity": 5.58,
    "overlap": 2.44,
    "context": 4.59,
    "passage": 1.70,
    "vectors": 0.0,
    "type": 1.40,
    "asks": -2.32,
    "long": 0.64,
    "follows": 1.59,
}
ANSWERABLE = {"best_similarity": 4.48, "best_overlap": 2.85, "best_context": 2.44, "max_vectors": 1.94}
BIAS = -5.87
THRESHOLD = 0.194
SUPPORT_MARGIN = 3.0
SUPPORT_SHARE = 0.6
