"""The reader's network as the small file that `ingest.quantised` makes of it. What is measured is measured after it."""

from __future__ import annotations

from pathlib import Path

import torch

from ingest.quantised import Stored
from rag.reader.network import Network

_STORED = Stored("reader", "The reader's weights", "Install onrecord again, or go on without: --reranker none")


def save(network: Network, folder: Path) -> str:
    """Writes the weights and their hash into the folder; gives the hash."""
    return _STORED.save({name: weights.float().numpy() for name, weights in network.state_dict().items()}, folder)


def load(folder: Path) -> Network:
    """The network, ready to read.

    Raises ModelError when the files are not there or not those that were trained.
    """
    network = Network()
    network.load_state_dict({name: torch.from_numpy(weights) for name, weights in _STORED.load(folder).items()})
    return network.eval()
