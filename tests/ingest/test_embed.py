"""The default embedder: the published weights, and two ways to run them that agree."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import (
    DEFAULT_MODEL,
    Escalating,
    SentenceTransformerEmbedder,
    Vectors,
    Warming,
    packaged_model,
    question_embedder,
    unit,
)
from ingest.errors import ModelError
from ingest.minilm import MiniLM

TEXTS = [
    "why is Huawei pivoting to Europe?",
    "",
    "Ça va? 你好 — emoji 🙂 and 28.1 percent",
    "The European area is the top number one area we will focus on this year. " * 3,
    "word " * 600,
]


@pytest.fixture(scope="module")
def quick() -> MiniLM:
    return MiniLM(packaged_model(), DEFAULT_MODEL)


@pytest.fixture(scope="module")
def reference() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


def test_the_weights_are_the_published_ones() -> None:
    digest = hashlib.sha256((packaged_model() / "model.safetensors").read_bytes()).hexdigest()
    assert digest == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_numpy_and_sentence_transformers_give_the_same_vectors(
    quick: MiniLM, reference: SentenceTransformerEmbedder
) -> None:
    ours, theirs = quick.embed(TEXTS), reference.embed(TEXTS)
    assert ours.shape == theirs.shape == (len(TEXTS), 384)
    assert quick.dimension == reference.dimension == 384
    # bf16, where the processor is faster at it, rounds to 8 bits.
    assert np.min((ours * theirs).sum(axis=1)) > 0.998
    theirs32 = reference.at_full_precision().embed(TEXTS)
    assert np.min((ours * theirs32).sum(axis=1)) > 0.99999


def test_vectors_are_unit_length_and_rows_keep_their_order(quick: MiniLM) -> None:
    together = quick.embed(TEXTS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.vstack([quick.embed([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-5)


def test_nothing_to_embed_is_no_rows(quick: MiniLM, reference: SentenceTransformerEmbedder) -> None:
    assert quick.embed([]).shape == reference.embed([]).shape == (0, 384)


def lengths(vectors: Vectors) -> Vectors:
    return np.asarray(np.linalg.norm(vectors.astype(np.float64), axis=1))


def test_vectors_are_of_length_one_whatever_the_processor_is_fastest_at(
    quick: MiniLM, reference: SentenceTransformerEmbedder
) -> None:
    for embedder in (quick, reference, reference.at_full_precision()):
        assert np.abs(lengths(embedder.embed(TEXTS)) - 1).max() < 1e-6


def test_what_bf16_made_of_unit_vectors_is_brought_back_to_length_one() -> None:
    exact = np.random.default_rng(7).normal(size=(50, 384)).astype(np.float32)
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    rounded = (exact.view(np.uint32) & 0xFFFF0000).view(np.float32)
    assert np.abs(lengths(rounded) - 1).max() > 1e-3
    assert np.abs(lengths(unit(rounded)) - 1).max() < 1e-6
    assert np.allclose(unit(rounded) * lengths(rounded)[:, None], rounded, atol=1e-6)


def test_a_vector_of_zeros_stays_one() -> None:
    assert (unit(np.zeros((2, 3), dtype=np.float32)) == 0).all()


def test_a_model_that_is_not_there_is_a_clear_error() -> None:
    with pytest.raises(ModelError, match=r"no/such/model.*could not be loaded"):
        SentenceTransformerEmbedder("/no/such/model").embed(["x"])


def test_asking_does_not_load_torch(tmp_path: Path) -> None:
    code = (
        "import sys; from ingest.embed import question_embedder as q; q().embed(['x']); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_question_embedder_is_kept() -> None:
    assert question_embedder() is question_embedder()


class Counting:
    """An Embedder that counts the texts it is given and answers with one number."""

    name = "counting"
    dimension = 1

    def __init__(self, value: float) -> None:
        self.value = value
        self.texts = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += len(texts)
        return np.full((len(texts), 1), self.value, dtype=np.float32)


def test_few_texts_go_to_the_quick_embedder_and_many_to_the_fast_one() -> None:
    quick, fast = Counting(1), Counting(2)
    embedder = Escalating(quick, fast, few=3)
    assert [float(embedder.embed(["x"] * count)[0, 0]) for count in (2, 1, 1, 5)] == [1, 1, 2, 2]
    assert (quick.texts, fast.texts) == (3, 6)


def test_the_fast_embedder_takes_over_when_it_has_warmed_up() -> None:
    quick, fast = Counting(1), Counting(2)
    embedder = Warming(quick, fast)
    assert embedder.embed(["x"])[0, 0] == 1
    embedder.warm()
    embedder.warm()
    embedder.settle()
    assert embedder.embed(["x"])[0, 0] == 2
    assert fast.texts == 2
