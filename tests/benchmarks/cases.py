"""What is measured on: transcripts, and questions with their evidence. Reads them, measures nothing."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ingest import samples

ROOT = Path(__file__).parents[2]
QUICK_FILES = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the file `source` (a file name) that answer the question, verbatim but for white space."""

    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what a right answer holds. `compare` needs every answer, any other kind one of them."""

    id: str
    kind: str
    question: str
    history: tuple[str, ...]
    answers: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def answerable(self) -> bool:
        """Whether the transcripts hold an answer."""
        return bool(self.evidence)


@dataclass(frozen=True)
class Dataset:
    """Transcripts, and the questions asked of them."""

    name: str
    files: tuple[Path, ...]
    cases: tuple[Case, ...]

    @cached_property
    def texts(self) -> dict[str, str]:
        """What stands in each file, by file name."""
        return {path.name: path.read_text(encoding="utf-8") for path in self.files}

    @cached_property
    def words(self) -> int:
        """White-space separated words in the files as they lie on disk."""
        return sum(len(text.split()) for text in self.texts.values())


def data_folder() -> Path:
    """Where larger data sets lie: beside the repository, or where ONRECORD_DATA says."""
    return Path(os.environ.get("ONRECORD_DATA", ROOT.parent / "shared" / "data"))


def load(data: Path, *, quick: bool = False) -> Dataset:
    """The briefings under `data`, with `quick` some of them; where there are none, the packaged samples."""
    folder = data / "briefings"
    if not folder.is_dir():
        return Dataset(
            "packaged samples (the briefings are not here; ONRECORD_DATA names their folder)",
            tuple(samples.paths()),
            read_cases(samples.questions_path()),
        )
    whole = Dataset("briefings", tuple(sorted(folder.glob("*.md"))), read_cases(folder / "questions.jsonl"))
    return fewer(whole, QUICK_FILES) if quick else whole


def read_cases(path: Path) -> tuple[Case, ...]:
    """The questions in a file of JSON lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(_case(json.loads(line)) for line in lines if line.strip())


def fewer(whole: Dataset, count: int) -> Dataset:
    """The `count` files with most evidence, the questions these suffice for, and the unanswerable ones."""
    holding = Counter(each.source for case in whole.cases for each in case.evidence)
    names = {name for name, _ in sorted(holding.items(), key=lambda item: (-item[1], item[0]))[:count]}
    files = tuple(path for path in whole.files if path.name in names)
    cases = tuple(case for case in whole.cases if {each.source for each in case.evidence} <= names)
    return Dataset(f"{whole.name}, {len(files)} of {len(whole.files)}", files, cases)


def _case(record: dict[str, Any]) -> Case:
    return Case(
        record["id"],
        record["kind"].replace("-", "_"),
        record["question"],
        tuple(record["history"]),
        tuple(record["answers"]),
        tuple(Evidence(each["source"], each["quote"]) for each in record["evidence"]),
    )
