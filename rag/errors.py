"""What can go wrong between a question and an answer.

RagError
├── QuestionError      nothing we could look up: empty, or too long
├── AnswererError      the language model asked for is not there or failed
└── EvaluationError    a test could not be run or read
    ├── QuestionSetError   a question set does not read; carries path and line
    └── ResultsError       a folder of results is not what it should be; carries path
"""

from __future__ import annotations

from pathlib import Path


class RagError(Exception):
    """Root of everything `rag` raises on purpose."""


class QuestionError(RagError):
    """The question cannot be asked as it stands; the message says why."""


class AnswererError(RagError):
    """The language model could not be reached or is not installed; the message says what to do."""


class EvaluationError(RagError):
    """A test of answers could not be run, read or compared; the message says why and what to do."""


class QuestionSetError(EvaluationError):
    """A question set does not read. `line` counts from 1; 0 means the file as a whole."""

    def __init__(self, path: Path | str, line: int, cause: str) -> None:
        self.path, self.line, self.cause = str(path), line, cause
        super().__init__(f"{path}, line {line}: {cause}" if line else f"{path}: {cause}")


class ResultsError(EvaluationError):
    """A folder of results lacks something, is of another run, or is in use."""

    def __init__(self, path: Path | str, cause: str) -> None:
        self.path, self.cause = str(path), cause
        super().__init__(f"{path}: {cause}")
