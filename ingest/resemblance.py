"""How alike two texts are, word for word, and a short sketch of each by which likely pairs are found without comparing.

Resemblance is the Jaccard index of the texts' runs of five words (Broder 1997, "On the resemblance and containment of
documents", doi 10.1109/SEQUEN.1997.666900); case and punctuation count for nothing. The sketch is the least hash under
each of 64 functions, put together four by four (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", ch. 3):
of texts with a resemblance of 0.8 all but 2 in 10,000 have one such four in common, of those with 0.3 one in eight.
Nothing is stored here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

ALIKE = 0.8
NUMBERS_ALIKE = 0.8
"""Reports made to one pattern, of the weather or of the markets, differ in little but their numbers."""
FEWEST = 50
"""Texts of fewer different runs are not compared: what is short is soon said twice."""
_RUN, _BANDS, _ROWS = 5, 16, 4
_WORD = re.compile(r"[^\W_]+")
_DRAWN = np.random.Generator(np.random.PCG64(1997))
_FACTORS = _DRAWN.integers(0, 2**64, _BANDS * _ROWS, np.uint64) | np.uint64(1)
_TERMS = _DRAWN.integers(0, 2**64, _BANDS * _ROWS, np.uint64)


@dataclass(frozen=True, slots=True)
class Said:
    """What of a text is compared: a hash of each of its runs of five words, sorted, and its numbers."""

    runs: Hashes
    numbers: frozenset[str]

    @property
    def comparable(self) -> bool:
        """Whether it is long enough to be called the same as another."""
        return len(self.runs) >= FEWEST


def said_in(text: str) -> Said:
    """What of the text is compared."""
    words = _WORD.findall(text.casefold())
    numbers = frozenset(word for word in words if any(map(str.isdecimal, word)))
    hashes = np.array([_hash(word) for word in words], dtype=np.uint64)
    count = max(0, len(words) - _RUN + 1)
    runs = np.zeros(count, dtype=np.uint64)
    for at in range(_RUN):
        runs = _mixed(runs + hashes[at : at + count])
    return Said(np.unique(runs), numbers)


def bands(said: Said) -> tuple[int, ...]:
    """Keys, as SQLite's integers: texts that share none are hardly alike. None for a text too short to compare."""
    if not said.comparable:
        return ()
    least = [(_mixed(said.runs * factor + term)).min() for factor, term in zip(_FACTORS, _TERMS, strict=True)]
    rows = np.array(least, dtype="<u8").reshape(_BANDS, _ROWS)
    return tuple(_key(bytes([number]) + row.tobytes()) for number, row in enumerate(rows))


def alike(one: Said, other: Said) -> bool:
    """Whether the texts are the same but for little: not the same pattern with other numbers in it."""
    if not (one.comparable and other.comparable) or _jaccard_of_numbers(one, other) < NUMBERS_ALIKE:
        return False
    return resemblance(one, other) >= ALIKE


def resemblance(one: Said, other: Said) -> float:
    """The Jaccard index of the runs of five words, 0 where there are none."""
    shared = len(np.intersect1d(one.runs, other.runs, assume_unique=True))
    either = len(one.runs) + len(other.runs) - shared
    return shared / either if either else 0.0


def _jaccard_of_numbers(one: Said, other: Said) -> float:
    either = one.numbers | other.numbers
    return len(one.numbers & other.numbers) / len(either) if either else 1.0


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def _key(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=True)


def _mixed(values: Hashes) -> Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
