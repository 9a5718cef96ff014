"""An engine and the folder of its archive: what the panels beside the chat read and change.

Without a folder the page answers and shows transcripts, and nothing can be changed.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from ingest.casing import Casing
from ingest.sentences import Span
from ingest.sync import open_any
from ui.asker import Asker
from ui.reading import Text
from ui.recased import casing_of

_KEPT = 64


@dataclass(slots=True)
class Desk:
    """Answers by `engine`, changes in the archive at `folder`."""

    engine: Asker
    folder: Path | None = None
    _casings: OrderedDict[str, Casing] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def text(self, transcript_id: str) -> Text:
        """A transcript to read. Raises UnknownTranscript, ArchiveError."""
        transcript = self.engine.transcript(transcript_id)
        repeated: tuple[Span, ...] = ()
        if self.folder is not None:
            with open_any(self.folder) as store:
                repeated = store.boilerplate(transcript.id)
        with self._lock:
            casing = self._casings.pop(transcript.id, None) or casing_of(transcript)
            self._casings[transcript.id] = casing
            if len(self._casings) > _KEPT:
                self._casings.popitem(last=False)
        return Text(transcript, casing, repeated)
