"""onrecord-minilm: another model by name, the same two ways to run it, and an archive that is of it or of the other."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest import sync
from ingest.archive import Archive
from ingest.embed import (
    PACKAGED,
    SentenceTransformerEmbedder,
    Vectors,
    bulk_embedder,
    packaged_model,
    question_embedder,
    warming_embedder,
)
from ingest.errors import ArchiveMismatch, ModelError
from ingest.minilm import MiniLM
from ingest.own_model import MODEL, NAME, STORED, changes
from ingest.sync import reindex
from tests.ingest.test_embed import TEXTS


@pytest.fixture(scope="module")
def quick() -> Vectors:
    return question_embedder(NAME).embed(TEXTS)


def test_numpy_and_sentence_transformers_give_the_same_vectors(quick: Vectors) -> None:
    bulk = SentenceTransformerEmbedder(NAME)
    assert quick.shape == (len(TEXTS), 384)
    assert np.min((quick * bulk.embed(TEXTS)).sum(axis=1)) > 0.998
    assert np.min((quick * bulk.at_full_precision().embed(TEXTS)).sum(axis=1)) > 0.99999


def test_it_is_not_the_model_that_it_was_made_of(quick: Vectors) -> None:
    cosines = (quick * question_embedder().embed(TEXTS)).sum(axis=1)
    assert cosines.max() < 0.9999
    assert cosines.min() > 0.5


def test_only_the_layers_were_changed_and_every_one() -> None:
    names = set(changes())
    assert all(name.startswith("encoder.layer.") for name in names)
    assert {name.split(".")[2] for name in names} == set("012345")
    assert len(names) == 6 * 16


def test_without_changes_it_is_the_published_model() -> None:
    nothing = {name: np.zeros_like(change) for name, change in changes().items()}
    assert (MiniLM(packaged_model(), "x", nothing).embed(TEXTS[:1]) == question_embedder().embed(TEXTS[:1])).all()


def test_the_file_is_small_and_its_card_names_its_hash() -> None:
    assert (MODEL / f"{NAME}.safetensors").stat().st_size < 12 * 10**6
    told = re.findall(r"[0-9a-f]{64}", (MODEL / "MODEL_CARD.md").read_text())
    assert told == re.findall(r"[0-9a-f]{64}", (MODEL / f"{NAME}.json").read_text())


def test_changes_that_are_not_ours_are_refused_with_what_to_do(tmp_path: Path) -> None:
    STORED.save(changes(), tmp_path)
    path = tmp_path / f"{NAME}.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ModelError, match="ONRECORD_EMBEDDER=all-MiniLM-L6-v2"):
        STORED.load(tmp_path)


def test_every_way_to_embed_knows_it() -> None:
    assert NAME in PACKAGED
    for embedder in (question_embedder(NAME), bulk_embedder(NAME), warming_embedder(NAME)):
        assert (embedder.name, embedder.dimension) == (NAME, 384)


def test_asking_with_it_does_not_load_torch() -> None:
    code = f"import sys; from ingest.embed import question_embedder as q; q({NAME!r}).embed(['x']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "torch" not in done.stdout.split()


def test_an_archive_is_of_one_model_until_it_is_converted(samples: tuple[Path, ...], tmp_path: Path) -> None:
    assert sync(samples[:2], tmp_path, embedder=NAME).ok
    with Archive.open(tmp_path, embedder=NAME) as archive:
        before = archive.passages(archive.passage_ids())
    with pytest.raises(ArchiveMismatch, match=rf"made with embedder '{NAME}'.*onrecord reindex"):
        Archive.open(tmp_path)
    reindex(tmp_path, embedder="all-MiniLM-L6-v2")
    with Archive.open(tmp_path) as archive:
        after = archive.passages(archive.passage_ids())
    assert before.keys() == after.keys()
    assert all(np.dot(before[at].vector, after[at].vector) < 0.9999 for at in before)
