"""The test sets by name: files to ingest and questions with evidence, made where they are not as they lie.

"heldback" is ours, in styles that are not those of briefings: nobody tunes on it, only its totals are looked at.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from ingest import formats, samples
from rag.evaluate import Case, read_questions
from tests.benchmarks.retrieval import articles, captions, meetings, unseen

HELDBACK = Path(__file__).parent.parent / "heldback"
_QUESTIONS = "questions.jsonl"
_UNREAD = frozenset({_QUESTIONS, "README.md"})


class Absent(Exception):
    """A set cannot be had: its data are not here."""


@dataclass(frozen=True)
class Asked:
    """Transcripts, and the questions asked of them."""

    name: str
    files: tuple[Path, ...]
    questions: Path

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The questions in order."""
        return tuple(read_questions(self.questions).cases())

    @cached_property
    def content_sha256(self) -> str:
        """A hash of the files' names and contents."""
        return _hashed(self.files)

    @cached_property
    def questions_sha256(self) -> str:
        """A hash of the questions."""
        return _hashed([self.questions])

    @property
    def told(self) -> str:
        """What it is, for the reader of a table."""
        follow_ups = sum(bool(case.history) for case in self.cases)
        unanswerable = sum(case.answerable is False for case in self.cases)
        return (
            f"{len(self.files)} transcripts, {len(self.cases)} questions, {unanswerable} of them unanswerable, "
            f"{follow_ups} follow-ups. In percent with 95 % intervals; n counts the questions that have evidence."
        )


MADE: Mapping[str, ModuleType] = {"captions": captions, "qmsum": meetings, "squad2": articles, "training": unseen}
"""Sets that a module writes: NEEDED is what it needs under the data folder, and `write(data, folder)` makes it."""
NEEDED: Mapping[str, tuple[str, ...]] = {"briefings": ("briefings",)}
NAMES = ("samples", "heldback", "briefings", *MADE)


def asked(name: str, data: Path, kept: Path) -> Asked:
    """The set; one that has to be written is kept in `kept`, and written anew once its data or the code change.

    Raises Absent, saying what is missing.
    """
    maker = MADE.get(name)
    needed = maker.NEEDED if maker else NEEDED.get(name, ())
    missing = [each for each in needed if not (data / each).exists()]
    if missing:
        raise Absent(f"{name}: {data} has no {' and no '.join(missing)}; ONRECORD_DATA names another folder.")
    if maker is None:
        return _in_place(name, data)
    folder, mark = kept / name, kept / name / "key"
    inputs = [path for each in needed for path in _all(data / each)]
    key = f"{_hashed([*inputs, Path(str(maker.__file__))])} {formats.VERSION}"
    if not (mark.exists() and mark.read_text() == key):
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "files").mkdir(parents=True)
        maker.write(data, folder)
        mark.write_text(key)
    return Asked(name, tuple(sorted((folder / "files").iterdir())), folder / _QUESTIONS)


def _in_place(name: str, data: Path) -> Asked:
    if name == "samples":
        return Asked(name, tuple(samples.paths()), samples.questions_path())
    if name == "heldback":
        files = (path for path in HELDBACK.iterdir() if path.name not in _UNREAD)
        return Asked(name, tuple(sorted(files)), HELDBACK / _QUESTIONS)
    folder = data / "briefings"
    return Asked(name, tuple(sorted(folder.glob("*.md"))), folder / _QUESTIONS)


def _all(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(each for each in path.iterdir() if each.is_file())


def _hashed(paths: Iterable[Path]) -> str:
    digest = sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()
