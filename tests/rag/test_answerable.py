"""Signals of an answer from the weighed sentences: standing out, agreement, and being sure of the best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rag.answerable import SURE, SURE_READING, SURE_UNREAD, is_sure, likelihood, signals
from rag.quote_weights import BY_READER, BY_SEARCH
from rag.sentence_features import FEATURES, Scored, candidates
from tests.rag.builders import hits, lookup, transcript

SENTENCES = candidates(hits(transcript()), lookup(transcript()))[:3]


def scored(*similarities: float, reads: float = 0.0) -> list[Scored]:
    rows = []
    for each, similarity in zip(SENTENCES, similarities, strict=False):
        row = np.zeros(len(FEATURES), dtype=np.float32)
        row[FEATURES.index("similarity")] = similarity
        told = replace(each, hit=replace(each.hit, read={each.char_start: reads} if reads else {}))
        rows.append(Scored(told, 10 * similarity, row))
    return rows


def test_the_best_and_the_largest_are_told_apart() -> None:
    found = signals(scored(0.5, 0.9))
    assert found["best_similarity"] == pytest.approx(0.5)
    assert found["max_similarity"] == pytest.approx(0.9)


def test_standing_out_is_counted_in_standard_deviations() -> None:
    values = np.array([0.9, 0.3, 0.3])
    assert signals(scored(0.9, 0.3, 0.3))["apart_similarity"] == pytest.approx((0.9 - 0.5) / values.std() / 5)
    assert signals(scored(0.3, 0.3, 0.3))["apart_similarity"] == 0
    assert signals(scored(0.9, 0.3))["lead"] == pytest.approx((9 - 3) / 10)


def test_one_sentence_alone_stands_out_from_nothing() -> None:
    found = signals(scored(0.9))
    assert found["lead"] == found["agree"] == found["apart_similarity"] == found["apart_reads"] == 0


def test_two_that_say_the_same_agree() -> None:
    same = [Scored(SENTENCES[0], 1.0, np.zeros(len(FEATURES), dtype=np.float32))] * 2
    assert signals(same)["agree"] == 1


def test_every_feature_that_weighs_is_measured() -> None:
    measured = signals(scored(0.9, 0.3))
    for weights in (BY_SEARCH, BY_READER):
        assert set(weights.answerable) <= set(measured)
        assert set(weights.sentence) <= set(FEATURES)


def test_without_sentences_nothing_is_likely_or_sure() -> None:
    assert likelihood([], BY_SEARCH) == 0
    assert not is_sure([], 1.0)


@pytest.mark.parametrize(
    ("reads", "confidence", "sure"),
    [
        (SURE_READING, SURE, True),
        (SURE_READING - 1, 0.99, False),
        (SURE_READING, SURE - 0.1, False),
        (0.0, SURE, False),
        (0.0, SURE_UNREAD, True),
    ],
)
def test_a_few_words_need_a_reader_that_is_sure_or_else_more_confidence(
    reads: float, confidence: float, sure: bool
) -> None:
    assert is_sure(scored(0.9, 0.3, reads=reads), confidence) is sure
