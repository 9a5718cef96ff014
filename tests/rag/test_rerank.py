"""Anybody's cross-encoder as the reader: a real one, made here and small, and one that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

from ingest.embed import packaged_model
from ingest.errors import ModelError
from rag.config import Settings
from rag.engine import Engine
from rag.rerank import CrossEncoderReader
from tests.rag.builders import hit, hits, transcript

WHOLE = transcript()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder as anybody would save one; it was never taught anything."""
    made = tmp_path_factory.mktemp("cross-encoder")
    torch.manual_seed(1)
    shape = BertConfig(hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
    shape.num_labels = 1
    BertForSequenceClassification(shape).save_pretrained(made)
    AutoTokenizer.from_pretrained(packaged_model()).save_pretrained(made)
    return made


def test_it_orders_and_tells_no_more(folder: Path) -> None:
    readings = CrossEncoderReader(str(folder), lambda _: WHOLE).read("How did they vote?", hits(WHOLE))
    assert len(readings) == len(hits(WHOLE))
    assert len({reading.rank for reading in readings}) > 1
    assert all(reading.answers is None and not reading.sentences for reading in readings)


def test_what_time_does_not_suffice_for_is_left_out(folder: Path) -> None:
    readings = CrossEncoderReader(str(folder), lambda _: WHOLE, seconds=0.0).read("Why?", [hit(WHOLE, 1)] * 20)
    assert 0 < len(readings) < 20


def test_an_engine_answers_with_it(sample_archive: Path, folder: Path) -> None:
    with Engine(sample_archive, settings=Settings(reranker=str(folder))) as engine:
        hits = engine.search("How did the FCC vote?")
        assert all("reader" in hit.parts for hit in hits)
        assert engine.ask("How did the FCC vote?").hits


def test_one_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="--reranker none"):
        CrossEncoderReader(str(tmp_path / "nothing"), lambda _: WHOLE).warm()
