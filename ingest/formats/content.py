"""Text found inside a file of another kind (a page, a Word document, a PDF), before anybody has looked who speaks.

It goes through the text formats as if it had been a text file; what the outer file states about it goes along.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.formats.document import Metadata


@dataclass(frozen=True, slots=True)
class Content:
    """The text, and facts about it: `stated` beats what the text's own header says, `hinted` gives way to it."""

    text: str = field(repr=False)
    stated: Metadata = field(default_factory=Metadata)
    hinted: Metadata = field(default_factory=Metadata)
