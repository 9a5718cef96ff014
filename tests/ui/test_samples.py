"""The samples go into an archive that holds nothing, never into one that is in use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest import remove
from ingest.archive import Archive
from rag.config import Settings
from ui.samples import fill_if_empty, questions


def names(archive: Path) -> list[str]:
    with Archive.open(archive) as store:
        return sorted(Path(entry.place).name for entry in store.entries())


@pytest.mark.parametrize("made", [False, True], ids=["no archive", "an empty archive"])
def test_an_archive_that_holds_nothing_gets_the_samples(
    made: bool, samples: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "archive"
    if made:
        Archive.open(archive, create=True).close()
    fill_if_empty(Settings(archive=archive), quiet=False)
    assert names(archive) == [path.name for path in samples]
    assert f"{len(samples)} added" in capsys.readouterr().out


def test_an_archive_in_use_is_left_alone(sample_archive: Path, tmp_path: Path) -> None:
    archive = Path(shutil.copytree(sample_archive, tmp_path / "archive"))
    with Archive.open(archive) as store:
        gone = store.entries()[0]
    remove(gone.id, archive)
    before = names(archive)
    fill_if_empty(Settings(archive=archive), quiet=False)
    assert names(archive) == before


def test_questions_are_about_transcripts_that_are_there(sample_archive: Path) -> None:
    with Archive.open(sample_archive) as store:
        entries = store.entries()
    assert len(questions(entries)) == 5
    assert len(questions(entries, limit=100)) == len(entries)
    [huawei] = [entry for entry in entries if "Huawei" in entry.title]
    assert questions([huawei]) == ("Why is Huawei turning to Europe?",)
    assert questions([]) == ()
