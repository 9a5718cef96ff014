"""The embedder between the program's file and the network that is taught: the published weights with changes added."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from safetensors.torch import load_file

from ingest.embed import packaged_model
from ingest.quantised import Array
from rag.reader.network import Network, from_bert, to_bert


def begun(changes: Mapping[str, Array] | None = None) -> Network:
    """The packaged model, or what the changes make of it. It is taught without dropout: the heads are not used."""
    published = load_file(packaged_model() / "model.safetensors")
    for name, change in (changes or {}).items():
        published[name] = published[name] + torch.from_numpy(change)
    network = Network(dropout=0.0)
    network.load_state_dict(from_bert(published), strict=False)
    return network


def changes(taught: Network, share: float) -> dict[str, Array]:
    """What was taught, as changes to the published weights, this share of them.

    Between the two lies a model that has learned and forgotten less (Wortsman et al. 2022, arXiv:2109.01903).
    """
    before, after = to_bert(begun().state_dict()), to_bert(taught.state_dict())
    return {name: (share * (after[name].float().cpu() - weights)).numpy() for name, weights in before.items()}
