"""From what a reader finds to a QuestionSet: one pass that counts, finds twins and gathers what is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ingest.transcript import Transcript
from rag.errors import QuestionSetError
from rag.evaluate.cases import Case, QuestionSet
from rag.evaluate.formats.files import digest
from rag.evaluate.formats.place import Fault, Items, Place

_LISTED = 5


def no_faults() -> Iterator[Fault]:
    """Nothing more to check than the questions."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Source:
    """A question set that a reader has opened. `items` reads it anew each time.

    `checks` finds what is wrong elsewhere than in a question, such as a judgement of an unknown document. `files` are
    all it is made of.
    """

    path: Path
    format: str
    files: tuple[Path, ...]
    items: Callable[[], Items]
    checks: Callable[[], Iterator[Fault]] = no_faults
    transcripts: Callable[[], Iterator[Transcript]] | None = None


def checked(source: Source) -> QuestionSet:
    """The question set, read through once. Raises QuestionSetError: the first fault, and where five more are."""
    faults, seen = _Faults(), _Seen()
    for item in source.items():
        faults.add(item if isinstance(item, Fault) else seen.twin(*item))
    for fault in source.checks():
        faults.add(fault)
    if faults.first:
        raise _error(source.path, faults.first, faults.more)
    if not seen.count:
        raise QuestionSetError(source.path, 0, "holds no questions")
    sha256 = digest(source.files)
    brought = source.transcripts and partial(_transcripts, source, sha256, source.transcripts)
    return QuestionSet(source.path, source.format, sha256, seen.count, partial(_cases, source, sha256), brought)


def _transcripts(source: Source, sha256: str, read: Callable[[], Iterator[Transcript]]) -> Iterator[Transcript]:
    _refuse_changed(source, sha256)
    yield from read()


def _refuse_changed(source: Source, sha256: str) -> None:
    """A test takes long, and a set that is edited meanwhile is another one."""
    if digest(source.files) != sha256:
        raise QuestionSetError(source.path, 0, "was changed after it was read through; begin again")


def _cases(source: Source, sha256: str) -> Iterator[Case]:
    _refuse_changed(source, sha256)
    for item in source.items():
        if isinstance(item, Fault):
            raise _error(source.path, item, "")
        yield item[1]


def _error(path: Path, fault: Fault, more: str) -> QuestionSetError:
    place = fault.place
    inside = f"{place.inside}: " if place.inside else ""
    return QuestionSetError(path / place.file if place.file else path, place.line, f"{inside}{fault.cause}{more}")


@dataclass(slots=True)
class _Faults:
    """The first fault, the places of the next few, and how many there are."""

    first: Fault | None = None
    places: list[Place] = field(default_factory=list)
    count: int = 0

    def add(self, fault: Fault | None) -> None:
        if fault is None:
            return
        if self.first is None:
            self.first = fault
        elif len(self.places) < _LISTED:
            self.places.append(fault.place)
        self.count += 1

    @property
    def more(self) -> str:
        """Such as "; and 3 more: lines 520, 611, 700"."""
        if not self.places:
            return ""
        places = [str(each) for each in self.places]
        if all(each.line and not each.file for each in self.places):
            numbers = ", ".join(str(each.line) for each in self.places)
            places = [f"{'lines' if len(places) > 1 else 'line'} {numbers}"]
        rest = ", …" if self.count - 1 > _LISTED else ""
        return f"; and {self.count - 1:,} more: {', '.join(places)}{rest}"


class _Seen:
    """The ids so far, each with its place; as digests, so that long ids take no more room than short ones."""

    def __init__(self) -> None:
        self._places: dict[bytes, int | str] = {}
        self.count = 0

    def twin(self, place: Place, case: Case) -> Fault | None:
        """What is wrong when a question before it had the same id, else None."""
        self.count += 1
        key = hashlib.blake2b(case.id.encode(), digest_size=16).digest()
        first = self._places.setdefault(key, place.line or place.inside)
        if first == (place.line or place.inside):
            return None
        where = f"on line {first}" if isinstance(first, int) else f"at {first}"
        return Fault(place, f"the id {case.id!r} is taken: the question {where} has it")
