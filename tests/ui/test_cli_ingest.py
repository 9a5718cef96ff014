"""`onrecord ingest`: what goes in, what is told of the rest, and that nothing else is disturbed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import Run

EVIL = 'EVA \x1b[31mRED, [bold]HOST[/bold] "Vote \x1b]0;title\x07 now, [link=http://a.invalid]here[/link]."'


@pytest.fixture
def folder(samples: tuple[Path, ...], tmp_path: Path) -> Path:
    """A folder with two sample transcripts."""
    made = tmp_path / "news"
    made.mkdir()
    for path in samples[:2]:
        shutil.copy(path, made)
    return made


def listed(run: Run) -> list[dict[str, Any]]:
    entries = json.loads(run("list", "--json").stdout)
    assert isinstance(entries, list)
    return entries


def test_a_folder_goes_in_and_the_second_time_changes_nothing(run: Run, folder: Path) -> None:
    first = run("ingest", folder)
    assert (first.exit_code, first.stdout, first.stderr) == (0, "2 added.\n", "")
    before = listed(run)
    assert run("ingest", folder).stdout == "2 unchanged.\n"
    assert listed(run) == before


def test_quiet_says_nothing(run: Run, folder: Path) -> None:
    result = run("ingest", "--quiet", folder)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert len(listed(run)) == 2


def test_bad_files_are_named_with_the_cause_and_the_others_go_in(run: Run, folder: Path) -> None:
    bad = {"empty.txt": b"", "binary.txt": bytes(range(256)) * 40, "blank.txt": b" \n\n "}
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    result = run("ingest", "--quiet", folder, folder / "missing.txt")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 4
    for name in [*bad, "missing.txt"]:
        assert [line for line in lines if line.startswith(f"{folder / name}: ")], name
    assert len(listed(run)) == 2


def test_a_folder_without_transcripts_is_exit_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"\x89PNG")
    result = run("ingest", tmp_path / "pictures")
    assert result.exit_code == 2
    assert str(tmp_path / "pictures") in result.stderr


def test_no_path_is_exit_2(run: Run) -> None:
    assert run("ingest").exit_code == 2


def test_prune_takes_out_what_is_gone(run: Run, folder: Path) -> None:
    run("ingest", folder)
    next(folder.iterdir()).unlink()
    assert run("ingest", folder).stdout == "1 unchanged.\n"
    assert len(listed(run)) == 2
    assert run("ingest", "--prune", folder).stdout == "1 unchanged, 1 removed.\n"
    assert len(listed(run)) == 1


def test_a_transcript_cannot_steer_the_terminal(run: Run, folder: Path) -> None:
    (folder / "evil.txt").write_text(f"01:00\nA [red]title[/red]\nThe council met on Monday.\n{EVIL}\n")
    run("ingest", folder / "evil.txt")
    [entry] = listed(run)
    for command in (["list"], ["show", entry["id"]], ["ask", "What about the vote?"]):
        assert not set("\x1b\x07") & set(run(*command).stdout), command
    assert "[link=http://a.invalid]here[/link]" in run("show", entry["id"]).stdout


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_an_archive_that_may_not_be_written_is_exit_3(run: Run, folder: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = run("ingest", folder)
    tmp_path.chmod(0o700)
    assert result.exit_code == 3
    assert str(tmp_path) in result.stderr
