"""Ways to tell the turns that begin a story, and the baselines they have to beat. Each gives characters, in order."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ingest.embed import Embedder, Vectors
from ingest.openings import hand_overs, openings
from tests.benchmarks.bulletins import Bulletin

Segmenter = Callable[[Bulletin], Sequence[int]]

_TILE_WORDS = 50


def nothing(bulletin: Bulletin) -> Sequence[int]:
    """No boundary."""
    del bulletin
    return ()


def every_turn(bulletin: Bulletin) -> Sequence[int]:
    """A boundary before every turn."""
    return tuple(bulletin.turns)


def at_random(bulletin: Bulletin) -> Sequence[int]:
    """As many boundaries as there are, before turns drawn by chance."""
    count = min(len(bulletin.starts), len(bulletin.turns))
    return sorted(random.Random(bulletin.transcript.id).sample(list(bulletin.turns), count))


def by_hand(bulletin: Bulletin) -> Sequence[int]:
    """The boundaries themselves, where a turn begins: what a perfect segmenter would give."""
    return bulletin.reachable


def by_marks(bulletin: Bulletin) -> Sequence[int]:
    """What the file marks to the eye: its format may not hand on all of it."""
    return tuple(char for char in bulletin.marked if char in bulletin.turns)


def by_words(bulletin: Bulletin) -> Sequence[int]:
    """Turns that open with the words of a hand-over."""
    return _chars(bulletin, hand_overs(bulletin.transcript))


def by_both(bulletin: Bulletin) -> Sequence[int]:
    """Marks and words."""
    return sorted({*by_marks(bulletin), *by_words(bulletin)})


def as_ingested(bulletin: Bulletin) -> Sequence[int]:
    """What the splitter goes by: words, and the marks that the format hands on."""
    return _chars(bulletin, openings(bulletin.transcript))


def _chars(bulletin: Bulletin, turns: Sequence[int]) -> Sequence[int]:
    return tuple(bulletin.transcript.turns[index].char_start for index in turns)


def tiling(embedder: Embedder) -> Segmenter:
    """TextTiling (Hearst 1997) with vectors: boundaries where likeness dips by half a deviation more than the mean."""

    def segment(bulletin: Bulletin) -> Sequence[int]:
        vectors = _weighted(bulletin, embedder)
        gaps = bulletin.units(bulletin.turns)
        depths = _depths([_likeness(bulletin, vectors, gap) for gap in gaps])
        enough = float(np.mean(depths) + np.std(depths) / 2) if depths else 0.0
        return tuple(char for char, depth in zip(bulletin.turns, depths, strict=True) if depth > enough)

    return segment


def least_scatter(embedder: Embedder, price: float, saved: float = 0.0) -> Segmenter:
    """The cutting with the least scatter of vectors within stories, each story costing `price` words of scatter.

    Found by dynamic programming over turns, as Utiyama and Isahara (2001) do for words. A hand-over makes it `saved`
    cheaper to begin a story there.
    """

    def segment(bulletin: Bulletin) -> Sequence[int]:
        weighted = _weighted(bulletin, embedder)
        sums = np.vstack([np.zeros((1, weighted.shape[1])), np.cumsum(weighted, axis=0)])
        words = np.concatenate([[0], np.cumsum(_words(bulletin))])
        spoken = set(by_words(bulletin))
        chars = [0, *bulletin.turns]
        prices = [0.0, *(price - saved * (char in spoken) for char in bulletin.turns)]
        units = [0, *bulletin.units(bulletin.turns), len(bulletin.sentences)]
        return tuple(chars[at] for at in _cheapest(sums[units], words[units], prices))

    return segment


def _cheapest(sums: Vectors, words: Vectors, prices: Sequence[float]) -> list[int]:
    """The points, but for the first, at which the cheapest segments begin; the last point is the end."""
    best, begins = [0.0], [0]
    for end in range(1, len(words)):
        lengths = words[end] - words[:end]
        scatter = lengths - ((sums[end] - sums[:end]) ** 2).sum(axis=1) / np.maximum(lengths, 1)
        costs = np.array(best) + scatter + np.array(prices[:end])
        begins.append(int(np.argmin(costs)))
        best.append(float(costs.min()))
    found: list[int] = []
    at = begins[-1]
    while at:
        found.insert(0, at)
        at = begins[at]
    return found


def _words(bulletin: Bulletin) -> list[int]:
    return [len(text.split()) for _, text in bulletin.sentences]


def _weighted(bulletin: Bulletin, embedder: Embedder) -> Vectors:
    vectors = embedder.embed([text for _, text in bulletin.sentences])
    return vectors * np.array(_words(bulletin), dtype=np.float32)[:, None]


def _likeness(bulletin: Bulletin, vectors: Vectors, gap: int) -> float:
    """The cosine of what is said in the fifty words before a sentence and in the fifty from there on."""
    words = np.array(_words(bulletin))
    before = np.cumsum(words[:gap][::-1])[::-1] - words[:gap] < _TILE_WORDS
    after = np.cumsum(words[gap:]) - words[gap:] < _TILE_WORDS
    one, other = vectors[:gap][before].sum(axis=0), vectors[gap:][after].sum(axis=0)
    return float(one @ other / max(1e-9, float(np.linalg.norm(one) * np.linalg.norm(other))))


def _depths(likeness: Sequence[float]) -> list[float]:
    return [
        _climb(likeness[at::-1]) + _climb(likeness[at:]) - 2 * each if likeness else 0.0
        for at, each in enumerate(likeness)
    ]


def _climb(likeness: Sequence[float]) -> float:
    """The height reached by going on for as long as it does not go down."""
    top = likeness[0]
    for each in likeness[1:]:
        if each < top:
            break
        top = each
    return top


def all_of(embedder: Embedder) -> Mapping[str, Segmenter]:
    """The segmenters by name; the first is what there is without any."""
    return {
        "no boundary": nothing,
        "every turn": every_turn,
        "random": at_random,
        "marks of the file": by_marks,
        "hand-over words": by_words,
        "marks and words": by_both,
        "as ingested": as_ingested,
        "TextTiling, vectors": tiling(embedder),
        "least scatter, 16": least_scatter(embedder, 16),
        "least scatter, 24": least_scatter(embedder, 24),
        "least scatter, 24, words": least_scatter(embedder, 24, 16),
        "by hand": by_hand,
    }
