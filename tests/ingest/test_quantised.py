"""Weights in eight bits: how far they may be off, and that nothing but what was stored is ever loaded."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import ModelError
from ingest.quantised import Stored
from tests.weights import harm

STORED = Stored("small", "The small weights", "Do without.")
WEIGHTS = {
    "matrix": np.random.default_rng(7).normal(size=(40, 30)).astype(np.float32),
    "uneven": np.array([[1000, 0.5, -1000], [1e-9, 0, -1e-9], [0, 0, 0]], dtype=np.float32),
    "bias": np.array([0.1, -0.2, 1e-8], dtype=np.float32),
}


def test_no_number_is_off_by_more_than_half_a_step_of_its_row(tmp_path: Path) -> None:
    STORED.save(WEIGHTS, tmp_path)
    loaded = STORED.load(tmp_path)
    assert loaded.keys() == WEIGHTS.keys()
    for name in ("matrix", "uneven"):
        largest = np.abs(WEIGHTS[name]).max(axis=1, keepdims=True)
        assert (np.abs(loaded[name] - WEIGHTS[name]) <= largest / 127 / 2 * 1.0001).all()
        assert loaded[name].dtype == np.float32
    assert (loaded["bias"] == WEIGHTS["bias"]).all()
    assert (loaded["uneven"][2] == 0).all()


def test_what_was_stored_is_stored_as_the_same_again(tmp_path: Path) -> None:
    first = STORED.save(WEIGHTS, tmp_path / "one")
    assert STORED.save(STORED.load(tmp_path / "one"), tmp_path / "two") == first
    assert json.loads((tmp_path / "one" / "small.json").read_text()) == {"sha256": first}


def test_the_file_is_a_quarter_as_large(tmp_path: Path) -> None:
    STORED.save({"matrix": np.ones((1000, 1000), dtype=np.float32)}, tmp_path)
    assert (tmp_path / "small.safetensors").stat().st_size < 1000 * 1000 + 1000 * 4 + 500


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("missing", "could not be read"),
        ("changed", "not those that were trained"),
        ("torn", "could not be read"),
        ("no hash", "could not be read"),
        ("no record", "could not be read"),
        ("not a table", "could not be read"),
    ],
)
def test_weights_that_are_not_those_stored_are_refused(tmp_path: Path, how: str, told: str) -> None:
    STORED.save(WEIGHTS, tmp_path)
    harm(tmp_path, "small", how)
    with pytest.raises(ModelError, match=rf"The small weights in .*{told}.*Do without\."):
        STORED.load(tmp_path)
