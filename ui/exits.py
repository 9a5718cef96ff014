"""Exit codes of the `onrecord` command, and how an error becomes one line on stderr and one of them.

Caught are errors raised on purpose, what the system refuses, and Ctrl-C. Anything else is a mistake of ours
and keeps its traceback.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer

from ui.console import complain
from ui.errors import UiError


class Exit(IntEnum):
    """What the command's exit code says to a script."""

    OK = 0
    SOME_FILES_FAILED = 1
    BAD_INPUT = 2
    ARCHIVE = 3
    NO_ANSWER = 4
    NO_MODEL = 5
    BELOW = 6
    INTERRUPTED = 130


MEANINGS = {
    Exit.OK: "done",
    Exit.SOME_FILES_FAILED: "some files could not be read; the others went in",
    Exit.BAD_INPUT: "wrong usage or bad input, such as an empty question or an unknown id",
    Exit.ARCHIVE: "the archive is missing, locked, damaged or of another model, or the disk is full",
    Exit.NO_ANSWER: "ask: the transcripts do not answer the question; search: nothing is found",
    Exit.NO_MODEL: "the language model asked for is not installed, not reachable or failed",
    Exit.BELOW: "eval: a measure is below what --fail-under asks for",
    Exit.INTERRUPTED: "stopped with Ctrl-C; what was reported as done is kept",
}


def codes() -> dict[type[Exception], Exit]:
    """Errors and their codes; the first match counts. Looked up only once there is an error."""
    from ingest.errors import ArchiveError, TranscriptError, UnknownTranscript
    from rag.errors import AnswererError, EvaluationError, QuestionError

    return {
        UnknownTranscript: Exit.BAD_INPUT,
        QuestionError: Exit.BAD_INPUT,
        EvaluationError: Exit.BAD_INPUT,
        UiError: Exit.BAD_INPUT,
        ArchiveError: Exit.ARCHIVE,
        sqlite3.Error: Exit.ARCHIVE,
        TranscriptError: Exit.SOME_FILES_FAILED,
        AnswererError: Exit.NO_MODEL,
        OSError: Exit.ARCHIVE,
    }


def exit_code(error: Exception) -> Exit:
    """The code for an error of a kind that `codes` lists. Raises LookupError for any other."""
    for kind, code in codes().items():
        if isinstance(error, kind):
            return code
    raise LookupError(type(error).__name__)


def explain(error: Exception) -> str:
    """The error as one line for a person."""
    if isinstance(error, sqlite3.Error):
        return f"The archive could not be read or written: {error}. Restore it from a copy if this stays."
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        remedy = " Make room and run the same command again." if error.errno == errno.ENOSPC else ""
        return f"{where}{error.strerror or error}.{remedy}"
    return " ".join(str(error).split())


@contextmanager
def reported() -> Iterator[None]:
    """Turns errors inside the block into a line on stderr and the exit code that goes with it."""
    try:
        yield
    except KeyboardInterrupt:
        complain("Stopped. What was reported as done is kept; run the same command again to go on.")
        raise typer.Exit(Exit.INTERRUPTED) from None
    except BrokenPipeError:
        raise
    except tuple(codes()) as error:
        complain(explain(error))
        raise typer.Exit(exit_code(error)) from None
