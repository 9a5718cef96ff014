"""What can become of a file, or of one of the many transcripts in it, on its way into the archive. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.errors import TranscriptError
from ingest.storing import Gone, Read


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The archive has it as it is."""

    place: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same file, to the last byte and with the same facts, is in the archive from the place `same_as`."""

    place: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Alike:
    """It went in, and is nearly the same, word for word, as what is in from the places `others`."""

    place: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """It is in the archive as it was, only from another place than before."""

    place: str
    before: str


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a file of many transcripts could be read; `sha256` is to be noted once all of it is stored."""

    place: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """It is no transcript, and nobody said that it was."""

    place: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that did not go in, and why."""

    path: str
    error: TranscriptError


@dataclass(frozen=True, slots=True)
class Columns:
    """Which of our columns each column of a file of many transcripts was taken for."""

    path: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that went in after something in it was put right; a phrase for each kind of repair."""

    path: str
    repairs: tuple[str, ...]


Outcome = Read | Unchanged | Duplicate | Gone | Whole | Skipped | Failure | Columns
