"""What a parser hands over: stretches of speech in order, and what the file states about itself.

Nothing is joined, numbered or placed in the text yet; `assemble` does that, the same way for every format.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file states about itself. Times are milliseconds; None is not stated."""

    title: str | None = None
    source: str | None = None
    published: date | None = None
    url: str | None = None
    media_url: str | None = None
    duration_ms: int | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """These statements, and where one is missing the other's."""
        missing = [each.name for each in fields(self) if getattr(self, each.name) is None]
        return replace(self, **{name: getattr(other, name) for name in missing})


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of one speaker, paragraphs separated by \\n. `label` is the speaker as the file wrote it.

    `shared` says that the label may stand for a different person each time ("Q", "UNIDENTIFIED MALE").
    """

    text: str
    label: str | None = None
    speaker: str | None = None
    role: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file."""

    metadata: Metadata
    speeches: tuple[Speech, ...] = field(repr=False)
