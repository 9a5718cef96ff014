"""SummEdits (Laban et al. 2023, arXiv:2305.14540): summaries of news and podcasts, some with a subtle false edit.

Reads them and works out what our checks and features say of each. A summary that is borne out is also held against
its text without the sentences it rests on, as a claim that cites the wrong passage.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.embed import Embedder, Vectors
from ingest.sentences import sentences
from ingest.transcript import Passage, Transcript, Turn
from rag.evidence import Given, given
from rag.results import Hit
from rag.stems import content_stems
from rag.support import FEATURES, features, source
from rag.verify import Supported, verify
from rag.written import Sentence
from tests.benchmarks.cases import data_folder

DOMAINS = ("news", "podcast")
_DROPPED = 3


def found() -> Path:
    """The folder of the set. Ends the program where it is not here."""
    folder = data_folder() / "summedits"
    if not folder.is_dir():
        raise SystemExit("SummEdits is not here; ONRECORD_DATA names the folder that holds it.")
    return folder


@dataclass(frozen=True, slots=True)
class Edit:
    """A summary with its text, and whether it is borne out; `without` are the text's sentences that are withheld."""

    domain: str
    text: str
    claim: str
    holds: bool
    without: frozenset[int] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it is held against all of its text."""
        return not self.without

    @property
    def left(self) -> list[int]:
        """Which sentences of the text it is held against."""
        return [at for at in range(len(_told(self.text))) if at not in self.without]


@dataclass(frozen=True, slots=True)
class Judged:
    """Edits, one row of `rag.support.FEATURES` each, and whether the rules of `rag.checks` let them pass."""

    edits: tuple[Edit, ...]
    rows: Vectors
    pass_rules: tuple[bool, ...]


def read(folder: Path) -> tuple[Edit, ...]:
    """All summaries in the folder's files. Raises OSError where they are not there."""
    return tuple(
        Edit(domain, each["doc"], each["summary"], bool(each["label"]))
        for domain in DOMAINS
        for each in json.loads((folder / f"summedits_{domain}.json").read_text(encoding="utf-8"))
    )


def judged(edits: Sequence[Edit], embedder: Embedder) -> Judged:
    """Each edit, then each one that holds with its evidence withheld, as the program sees them."""
    vectors = {text: embedder.embed(_told(text)) for text in {edit.text for edit in edits}}
    held = (_withheld(edit, vectors[edit.text], embedder) for edit in edits if edit.holds)
    every = [*edits, *(edit for edit in held if len(edit.left) >= _DROPPED)]
    rows = [_row(edit, vectors[edit.text], embedder) for edit in every]
    return Judged(tuple(every), np.array(rows, dtype=np.float32), tuple(map(_passes, every)))


def _withheld(edit: Edit, vectors: Vectors, embedder: Embedder) -> Edit:
    """The same without the three sentences nearest to each of its own."""
    claims = _told(edit.claim)
    shares = [[_share(content_stems(one), content_stems(other)) for other in _told(edit.text)] for one in claims]
    near = np.argsort(-(np.array(shares) + embedder.embed(claims) @ vectors.T), axis=1)[:, :_DROPPED]
    return replace(edit, holds=False, without=frozenset(near.ravel().tolist()))


def _share(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / max(len(ours), 1)


def _row(edit: Edit, vectors: Vectors, embedder: Embedder) -> list[float]:
    told = _told(edit.text)
    found = features(edit.claim, source([told[at] for at in edit.left], "", vectors[edit.left]), embedder)
    return [found[name] for name in FEATURES]


def _passes(edit: Edit) -> bool:
    """Whether every sentence of the summary passes the checks, with what it is held against as its passage."""
    told = _told(edit.text)
    passage = _passage(" ".join(told[at] for at in edit.left))
    written = (Sentence(f"{text} [1]", text, (1,)) for text in _told(edit.claim))
    return all(isinstance(verify(one, (passage,), ""), Supported) for one in written)


@lru_cache(maxsize=1)
def _passage(text: str) -> Given:
    turn = Turn(0, None, None, None, None, text, 0)
    of = Transcript("t", "", None, None, None, None, None, (turn,), text)
    return given(1, Hit(Passage("p", "t", 0, 0, 0, len(text), (), None, None, text), 1.0, 1), of)


@lru_cache(maxsize=4096)
def _told(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in sentences(text))
