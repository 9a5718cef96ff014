"""Weights as a small file: matrices in eight bits with a scale for each row, the rest as they are, and their hash.

Rounding each row to 255 steps of its own (as in Jacob et al. 2018, arXiv:1712.05877, symmetric) makes the file a
quarter as large; no number is off by more than half a step, a 254th of the largest in its row. The file's hash is
checked before anything of it is used. It knows no network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from ingest.errors import ModelError

Array = npt.NDArray[np.float32]
_Packed = Array | npt.NDArray[np.int8]
_SCALE = ".scale"
_STEPS = 127


@dataclass(frozen=True, slots=True)
class Stored:
    """Files called `name` in a folder. `what` ("The reader's weights") and `mend`, a sentence, are for errors."""

    name: str
    what: str
    mend: str

    def save(self, weights: Mapping[str, Array], folder: Path) -> str:
        """Writes the weights and their hash into the folder; gives the hash."""
        folder.mkdir(parents=True, exist_ok=True)
        packed: dict[str, _Packed] = {}
        for key, values in weights.items():
            packed |= _packed(key, np.ascontiguousarray(values, dtype=np.float32))
        save_file(packed, self._weights(folder))
        self._weights(folder).chmod(0o644)
        found = _hash(self._weights(folder))
        self._record(folder).write_text(json.dumps({"sha256": found}, indent=2) + "\n", encoding="utf-8")
        return found

    def load(self, folder: Path) -> dict[str, Array]:
        """The weights in 32-bit floats. Raises ModelError when they are not there or not those that were trained."""
        try:
            expected = json.loads(self._record(folder).read_text(encoding="utf-8"))["sha256"]
            found = _hash(self._weights(folder))
            if found != expected:
                raise ModelError(f"{self.what} in {folder} are not those that were trained. {self.mend}")
            return _unpacked(load_file(self._weights(folder)))
        except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
            raise ModelError(f"{self.what} in {folder} could not be read: {error}. {self.mend}") from error

    def _weights(self, folder: Path) -> Path:
        return folder / f"{self.name}.safetensors"

    def _record(self, folder: Path) -> Path:
        return folder / f"{self.name}.json"


def _packed(name: str, weights: Array) -> dict[str, _Packed]:
    if weights.ndim < 2:
        return {name: weights}
    scale = np.maximum(np.abs(weights).max(axis=1), np.float32(1e-12)) / np.float32(_STEPS)
    return {name: np.rint(weights / scale[:, None]).astype(np.int8), name + _SCALE: scale}


def _unpacked(packed: Mapping[str, _Packed]) -> dict[str, Array]:
    found = {name: values.astype(np.float32) for name, values in packed.items()}
    return {
        name: weights * found[name + _SCALE][:, None] if name + _SCALE in found else weights
        for name, weights in found.items()
        if not name.endswith(_SCALE)
    }


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
