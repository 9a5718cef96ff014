"""Orders what search found by what a reader says of it: both scores mixed, each side of a comparison in its turn.

Only the first passages are read; what is not read keeps its score's share and comes after those that fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from ingest.errors import ModelError
from rag.arrange import in_turn, ranked
from rag.fuse import scaled
from rag.reader.reading import Reader, Reading
from rag.results import Hit


@dataclass(frozen=True, slots=True)
class Rereading:
    """A reader with how many passages it reads and the share of the score, 0 to 1, that it has."""

    reader: Reader
    most: int
    share: float

    def warm(self) -> None:
        """Loads the reader's model; where it cannot be loaded, the first question will say so."""
        with suppress(ModelError):
            self.reader.warm()

    def order(self, hits: Sequence[Hit], asked: Sequence[str]) -> tuple[Hit, ...]:
        """The hits in their new order, scored afresh. `asked` is the question, or the sides of a comparison.

        Raises ModelError when the reader cannot be loaded.
        """
        return ranked(in_turn([self._read(hits, each) for each in asked])) if hits else ()

    def _read(self, hits: Sequence[Hit], asked: str) -> list[Hit]:
        readings = self.reader.read(asked, hits[: self.most])
        shares = scaled({str(at): reading.rank for at, reading in enumerate(readings)})
        read = [
            _with_reading(hit, reading, self.share, shares[str(at)])
            for at, (hit, reading) in enumerate(zip(hits, readings, strict=False))
        ]
        rest = [_less(hit, 1 - self.share) for hit in hits[len(readings) :]]
        return sorted([*read, *rest], key=lambda hit: (-hit.score, hit.rank))


def _with_reading(hit: Hit, reading: Reading, weight: float, share: float) -> Hit:
    less = _less(hit, 1 - weight)
    told = {"reader": reading.rank, "from_reader": weight * share}
    if reading.answers is not None:
        told["answers"] = reading.answers
    return replace(less, score=less.score + weight * share, parts={**less.parts, **told}, read=reading.sentences)


def _less(hit: Hit, share: float) -> Hit:
    parts = {name: part * share if name.startswith("from_") else part for name, part in hit.parts.items()}
    return replace(hit, score=hit.score * share, parts=parts)
