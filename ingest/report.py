"""What an ingest did: every file named, once, with what became of it. Counts and sorts; it reads and stores nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import UnknownFormat
from ingest.formats.bulk import SUFFIXES
from ingest.outcomes import Alike, Columns, Duplicate, Failure, Mended, Moved, Outcome, Skipped, Unchanged, Whole
from ingest.repeats import NOTHING, KeptOut
from ingest.storing import Change, Gone

_COUNTED = ("added", "updated", "unchanged", "removed", "failed", "skipped")
_NOTED = {"moved": "moved", "duplicates": "found twice", "alike": "nearly the same as another", "mended": "mended"}
_LISTED = (*_COUNTED, *_NOTED, "columns", "unheard")
_LOOSE = SUFFIXES | {".json", ".xml"}


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file: absolute paths, for one of many in a file "news.zip/a.txt" or "news.jsonl#7".

    `skipped` are files of a folder that are no transcripts, `unheard` those of them that are recordings and would be
    transcribed if a model were set up. `columns` has what the columns of tables were taken for. `kept_out` is the
    repeated station text that was found this time, in these files and in others of their sources. `mended` are those of
    the files added and updated in which something was put right, with what. `moved` are files that were in from another
    place, `duplicates` those that are in from another place still, and are not taken in twice. `alike` are those of the
    files added and updated that are in all the same, though nearly the same, word for word, as others.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()
    columns: tuple[Columns, ...] = ()
    unheard: tuple[str, ...] = ()
    kept_out: KeptOut = NOTHING
    mended: tuple[Mended, ...] = ()
    moved: tuple[Moved, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    alike: tuple[Alike, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failed

    @property
    def summary(self) -> str:
        """ "3 added, 1 unchanged", or "nothing to do". What was mended is counted on top of that."""
        names = {**dict(zip(_COUNTED, _COUNTED, strict=True)), **_NOTED}
        counts = {told: len(getattr(self, name)) for name, told in names.items()}
        return ", ".join(f"{count} {told}" for told, count in counts.items() if count) or "nothing to do"


@dataclass(slots=True)
class Tally:
    """A report in the making. `named` are the files a person named, as opposed to found in a folder."""

    named: Collection[str]
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    whole: list[Whole] = field(default_factory=list)
    kept_out: KeptOut = NOTHING
    mended: list[Mended] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)

    def made(self, change: Change) -> None:
        """Counts a transcript that is in now, or out."""
        if isinstance(change, Gone):
            self.removed.append(change.place)
        elif change.moved_from:
            self.moved.append(Moved(change.place, change.moved_from))
        else:
            (self.updated if change.known else self.added).append(change.place)
            if change.transcript.mended:
                self.mended.append(Mended(change.place, change.transcript.mended))

    def count(self, outcome: Outcome) -> None:
        """Counts what became of a file; what changes the archive counts once it has."""
        match outcome:
            case Unchanged(place):
                self.unchanged.append(place)
            case Duplicate():
                self.duplicates.append(outcome)
            case Skipped(place):
                self.skipped.append(place)
            case Columns():
                self.columns.append(outcome)
            case Whole():
                self.whole.append(outcome)
            case Failure(path, UnknownFormat()) if path not in self.named and Path(path).suffix.lower() in _LOOSE:
                self.skipped.append(path)
            case Failure():
                self.failed.append(outcome)

    def report(self) -> IngestReport:
        """The report as it stands."""
        return IngestReport(kept_out=self.kept_out, **{name: tuple(getattr(self, name)) for name in _LISTED})
