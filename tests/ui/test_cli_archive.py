"""`onrecord doctor`, `backup`, `restore` and `watch`: what is told, and the exit codes."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import Run

ROOT = Path(__file__).parent.parent.parent
A_WHILE_S = 120


@pytest.fixture
def archive(sample_archive: Path, tmp_path: Path) -> Path:
    """A copy of the samples where `run` looks for its archive."""
    return Path(shutil.copytree(sample_archive, tmp_path / "archive"))


def test_doctor_finds_a_sound_archive_sound(run: Run, archive: Path) -> None:
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"The archive in {archive} is sound: ")


def test_doctor_tells_what_is_wrong_and_mends_it(run: Run, archive: Path) -> None:
    shutil.rmtree(archive / "words")
    told = run("doctor")
    assert (told.exit_code, told.stdout) == (3, "")
    assert "onrecord doctor --mend" in told.stderr
    [fault] = json.loads(run("doctor", "--json").stdout)["faults"]
    assert fault["where"] == "words"
    mended = run("doctor", "--mend")
    assert mended.exit_code == 0, mended.stderr
    assert mended.stdout.startswith("Mended: words: ")
    assert run("doctor", "--quiet").stdout == ""


def test_no_archive_is_exit_3(run: Run) -> None:
    for command in (["doctor"], ["backup", "news.onrecord"]):
        result = run(*command)
        assert result.exit_code == 3
        assert "onrecord ingest" in result.stderr


def test_a_backup_is_taken_and_put_back(run: Run, archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "copies of news" / "news.onrecord"
    listed = run("list", "--json").stdout
    taken = run("backup", file)
    assert (taken.exit_code, taken.stderr) == (0, "")
    assert str(file) in taken.stdout
    run("remove", "--yes", json.loads(listed)[0]["id"])
    assert run("restore", file).exit_code == 2, "there is nobody to ask"
    assert run("list", "--json").stdout != listed
    put_back = run("restore", "--yes", file)
    assert put_back.exit_code == 0, put_back.stderr
    assert run("list", "--json").stdout == listed
    assert run("doctor").exit_code == 0
    assert (archive / "archive.sqlite3").exists()


def test_what_is_no_backup_is_exit_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no backup")
    result = run("restore", tmp_path / "notes.txt")
    assert result.exit_code == 3
    assert str(tmp_path / "notes.txt") in result.stderr


def test_a_file_that_is_in_twice_or_has_moved_is_told(run: Run, samples: tuple[Path, ...], tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    first, second = folder / f"a{samples[0].suffix}", folder / f"b{samples[0].suffix}"
    shutil.copy(samples[0], first)
    shutil.copy(samples[0], second)
    told = run("ingest", folder)
    assert told.exit_code == 0
    assert f"{second}: the same as {first}, which is in already." in told.stdout
    first.unlink()
    assert f"{second}: moved from {first}." in run("ingest", folder).stdout
    assert len(json.loads(run("list", "--json").stdout)) == 1


def test_watch_takes_in_what_comes_and_ends_on_ctrl_c(run: Run, samples: tuple[Path, ...], tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    command = [sys.executable, "-m", "ui.cli", "watch", folder, "--settle", "0.2", "--archive", tmp_path / "archive"]
    with subprocess.Popen(
        [*map(str, command)], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("Watching ")
        shutil.copy(samples[0], folder)
        assert process.stdout.readline() == "1 added.\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=A_WHILE_S)
    assert process.returncode == 130
    assert err.startswith("Stopped.")
    assert err.count("\n") == 1
    assert len(json.loads(run("list", "--json").stdout)) == 1


def test_a_folder_that_is_not_there_is_exit_2(run: Run, tmp_path: Path) -> None:
    assert run("watch", tmp_path / "nowhere").exit_code == 2
