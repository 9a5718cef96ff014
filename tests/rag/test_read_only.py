"""An archive that may be read and not written: on a disk mounted so, or in somebody else's folder."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.archive import FILE, Archive
from ingest.errors import ArchiveError, IndexDamaged, StorageError
from ingest.lock import refused
from rag import Engine, Settings

SETTINGS = Settings(reranker="none")
QUESTION = "Why is Huawei turning to Europe?"
NOBODY = 65534


@pytest.fixture
def disk(sample_archive: Path, tmp_path: Path) -> Iterator[Path]:
    """A disk with the samples' archive, which `lock` makes one that may only be read."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(place)], capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    shutil.copytree(sample_archive, place / "archive")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def lock(disk: Path, *, writable: bool = False) -> Path:
    subprocess.run(["mount", "-o", f"remount,{'rw' if writable else 'ro'}", str(disk)], check=True)
    return disk / "archive"


def copies() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob("onrecord-*"))


def test_an_archive_on_a_disk_that_may_only_be_read_answers_like_any_other(disk: Path, sample_archive: Path) -> None:
    before = copies()
    with Engine(sample_archive, settings=SETTINGS) as engine:
        wanted = engine.ask(QUESTION)
    with Engine(lock(disk), settings=SETTINGS) as engine:
        answer = engine.ask(QUESTION)
        assert (answer.text, answer.citations) == (wanted.text, wanted.citations)
        assert len(copies() - before) == 1
    assert copies() == before, "what was copied to be asked is deleted"


def test_indexes_that_do_not_fit_are_not_believed_there(disk: Path) -> None:
    shutil.rmtree(disk / "archive" / "words")
    with pytest.raises(IndexDamaged, match=r"do not hold what it holds.*cp -r"):
        Engine(lock(disk), settings=SETTINGS)


def test_a_log_that_was_not_taken_over_is_not_left_out(disk: Path) -> None:
    """What a killed writer had reported as done is in the log alone; without it the archive would be an older one."""
    shutil.copy(disk / "archive" / FILE, disk / "archive" / f"{FILE}-wal")
    with pytest.raises(ArchiveError, match="cp -r"):
        Engine(lock(disk), settings=SETTINGS)


def test_what_changes_in_spite_of_it_is_told(disk: Path) -> None:
    with Engine(lock(disk), settings=SETTINGS) as engine:
        assert engine.ask(QUESTION).status == "grounded"
        os.utime(lock(disk, writable=True) / FILE)
        with pytest.raises(StorageError, match="changed from elsewhere"):
            engine.ask(QUESTION)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be somebody else")
def test_a_folder_of_somebody_elses_says_what_to_do(sample_archive: Path) -> None:
    with tempfile.TemporaryDirectory() as base:
        Path(base).chmod(0o755)
        folder = Path(shutil.copytree(sample_archive, Path(base) / "archive"))
        read_end, write_end = os.pipe()
        if not (child := os.fork()):
            os.setresuid(NOBODY, NOBODY, NOBODY)
            try:
                Archive.open(folder, embedder=None).close()
                told = "nothing"
            except ArchiveError as error:
                told = str(error)
            os.write(write_end, told.encode())
            os._exit(0)
        os.waitpid(child, 0)
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            told = pipe.read()
    assert "may not be written" in told
    assert f"cp -r '{folder}'" in told


@pytest.mark.parametrize("error", [OSError(errno.ENOLCK, "No locks available"), NotImplementedError("flock")])
def test_a_drive_without_locks_is_named(error: OSError | NotImplementedError) -> None:
    assert "has no locks" in str(refused(Path("/net/archive"), error))
    assert "No space left" in str(refused(Path("/net/archive"), OSError(errno.ENOSPC, "No space left on device")))
