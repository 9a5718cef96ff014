"""Which weights hold: those fitted with the embedder in use, and with a reader where one has read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.embed import DEFAULT_MODEL
from rag.answerable import weights_for
from rag.quote_weights import BY_READER, BY_SEARCH, FITTED, fitted_with
from rag.sentence_features import FEATURES
from tests.rag.builders import hits, transcript


@pytest.mark.parametrize("embedder", [DEFAULT_MODEL, "onrecord-minilm", "./models/e5-small-v2"])
def test_every_embedder_has_weights_with_a_reader_and_without(embedder: str) -> None:
    found = hits(transcript())
    read = [replace(found[0], read={0: 1.0}), *found[1:]]
    assert weights_for(found, embedder) == fitted_with(embedder).by_search
    assert weights_for(read, embedder) == fitted_with(embedder).by_reader


def test_what_was_not_fitted_has_the_defaults() -> None:
    assert fitted_with("./models/e5-small-v2") == FITTED[DEFAULT_MODEL]
    assert fitted_with(DEFAULT_MODEL).by_search is BY_SEARCH
    assert fitted_with(DEFAULT_MODEL).by_reader is BY_READER


@pytest.mark.parametrize("name", FITTED)
def test_weights_are_of_features_that_there_are(name: str) -> None:
    for weights in (FITTED[name].by_search, FITTED[name].by_reader):
        assert set(weights.sentence) <= set(FEATURES)
        assert 0 < weights.threshold < 1
