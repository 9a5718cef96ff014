"""The reader's weights as a small file: matrices in eight bits with a scale for each row, the rest as they are.

Rounding each row to 255 steps of its own (as in Jacob et al. 2018, arXiv:1712.05877, symmetric) makes the file a
quarter as large; what is measured is measured after it. The file's hash is checked before anything of it is used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from ingest.errors import ModelError
from rag.reader.network import Network

_WEIGHTS, _RECORD, _SCALE = "reader.safetensors", "reader.json", ".scale"


def save(network: Network, folder: Path) -> str:
    """Writes the weights and their hash into the folder; gives the hash."""
    folder.mkdir(parents=True, exist_ok=True)
    packed: dict[str, Tensor] = {}
    for name, weights in network.state_dict().items():
        packed |= _packed(name, weights.float().contiguous())
    save_file(packed, folder / _WEIGHTS)
    (folder / _WEIGHTS).chmod(0o644)
    found = _hash(folder / _WEIGHTS)
    (folder / _RECORD).write_text(json.dumps({"sha256": found}, indent=2) + "\n", encoding="utf-8")
    return found


def load(folder: Path) -> Network:
    """The network, ready to read.

    Raises ModelError when the files are not there or not those that were trained.
    """
    try:
        expected = json.loads((folder / _RECORD).read_text(encoding="utf-8"))["sha256"]
        found = _hash(folder / _WEIGHTS)
        packed = load_file(folder / _WEIGHTS)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ModelError(f"The reader's weights in {folder} could not be read: {error}. {_MEND}") from error
    if found != expected:
        raise ModelError(f"The reader's weights in {folder} are not those that were trained. {_MEND}")
    network = Network()
    network.load_state_dict(_unpacked(packed))
    return network.eval()


_MEND = "Install onrecord again, or go on without: --reranker none"


def _packed(name: str, weights: Tensor) -> dict[str, Tensor]:
    if weights.dim() < 2:
        return {name: weights}
    scale = weights.abs().amax(dim=1).clamp(min=1e-12) / 127
    return {name: (weights / scale[:, None]).round().to(torch.int8), name + _SCALE: scale}


def _unpacked(packed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: weights.float() * packed[name + _SCALE][:, None] if name + _SCALE in packed else weights
        for name, weights in packed.items()
        if not name.endswith(_SCALE)
    }


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
