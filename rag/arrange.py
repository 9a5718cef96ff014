"""The order of hits once they are scored: doubles folded together, sides of a comparison in turn, transcripts in turn.

Pure: hits in, hits out. Scores are left as they are but for `ranked`, which numbers the hits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import zip_longest

import numpy as np
import numpy.typing as npt

from ingest.embed import Vectors
from rag.results import Hit

Shingle = tuple[str, ...]

ALIKE, NEAR, COVERED = 0.8, 0.85, 0.8
NONE_ALIKE: Mapping[str, Collection[str]] = {}
_SHINGLE = 3
_WORD = re.compile(r"[^\W_]+")


def ranked(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits numbered from 1 in their order, none scored higher than the one before it."""
    numbered: list[Hit] = []
    for rank, hit in enumerate(hits, 1):
        score = min(hit.score, numbered[-1].score) if numbered else hit.score
        numbered.append(replace(hit, rank=rank, score=score))
    return tuple(numbered)


def in_turn(rankings: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The first of each ranking, then the second of each, and so on; each passage once."""
    found: dict[str, Hit] = {}
    for row in zip_longest(*rankings):
        for hit in row:
            if hit is not None:
                found.setdefault(hit.passage.id, hit)
    return list(found.values())


def spread(hits: Iterable[Hit]) -> list[Hit]:
    """The best of each transcript first, then the second best of each, and so on."""
    seen: Counter[str] = Counter()
    turns: list[tuple[int, Hit]] = []
    for hit in hits:
        turns.append((seen[hit.passage.transcript_id], hit))
        seen[hit.passage.transcript_id] += 1
    return [hit for _, hit in sorted(turns, key=lambda turn: turn[0])]


def without_doubles(
    hits: Sequence[Hit], vectors: Mapping[str, Vectors], alike: Mapping[str, Collection[str]] = NONE_ALIKE
) -> list[Hit]:
    """The hits without those that say what a better one of another transcript says, which lists them as `also`.

    The same are passages whose runs of three words have a Jaccard index of ALIKE or more (Broder 1997, "On the
    resemblance and containment of documents", doi 10.1109/SEQUEN.1997.666900). `vectors`, by passage id, spare the
    comparison of those that are far apart anyway. Of transcripts that are `alike` as wholes, by id, passages may be cut
    at other places: there it is enough that COVERED of one's runs are in the better ones of the others, taken together.
    """
    near = _near(hits, vectors)
    shingles = [lru_cache(maxsize=1)(partial(_shingles, hit.passage.text)) for hit in hits]
    of = [hit.passage.transcript_id for hit in hits]
    also: dict[int, list[str]] = {}

    def same(at: int, other: int) -> bool:
        return bool(near[at, other]) and of[at] != of[other] and _jaccard(shingles[at](), shingles[other]()) >= ALIKE

    def most_of(at: int) -> int | None:
        """Which of the better ones of transcripts that are alike has most of it, where together they cover it."""
        linked = [other for other in also if of[other] in alike.get(of[at], ())]
        held = shingles[at]() & frozenset[Shingle]().union(*(shingles[other]() for other in linked))
        if not linked or len(held) < COVERED * len(shingles[at]()):
            return None
        return max(linked, key=lambda other: len(shingles[at]() & shingles[other]()))

    for at, hit in enumerate(hits):
        better = next((other for other in also if same(at, other)), most_of(at))
        if better is None:
            also[at] = []
        else:
            also[better].append(hit.passage.id)
    return [replace(hits[at], also=tuple(ids)) if ids else hits[at] for at, ids in also.items()]


def _near(hits: Sequence[Hit], vectors: Mapping[str, Vectors]) -> npt.NDArray[np.bool_]:
    if not hits:
        return np.zeros((0, 0), dtype=bool)
    rows = np.stack([vectors[hit.passage.id] for hit in hits])
    lengths = np.linalg.norm(rows, axis=1)
    # Not `@`: with matrices this small BLAS's second thread costs milliseconds on a busy machine.
    near: npt.NDArray[np.bool_] = np.einsum("ij,kj->ik", rows, rows) >= NEAR * np.outer(lengths, lengths)
    return near


def _jaccard(left: frozenset[Shingle], right: frozenset[Shingle]) -> float:
    return len(left & right) / len(left | right)


def _shingles(text: str) -> frozenset[Shingle]:
    said = _WORD.findall(text.lower())
    return frozenset(zip(*(said[at:] for at in range(_SHINGLE)), strict=False)) or frozenset({tuple(said)})
