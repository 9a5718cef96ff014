"""Every foreseen error becomes one line and one code, Ctrl-C too; a mistake of ours does not hide."""

from __future__ import annotations

import errno
import sqlite3

import pytest
import typer

from ingest import errors as ingesting
from rag import errors as asking
from ui.errors import AddressError
from ui.exits import Exit, exit_code, explain, reported

EXPECTED = [
    (ingesting.ArchiveMissing("There is no archive."), Exit.ARCHIVE),
    (ingesting.ArchiveLocked("Another process is writing."), Exit.ARCHIVE),
    (ingesting.ArchiveMismatch("Another model."), Exit.ARCHIVE),
    (ingesting.StorageError("The disk is full."), Exit.ARCHIVE),
    (ingesting.UnknownTranscript("No such id."), Exit.BAD_INPUT),
    (ingesting.EmptyFile("a.txt", "is empty."), Exit.SOME_FILES_FAILED),
    (asking.QuestionError("The question is empty."), Exit.BAD_INPUT),
    (asking.AnswererError("No model."), Exit.NO_MODEL),
    (AddressError("The port is taken."), Exit.BAD_INPUT),
    (OSError(errno.ENOSPC, "No space left on device", "/a/b"), Exit.ARCHIVE),
    (sqlite3.DatabaseError("malformed"), Exit.ARCHIVE),
]


@pytest.mark.parametrize(("error", "code"), EXPECTED, ids=lambda value: type(value).__name__)
def test_each_error_has_its_code_and_one_line(error: Exception, code: Exit, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as left, reported():
        raise error
    assert left.value.exit_code == code == exit_code(error)
    out, err = capsys.readouterr()
    assert out == ""
    assert err == explain(error) + "\n"
    assert err.count("\n") == 1


def test_every_error_the_packages_raise_has_a_code() -> None:
    def kinds(root: type[Exception]) -> list[type[Exception]]:
        return [root, *(kind for child in root.__subclasses__() for kind in kinds(child))]

    leaves = [*kinds(ingesting.ArchiveError), *kinds(ingesting.TranscriptError), *kinds(asking.RagError)[1:]]
    for kind in leaves:
        assert exit_code(kind.__new__(kind))


def test_a_full_disk_says_what_to_do() -> None:
    text = explain(OSError(errno.ENOSPC, "No space left on device", "/a/b"))
    assert text == "/a/b: No space left on device. Make room and run the same command again."


def test_ctrl_c_is_130_and_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as left, reported():
        raise KeyboardInterrupt
    assert left.value.exit_code == 130
    assert capsys.readouterr().err.count("\n") == 1


def test_a_closed_pipe_is_left_to_the_command_line_library() -> None:
    with pytest.raises(BrokenPipeError), reported():
        raise BrokenPipeError


def test_a_mistake_of_ours_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError), reported():
        _ = 1 / 0


def test_an_unforeseen_error_has_no_code() -> None:
    with pytest.raises(LookupError):
        exit_code(ZeroDivisionError())
