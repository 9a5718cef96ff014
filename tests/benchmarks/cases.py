"""What is measured on: transcripts, and questions with their evidence. Reads them, measures nothing."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ingest import samples
from rag.evaluate import Case, read_questions

ROOT = Path(__file__).parents[2]
QUICK_FILES = 10


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
            _cases(samples.questions_path()),
        )
    whole = Dataset("briefings", tuple(sorted(folder.glob("*.md"))), _cases(folder / "questions.jsonl"))
    return fewer(whole, QUICK_FILES) if quick else whole


def fewer(whole: Dataset, count: int) -> Dataset:
    """The `count` files with most evidence, the questions these suffice for, and the unanswerable ones."""
    holding = Counter(each.source for case in whole.cases for each in case.evidence)
    names = {name for name, _ in sorted(holding.items(), key=lambda item: (-item[1], item[0]))[:count]}
    files = tuple(path for path in whole.files if path.name in names)
    cases = tuple(case for case in whole.cases if {each.source for each in case.evidence} <= names)
    return Dataset(f"{whole.name}, {len(files)} of {len(whole.files)}", files, cases)


def _cases(path: Path) -> tuple[Case, ...]:
    return tuple(read_questions(path).cases())
