"""What a pipeline under measurement can do, and what it gives back. Each one is a module: `ours`, `plain`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol

from rag.evaluate import Case

Name = Literal["ours", "plain"]
NAMES: tuple[Name, ...] = ("ours", "plain")
TOP = 10


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage found: its file's name and its words."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words an answer quotes. `in_place` says that they stand in the transcript at the offsets cited."""

    source: str
    text: str
    in_place: bool


@dataclass(frozen=True, slots=True)
class Written:
    """An answer: its text, whether it refuses, its quotes, and its time, finding passages included."""

    text: str
    refused: bool
    quotes: tuple[Quote, ...]
    ms: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What a question brought: passages, best first, the time finding them took, an answer where one is written."""

    passages: tuple[Passage, ...]
    ms: float
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What an ingest left: the number of passages, and the precision the model ran at."""

    passages: int
    precision: str


class Pipeline(Protocol):
    """An ingested folder, open for questions. `settle` returns when nothing more is loading in the background."""

    def ask(self, case: Case) -> Reply: ...
    def settle(self) -> None: ...


class _Module(Protocol):
    def ingest(self, files: Sequence[Path], folder: Path) -> Built: ...
    def open_folder(self, folder: Path) -> Pipeline: ...


def load(name: Name) -> _Module:
    """The pipeline's module, imported only in the process that runs it."""
    module: _Module = import_module(f"tests.benchmarks.{name}")
    return module
