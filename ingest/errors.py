"""What can go wrong between a file and the archive. Every message says what, where, and what to do.

IngestError
├── TranscriptError          a file that is no transcript we can read
│   ├── EmptyFile
│   ├── BinaryFile
│   ├── TooLarge
│   ├── UnknownFormat
│   ├── BadEncoding
│   ├── Malformed            known format, broken content; has a line
│   └── Unreadable           the operating system refused
└── ArchiveError             the archive itself
    ├── ArchiveMissing
    ├── UnknownTranscript
    ├── ArchiveLocked
    ├── ArchiveMismatch      other model, splitter or schema
    ├── ArchiveDamaged
    ├── IndexDamaged         a derived index; it is built again
    ├── ModelError           the embedding model is absent or not the published one
    └── StorageError         disk full, read-only folder
"""

from __future__ import annotations

from pathlib import Path


class IngestError(Exception):
    """Root of everything `ingest` raises on purpose."""


class TranscriptError(IngestError):
    """A file that could not be read as a transcript. `cause` and `remedy` are sentences for a person."""

    def __init__(self, path: Path | str, cause: str, remedy: str = "", line: int | None = None) -> None:
        self.path = str(path)
        self.cause = cause
        self.remedy = remedy
        self.line = line
        super().__init__(str(self))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path, self.cause, self.remedy, self.line)

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else self.path
        return " ".join(part for part in (f"{place}: {self.cause}", self.remedy) if part)


class EmptyFile(TranscriptError):
    """No words in it."""


class BinaryFile(TranscriptError):
    """Not text."""


class TooLarge(TranscriptError):
    """Larger than a transcript can be."""


class UnknownFormat(TranscriptError):
    """Text, but no parser claims it."""


class BadEncoding(TranscriptError):
    """Bytes that no encoding we try turns into text."""


class Malformed(TranscriptError):
    """Claimed by a format and broken in its terms; `line` says where."""


class Unreadable(TranscriptError):
    """The operating system would not let us read it."""


class ArchiveError(IngestError):
    """The archive cannot be used as asked; the message says what to do."""


class ArchiveMissing(ArchiveError):
    """No archive there."""


class UnknownTranscript(ArchiveError):
    """No transcript, or more than one, goes by that id."""


class ArchiveLocked(ArchiveError):
    """Another process is writing."""


class ArchiveMismatch(ArchiveError):
    """Made with another embedding model, splitter or schema."""


class ArchiveDamaged(ArchiveError):
    """The archive's database does not read as one."""


class IndexDamaged(ArchiveError):
    """A derived index does not open. Nothing is lost: it is built again from the archive."""


class ModelError(ArchiveError):
    """The embedding model is missing or is not the published one."""


class StorageError(ArchiveError):
    """The disk is full or may not be written."""
