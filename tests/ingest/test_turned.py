"""A file that turns from one transcript into many, or back: what it was before leaves in the same ingest."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.report import IngestReport
from ingest.sync import sync_with
from tests.ingest.builders import HashEmbedder, script

TALK = "ANNA BELL: The bridge opens in May.\n\nJOHN REED: It took two years to build it.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def ingest(path: Path, archive: Path) -> IngestReport:
    return sync_with([path], archive, HashEmbedder())


def places(archive: Path) -> tuple[str, ...]:
    with Archive.open(archive, embedder=None) as store:
        return store.places()


def write_zip(path: Path, **texts: str) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in texts.items():
            packed.writestr(f"{name}.txt", text)
    return path


def write_records(path: Path, *texts: str) -> Path:
    rows = [{"id": f"r{number}", "title": f"Talk {number}", "text": text} for number, text in enumerate(texts, 1)]
    path.write_text(json.dumps(rows))
    return path


def write_talk(path: Path) -> Path:
    path.write_text(json.dumps({"title": "One talk", "text": TALK}))
    return path


def test_one_that_becomes_many_and_one_again(archive: Path, tmp_path: Path) -> None:
    path = write_talk(tmp_path / "news.json")
    assert ingest(path, archive).added == (str(path),)
    write_records(path, TALK, script(1))
    many = ingest(path, archive)
    assert (many.added, many.removed) == ((f"{path}#r1", f"{path}#r2"), (str(path),))
    assert places(archive) == (f"{path}#r1", f"{path}#r2")
    write_talk(path)
    one = ingest(path, archive)
    assert (one.added, set(one.removed)) == ((str(path),), {f"{path}#r1", f"{path}#r2"})
    assert places(archive) == (str(path),)
    assert ingest(path, archive).summary == "1 unchanged"


def test_the_same_archive_again_after_it_was_something_else(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "week"
    write_zip(path, monday=script(1), tuesday=script(2))
    ingest(path, archive)
    path.write_text(script(3))
    assert ingest(path, archive).summary == "1 added, 2 removed"
    write_zip(path, monday=script(1), tuesday=script(2))
    assert ingest(path, archive).summary == "2 added, 1 removed"
    assert places(archive) == (f"{path}/monday.txt", f"{path}/tuesday.txt")


def test_what_cannot_be_read_takes_nothing_away(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "week"
    path.write_text(script(3))
    ingest(path, archive)
    write_zip(path, monday="\0\1\2")
    report = ingest(path, archive)
    assert (len(report.failed), report.removed) == (1, ())
    write_zip(path, monday="\0\1\2", tuesday=script(2))
    report = ingest(path, archive)
    assert (len(report.failed), report.removed) == (1, (str(path),)), "what could be read stands in its place"
    path.write_bytes(b"\0\1\2")
    report = ingest(path, archive)
    assert (len(report.failed), report.removed) == (1, ())
    assert places(archive) == (f"{path}/tuesday.txt",)


def test_a_file_that_is_only_named_like_a_member_stays(archive: Path, tmp_path: Path) -> None:
    path, own = tmp_path / "news.json", tmp_path / "news.json#old.txt"
    own.write_text(script(5))
    write_records(path, TALK)
    sync_with([path, own], archive, HashEmbedder())
    assert sync_with([path, own], archive, HashEmbedder()).unchanged == (f"{path}#r1", str(own))
    write_records(path, script(1))
    assert ingest(path, archive).removed == ()
    write_talk(path)
    assert ingest(path, archive).removed == (f"{path}#r1",)
    assert places(archive) == (str(path), str(own))


def test_a_folder_in_the_place_of_an_archive_keeps_what_is_the_same(archive: Path, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "week.zip", monday=script(1), tuesday=script(2))
    ingest(path, archive)
    path.unlink()
    path.mkdir()
    (path / "monday.txt").write_text(script(1))
    report = sync_with([path], archive, HashEmbedder(), prune=True)
    assert (report.unchanged, report.removed) == ((f"{path}/monday.txt",), (f"{path}/tuesday.txt",))
