"""Uploads lie beside the archive, are never written over, and go when their transcript goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.archive import Archive
from ui.uploads import FOLDER, Put, put_in, remove

WORDS = "ANN LEE: The zebra escaped from Oslo Zoo on Tuesday.\n" * 3


@pytest.fixture
def archive(sample_archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_archive, tmp_path / "archive"))


def put(archive: Path, name: str, words: str | bytes) -> Put:
    file = archive.parent / "sent" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(words.encode() if isinstance(words, str) else words)
    [outcome] = put_in([file], archive, lambda progress: None)
    return outcome


def test_a_file_goes_in_once_and_another_of_its_name_beside_it(archive: Path) -> None:
    assert put(archive, "zoo.txt", WORDS) == Put("zoo.txt", "Added")
    assert put(archive, "zoo.txt", WORDS) == Put("zoo.txt", "Here already")
    other = put(archive, "zoo.txt", WORDS.replace("zebra", "lion"))
    assert other == Put("zoo.txt (kept as zoo (2).txt)", "Added")
    assert sorted(path.name for path in (archive / FOLDER).iterdir()) == ["zoo (2).txt", "zoo.txt"]


@pytest.mark.parametrize("words", ["", b"\x00\x01\x02" * 50])
def test_what_cannot_be_read_is_told_and_not_kept(archive: Path, words: str | bytes) -> None:
    outcome = put(archive, "bad.txt", words)
    assert outcome.outcome == "Not read"
    assert outcome.detail
    assert list((archive / FOLDER).iterdir()) == []


def test_an_uploaded_file_goes_with_its_transcript_and_no_other_does(archive: Path, samples: tuple[Path, ...]) -> None:
    put(archive, "zoo.txt", WORDS)
    with Archive.open(archive) as store:
        entries = {Path(entry.place).name: entry.id for entry in store.entries()}
    remove(entries["zoo.txt"], archive)
    assert list((archive / FOLDER).iterdir()) == []
    remove(entries[samples[0].name], archive)
    assert samples[0].exists()


def test_a_hidden_name_is_a_name_like_any_other(archive: Path) -> None:
    put(archive, ".zoo.txt", WORDS)
    assert [path.name for path in (archive / FOLDER).iterdir()] == ["zoo.txt"]
