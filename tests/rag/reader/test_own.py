"""Our reader over real passages: a reading for each, in time, the same whoever asks and however many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from ingest.embed import packaged_model
from ingest.errors import ModelError
from rag.reader.network import Network, from_bert
from rag.reader.own import OwnReader
from rag.reader.stored import save
from tests.rag.builders import hit, hits, transcript

WHOLE = transcript()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights that were never taught anything: what is tested here is not what they say."""
    torch.manual_seed(1)
    network = Network()
    network.load_state_dict(from_bert(load_file(packaged_model() / "model.safetensors")), strict=False)
    made = tmp_path_factory.mktemp("model")
    save(network, made)
    return made


def reader(folder: Path, seconds: float = 60.0) -> OwnReader:
    return OwnReader(lambda _: WHOLE, seconds=seconds, folder=folder)


def test_every_sentence_of_every_passage_is_read(folder: Path) -> None:
    found = hits(WHOLE)
    readings = reader(folder).read("How did they vote?", found)
    assert len(readings) == len(found)
    for each, reading in zip(found, readings, strict=True):
        assert reading.answers is not None
        starts = sorted(reading.sentences)
        assert starts[0] == each.passage.char_start
        assert all(each.passage.char_start <= start < each.passage.char_end for start in starts)


def test_what_time_does_not_suffice_for_is_left_out(folder: Path) -> None:
    many = [hit(WHOLE, 1)] * 25
    readings = reader(folder, seconds=0.0).read("How did they vote?", many)
    assert 0 < len(readings) < 25


def test_many_at_once_get_what_one_gets(folder: Path) -> None:
    shared, questions = reader(folder), [f"How did {name} vote?" for name in ("Ann", "Bob", "Cy", "Di")]
    alone = [shared.read(question, hits(WHOLE)) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda question: shared.read(question, hits(WHOLE)), questions))
    assert together == alone


def test_without_weights_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="--reranker none"):
        reader(tmp_path).warm()


def test_nothing_to_read_is_nothing_read(folder: Path) -> None:
    assert list(reader(folder).read("Why?", [])) == []
