"""The reader's network: a BERT encoder over question and passage together, with three small heads.

A cross-encoder (Nogueira, Cho 2019, arXiv:1901.04085) on the architecture of Devlin et al. 2019 (arXiv:1810.04805),
begun from the default embedder's weights. One pass gives three things: how well the passage fits the question beside
others (`rank`), whether it answers it at all (`answers`), and which of its sentences does (`sentences`). It reads no
files and knows no tokenizer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network; those of all-MiniLM-L6-v2 unless told otherwise."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


@dataclass(frozen=True, slots=True)
class Batch:
    """Sheets as tokens, padded: `ids`, `types` (0 question, 1 passage) and `mask` are (sheets, tokens).

    `sentence` says which sentence of the batch each token belongs to, -1 for none; there are `sentences` in all.
    """

    ids: Tensor
    types: Tensor
    mask: Tensor
    sentence: Tensor
    sentences: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits: `rank` and `answers` for each sheet, `sentences` for each sentence of the batch, in order."""

    rank: Tensor
    answers: Tensor
    sentences: Tensor


class _Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.mixed = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.after_attention = nn.LayerNorm(shape.width, eps=1e-12)
        self.wide = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.after_all = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, hidden: Tensor, seen: Tensor, dropout: float) -> Tensor:
        count, length, width = hidden.shape
        parts = self.mixed(hidden).view(count, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        heard = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=seen)
        heard = self.attended(heard.transpose(1, 2).reshape(count, length, width))
        hidden = self.after_attention(hidden + functional.dropout(heard, dropout, self.training))
        thought = self.narrow(functional.gelu(self.wide(hidden)))
        result: Tensor = self.after_all(hidden + functional.dropout(thought, dropout, self.training))
        return result


class Network(nn.Module):
    """Question and passage in, three kinds of logits out."""

    def __init__(self, shape: Shape = Shape(), dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.after_words = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(_Layer(shape) for _ in range(shape.layers))
        self.passage_head = nn.Linear(shape.width, 2)
        self.sentence_head = nn.Linear(2 * shape.width, 1)
        self.dropout = dropout

    def forward(self, batch: Batch) -> Scores:
        hidden = self.encoded(batch)
        whole = self.passage_head(hidden[:, 0])
        return Scores(whole[:, 0], whole[:, 1], self._sentences(hidden, batch))

    def encoded(self, batch: Batch) -> Tensor:
        """The last layer, (sheets, tokens, width)."""
        summed = self.words(batch.ids) + self.places.weight[: batch.ids.shape[1]] + self.kinds(batch.types)
        hidden: Tensor = functional.dropout(self.after_words(summed), self.dropout, self.training)
        seen = batch.mask[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, seen, self.dropout)
        return hidden

    def _sentences(self, hidden: Tensor, batch: Batch) -> Tensor:
        """Each sentence by the mean of its tokens beside what the first token has gathered of the whole."""
        inside = batch.sentence >= 0
        rows = inside.nonzero()[:, 0]
        at = batch.sentence[inside]
        sums = hidden.new_zeros(batch.sentences, hidden.shape[-1]).index_add(0, at, hidden[inside])
        counts = torch.bincount(at, minlength=batch.sentences).clamp(min=1).to(hidden.dtype)
        sheet = torch.zeros(batch.sentences, dtype=torch.long).scatter(0, at, rows)
        both = torch.cat([sums / counts[:, None], hidden[sheet, 0]], dim=1)
        result: Tensor = self.sentence_head(both)[:, 0]
        return result


def from_bert(weights: Mapping[str, Tensor], shape: Shape = Shape()) -> dict[str, Tensor]:
    """The published weights of a BERT encoder under this network's names; the heads are not among them."""
    found = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kinds.weight": weights["embeddings.token_type_embeddings.weight"],
        "after_words.weight": weights["embeddings.LayerNorm.weight"],
        "after_words.bias": weights["embeddings.LayerNorm.bias"],
    }
    for layer in range(shape.layers):
        for kind in ("weight", "bias"):
            ours, theirs = f"layers.{layer}", f"encoder.layer.{layer}"
            mixed = [weights[f"{theirs}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            found[f"{ours}.mixed.{kind}"] = torch.cat(mixed)
            for name, published in _PUBLISHED.items():
                found[f"{ours}.{name}.{kind}"] = weights[f"{theirs}.{published}.{kind}"]
    return found


def to_bert(weights: Mapping[str, Tensor], shape: Shape = Shape()) -> dict[str, Tensor]:
    """The layers' weights, nothing of the words' or the heads', under the names that `from_bert` takes them by."""
    found: dict[str, Tensor] = {}
    for layer in range(shape.layers):
        for kind in ("weight", "bias"):
            ours, theirs = f"layers.{layer}", f"encoder.layer.{layer}"
            mixed = zip(("query", "key", "value"), weights[f"{ours}.mixed.{kind}"].chunk(3), strict=True)
            found |= {f"{theirs}.attention.self.{part}.{kind}": each for part, each in mixed}
            for name, published in _PUBLISHED.items():
                found[f"{theirs}.{published}.{kind}"] = weights[f"{ours}.{name}.{kind}"]
    return found


_PUBLISHED = {
    "attended": "attention.output.dense",
    "after_attention": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "after_all": "output.LayerNorm",
}
