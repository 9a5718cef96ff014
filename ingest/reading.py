"""A file on its way in: read when it or what is stated about it has changed, with the facts from wherever they come.

Most files hold one transcript; a ZIP archive and a table or list of records hold many (`ingest.many`). A file that
turns from the one into the other leaves nothing of what it was. Which statement about a file counts is told in
`ingest.metadata`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ingest.archive import Archive
from ingest.containers import is_archive
from ingest.errors import TranscriptError
from ingest.formats import parse, parse_bytes, read_bytes
from ingest.formats.document import Metadata
from ingest.formats.recording import is_recording
from ingest.formats.source import digest, is_file, read_head
from ingest.magic import HEAD
from ingest.many import Source, columns_in, entries, records
from ingest.metadata import GIVEN, fingerprint, read_given, still_given, with_facts
from ingest.outcomes import Columns, Duplicate, Failure, Outcome, Unchanged, Whole
from ingest.passages import split
from ingest.sidecars import Sidecars
from ingest.storing import Gone, Read


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads files for an archive. `given` are the facts given this time, which `ingest.metadata.read_given` admits.

    `columns` says which column of a table of transcripts is what, where a guess will not do: {"text": "body"}.
    """

    store: Archive
    given: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    sidecars: Sidecars = field(default_factory=Sidecars)
    _seen: dict[str, str] = field(default_factory=dict)

    def read(self, path: Path) -> Iterator[Outcome]:
        """What becomes of the file and of each transcript in it. What is wrong is an outcome too; nothing is raised."""
        try:
            head = read_head(path, HEAD)
            if is_archive(path):
                yield from self._many(path, entries(path, self.columns))
            elif columns := columns_in(path, self.columns):
                yield Columns(str(path), columns)
                yield from self._many(path, records(path, self.columns))
            else:
                yield self._one(_file(path, head), self.sidecars.facts(path))
                yield from map(Gone, self._members(path))
        except TranscriptError as error:
            yield Failure(str(path), error)

    def _one(self, source: Source, beside: Metadata) -> Read | Unchanged | Duplicate:
        """The transcript of the source, unless the archive has it so. `beside` is what sidecars state.

        What the archive has from another place is there once: from the new place if the other is gone.
        """
        given = still_given(self.store.told(source.place, GIVEN), self.given)
        stated = read_given(given).or_else(beside)
        sha256 = fingerprint(source.content_sha256, stated)
        known = self.store.sha256_of(source.place)
        if known == sha256:
            return Unchanged(source.place)
        elsewhere = self._elsewhere(sha256) if known is None else ()
        if here := next(filter(is_there, elsewhere), ""):
            return Duplicate(source.place, here)
        transcript = with_facts(source.parse(stated), stated)
        self._seen[sha256] = source.place
        return Read(transcript, split(transcript), source.place, sha256, known is not None, next(iter(elsewhere), ""))

    def _elsewhere(self, sha256: str) -> tuple[str, ...]:
        """Where else the same is from: read just now, or in the archive."""
        return (self._seen[sha256],) if sha256 in self._seen else self.store.places_of(sha256)

    def _many(self, path: Path, found: Iterator[Source | Outcome]) -> Iterator[Outcome]:
        """Each transcript of the file. What it no longer holds is gone, unless something in it could not be read.

        A file that held a single transcript before holds that one no longer, as soon as anything in it could be read.
        """
        beside = self.sidecars.facts(path)
        whole = self._fingerprint(path, beside)
        members = tuple(self._members(path))
        if members and self.store.whole_of(str(path)) == whole:
            yield from map(Unchanged, members)
            return
        seen, read, failed = set[str](), False, False
        for each in found:
            outcome = self._tried(each, beside) if isinstance(each, Source) else each
            failed |= isinstance(outcome, Failure)
            read |= isinstance(outcome, Read | Unchanged)
            seen |= {each.place} if isinstance(each, Source) else set()
            yield outcome
        if read and self.store.sha256_of(str(path)) is not None:
            yield Gone(str(path))
        if not failed:
            yield from (Gone(place) for place in self._members(path) if place not in seen)
            yield Whole(str(path), whole)

    def _members(self, path: Path) -> Iterator[str]:
        """What the archive has of a file of many transcripts; a file of its own that is only named like one is none."""
        return (place for place in self.store.places_in(str(path)) if not is_file(place))

    def _tried(self, source: Source, beside: Metadata) -> Outcome:
        try:
            return self._one(source, beside)
        except TranscriptError as error:
            return Failure(source.place, error)

    def _fingerprint(self, path: Path, beside: Metadata) -> str:
        chosen = ",".join(f"{ours}={theirs}" for ours, theirs in sorted(self.columns.items()))
        return fingerprint(f"{digest(path)} {chosen}", read_given(self.given).or_else(beside))


def is_there(place: str) -> bool:
    """Whether the file is there, or for one of many in a file, "news.zip/a.txt" or "news.jsonl#7", that file."""
    cuts = (place[:at] for at, mark in enumerate(place) if mark == "#")
    return Path(place).exists() or any(map(Path.is_file, (*Path(place).parents, *map(Path, cuts))))


def _file(path: Path, head: bytes) -> Source:
    """A file that holds one transcript. A recording may be too large to be read at once."""
    if is_recording(head):
        return Source(str(path), digest(path), partial(parse, path))
    data = read_bytes(path)
    return Source(str(path), hashlib.sha256(data).hexdigest(), partial(parse_bytes, data, path))
