"""Weights fitted from data, not set by hand: which sentence answers, and whether any does.

`SENTENCE` weighs `rag.sentence_features.FEATURES` in a conditional logit over the sentences of the passages found;
`ANSWERABLE`, with `BIAS`, is a logistic regression over the best sentence's features and their maxima.
"""

SENTENCE = {
    "similarity": 5.84, "context": 5.13, "passage": 1.09, "vectors": 0.0, "type": 1.49, "asks": -2.9, "long": 1.16,
}  # fmt: skip
ANSWERABLE = {"max_similarity": 6.0, "max_context": 4.0}
BIAS = -5.0
THRESHOLD = 0.5
SUPPORT_MARGIN = 3.0
