"""Questions and sheets to tokens, each token knowing its sentence. What is too long is cut at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from ingest.embed import packaged_model
from rag.reader.network import Batch
from rag.reader.sheet import Sheet, Span

QUESTION_TOKENS, TOKENS = 64, 288
"""The most that is read of a question, and of question and sheet together: a passage of 120 words fits whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question with one sheet: token ids, where the sheet's begin, and each token's sentence (-1 for none)."""

    ids: tuple[int, ...]
    begins: int
    sentence: tuple[int, ...]
    sentences: int

    def __len__(self) -> int:
        return len(self.ids)


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """The default embedder's tokenizer; it pads and cuts nothing here."""
    found = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def read_rows(questions: Sequence[str], sheets: Sequence[Sheet]) -> list[Row]:
    """A row for each question with the sheet of the same place."""
    words = tokenizer()
    begin, end = words.encode("").ids
    unique = list(dict.fromkeys(questions))
    encoded = words.encode_batch(unique, add_special_tokens=False)
    asked = {text: (begin, *each.ids[: QUESTION_TOKENS - 2], end) for text, each in zip(unique, encoded, strict=True)}
    bodies = words.encode_batch([sheet.text for sheet in sheets], add_special_tokens=False)
    return [
        _row(asked[question], body, sheet, end) for question, body, sheet in zip(questions, bodies, sheets, strict=True)
    ]


def _row(asked: tuple[int, ...], body: Encoding, sheet: Sheet, end: int) -> Row:
    room = TOKENS - len(asked) - 1
    inside = _sentence_of_each(body.offsets[:room], sheet.spans)
    ids = (*asked, *body.ids[:room], end)
    return Row(ids, len(asked), (*[-1] * len(asked), *inside, -1), len(sheet.spans))


def _sentence_of_each(offsets: Sequence[Span], spans: Sequence[Span]) -> list[int]:
    found, at = [], 0
    for start, _ in offsets:
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        found.append(at if at < len(spans) and spans[at][0] <= start else -1)
    return found


def padded(rows: Sequence[Row]) -> Batch:
    """The rows as one batch, the sentences numbered through."""
    longest = max(map(len, rows))
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    types, sentence = torch.zeros_like(ids), torch.full_like(ids, -1)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    before = 0
    for at, row in enumerate(rows):
        size = len(row)
        ids[at, :size] = torch.tensor(row.ids)
        types[at, row.begins : size] = 1
        mask[at, :size] = True
        sentence[at, :size] = _numbered(row, before)
        before += row.sentences
    return Batch(ids, types, mask, sentence, before)


def _numbered(row: Row, before: int) -> Tensor:
    within = torch.tensor(row.sentence)
    return torch.where(within >= 0, within + before, within)
