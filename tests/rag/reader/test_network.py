"""The network: the published encoder's numbers, indifferent to padding and company, small on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from ingest.embed import packaged_model
from ingest.errors import ModelError
from rag.reader.network import Network, from_bert
from rag.reader.sheet import Said, laid_out
from rag.reader.stored import load, save
from rag.reader.tokens import padded, read_rows
from tests.weights import harm

SHEETS = [
    laid_out("Title", (Said("Ann", ("The vote was five to nil.", "Nobody objected.")),)),
    laid_out("", (Said("", ("A much longer sentence about something else entirely, so that there is padding.",)),)),
]


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(1)
    made = Network()
    made.load_state_dict(from_bert(load_file(packaged_model() / "model.safetensors")), strict=False)
    return made.eval()


def test_the_encoder_is_the_published_one(network: Network) -> None:
    from transformers import AutoModel

    batch = padded(read_rows(["How did they vote?"] * 2, SHEETS))
    published = AutoModel.from_pretrained(packaged_model()).eval()
    with torch.inference_mode():
        theirs = published(batch.ids, attention_mask=batch.mask.long(), token_type_ids=batch.types).last_hidden_state
        ours = network.encoded(batch)
    assert (ours - theirs)[batch.mask].abs().max() < 1e-4


def test_scores_do_not_depend_on_the_company(network: Network) -> None:
    rows = read_rows(["How did they vote?"] * 2, SHEETS)
    with torch.inference_mode():
        together = network(padded(rows))
        alone = [network(padded([row])) for row in rows]
    assert torch.allclose(together.rank, torch.cat([each.rank for each in alone]), atol=1e-4)
    assert torch.allclose(together.answers, torch.cat([each.answers for each in alone]), atol=1e-4)
    assert torch.allclose(together.sentences, torch.cat([each.sentences for each in alone]), atol=1e-4)


def test_stored_in_eight_bits_it_says_nearly_the_same(network: Network, tmp_path: Path) -> None:
    save(network, tmp_path)
    assert (tmp_path / "reader.safetensors").stat().st_size < 50 * 2**20
    batch = padded(read_rows(["How did they vote?"] * 2, SHEETS))
    with torch.inference_mode():
        before, after = network.encoded(batch), load(tmp_path).encoded(batch)
    same = torch.nn.functional.cosine_similarity(before[batch.mask], after[batch.mask], dim=-1)
    assert same.min() > 0.99


def test_what_was_stored_is_what_is_loaded_again(network: Network, tmp_path: Path) -> None:
    first = save(network, tmp_path / "one")
    assert save(load(tmp_path / "one"), tmp_path / "two") == first


@pytest.mark.parametrize("how", ["missing", "changed", "torn", "no hash", "no record", "not a table"])
def test_weights_that_are_not_those_trained_are_refused(network: Network, tmp_path: Path, how: str) -> None:
    save(network, tmp_path)
    harm(tmp_path, "reader", how)
    with pytest.raises(ModelError, match="--reranker none"):
        load(tmp_path)
