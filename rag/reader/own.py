"""The reader that comes with the package. Importing torch takes a second or two, so it waits for the first reading."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.transcript import Transcript
from rag.reader.reading import Reading
from rag.reader.sheet import sheet_of
from rag.results import Hit

NAME = "onrecord"
MODEL = Path(__file__).parent / "model"

# Two that read at once on the same cores both take longer than one after the other.
_ONE_AT_A_TIME = threading.Lock()


class OwnReader:
    """A Reader by the network of this package. May be asked from several threads: they wait for one another."""

    def __init__(
        self, transcript_of: Callable[[str], Transcript], *, seconds: float = 10.0, folder: Path = MODEL
    ) -> None:
        self.name = NAME
        self._transcript_of = transcript_of
        self._seconds = seconds
        self._folder = folder

    def warm(self) -> None:
        """Loads the network. Raises ModelError."""
        from rag.reader.forward import network

        network(self._folder)

    def read(self, question: str, hits: Sequence[Hit]) -> Sequence[Reading]:
        """A reading for each hit; those that `seconds` did not suffice for are left out. Raises ModelError."""
        from rag.reader.forward import network, scored

        sheets = [sheet_of(hit, self._transcript_of(hit.passage.transcript_id)) for hit in hits]
        with _ONE_AT_A_TIME:
            scores = scored(network(self._folder), question, [sheet for sheet, _ in sheets], self._seconds)
        return [
            Reading(each.rank, each.answers, dict(zip((start for start, _ in spans), each.sentences, strict=True)))
            for each, (_, spans) in zip(scores, sheets, strict=False)
        ]
