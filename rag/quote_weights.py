"""Weights fitted from data, not set by hand: which sentence answers, and whether any does.

`SENTENCE` weighs `rag.sentence_features.FEATURES` in a conditional logit over the sentences of the passages found.
`ANSWERABLE`, with `BIAS`, is a logistic regression over the best sentence's features and the maxima over all of them,
from questions that the passages answer and questions whose transcript was withheld; below `THRESHOLD`, where
one in twenty of the answerable ones fell in cross-validation, it refuses.
Fitted on briefings questions written for training and on SQuAD 2.0, in equal parts; on neither the samples' questions
nor the briefings test set.
"""

SENTENCE = {
    "similarity": 5.77,
    "overlap": 2.34,
    "context": 4.65,
    "passage": 1.94,
    "vectors": 0.0,
    "type": 1.48,
    "asks": -2.38,
    "long": 0.61,
    "previous": 0.0,
    "follows": 0.0,
}
ANSWERABLE = {"best_similarity": 4.48, "best_overlap": 2.85, "best_context": 2.44, "max_vectors": 1.94}
BIAS = -5.87
THRESHOLD = 0.194
SUPPORT_MARGIN = 3.0
