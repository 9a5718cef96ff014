"""What can go wrong between a question and an answer.

RagError
├── QuestionError      nothing we could look up: empty, or too long
└── AnswererError      the language model asked for is not there or failed
"""

from __future__ import annotations


class RagError(Exception):
    """Root of everything `rag` raises on purpose."""


class QuestionError(RagError):
    """The question cannot be asked as it stands; the message says why."""


class AnswererError(RagError):
    """The language model could not be reached or is not installed; the message says what to do."""
