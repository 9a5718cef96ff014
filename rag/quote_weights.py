"""Weights fitted from data, not set by hand: which sentence answers, and whether any does.

`SENTENCE` weighs `rag.sentence_features.FEATURES` in a conditional logit over the sentences of the passages found;
`ANSWERABLE`, with `BIAS`, is a logistic regression over the best sentence's features and their maxima.
"""

SENTENCE = {"similarity": 4.0, "overlap": 2.0, "context": 1.0, "passage": 1.0, "vectors": 0.0, "type": 0.5, "reason": 0.5,
            "asks": -2.0, "short": -1.0, "long": 0.5, "neighbour": 0.3, "speaker": 0.5}
ANSWERABLE = {"max_similarity": 6.0, "max_context": 4.0}
BIAS = -5.0
THRESHOLD = 0.5
SUPPORT_MARGIN = 2.0
