"""Files into the archive: new, changed, unchanged, broken, gone; and what is stored is what was parsed."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import Progress, reindex, remove, sync
from ingest.archive import FILE, Archive
from ingest.errors import ArchiveDamaged, ArchiveMismatch, ArchiveMissing, StorageError, UnknownTranscript
from ingest.formats import parse
from ingest.index import open_index
from ingest.sync import sync_with
from tests.ingest.builders import HashEmbedder, script, write_scripts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return write_scripts(tmp_path / "in", 4)


def places(folder: Path) -> set[str]:
    with Archive.open(folder) as archive:
        return set(archive.places())


def agreed(folder: Path) -> int:
    """The number of passages, after seeing that archive, words and vectors hold the same."""
    with Archive.open(folder) as archive:
        index = open_index(archive)
        count = archive.passage_count()
        assert len(index.words) == len(index.vectors) == count
        assert index.agrees()
        index.close()
        return count


def test_new_files_are_added_and_come_back_as_they_were_parsed(folder: Path, files: list[Path]) -> None:
    report = sync(files, folder)
    assert report.added == tuple(map(str, files))
    assert report.ok
    assert report.summary == "4 added"
    with Archive.open(folder) as archive:
        for path in files:
            parsed = parse(path)
            assert archive.transcript(parsed.id) == parsed
    assert agreed(folder) > 0


def test_doing_it_again_changes_nothing(folder: Path, files: list[Path]) -> None:
    sync(files, folder)
    before = agreed(folder)
    report = sync(files, folder)
    assert (len(report.unchanged), report.added, report.updated) == (4, (), ())
    assert agreed(folder) == before


def test_a_changed_file_replaces_its_old_self(folder: Path, files: list[Path]) -> None:
    sync(files, folder)
    old = parse(files[0]).id
    files[0].write_text(script(77, paragraphs=9))
    report = sync(files, folder)
    assert report.updated == (str(files[0]),)
    with Archive.open(folder) as archive:
        assert len(archive.entries()) == 4
        with pytest.raises(UnknownTranscript):
            archive.transcript(old)
        index = open_index(archive)
        found = archive.passages(index.words.search(["77"], 20))
        assert {stored.passage.transcript_id for stored in found.values()} == {parse(files[0]).id}
        index.close()
    agreed(folder)


def test_a_broken_file_stops_no_other(folder: Path, files: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "in" / "empty.txt"
    bad.write_bytes(b"")
    image = tmp_path / "in" / "picture.txt"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    missing = tmp_path / "nowhere.txt"
    report = sync([bad, image, missing, *files], folder)
    assert len(report.added) == 4
    assert {failure.path for failure in report.failed} == {str(bad), str(image), str(missing)}
    assert all(failure.path in str(failure.error) for failure in report.failed)


def test_a_folder_is_walked_and_what_is_no_transcript_is_named(folder: Path, files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "in" / "notes.jpg").write_bytes(b"x")
    (tmp_path / "in" / ".hidden.txt").write_text("secret words")
    report = sync([tmp_path / "in"], folder)
    assert report.added == tuple(map(str, sorted(files)))
    assert report.skipped == (str(tmp_path / "in" / "notes.jpg"),)
    assert report.ok


def test_nothing_to_read_makes_no_archive(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert sync([tmp_path / "empty"], folder).summary == "nothing to do"
    assert not folder.exists()


def test_prune_removes_what_is_gone_from_the_folder_and_nothing_else(
    folder: Path, files: list[Path], tmp_path: Path
) -> None:
    elsewhere = write_scripts(tmp_path / "elsewhere", 1, paragraphs=5)
    sync([*files, *elsewhere], folder)
    files[0].unlink()
    elsewhere[0].unlink()
    report = sync([tmp_path / "in"], folder, prune=True)
    assert report.removed == (str(files[0]),)
    assert places(folder) == {str(path) for path in [*files[1:], *elsewhere]}
    agreed(folder)


def test_a_removed_transcript_leaves_nothing_behind(folder: Path, files: list[Path]) -> None:
    sync(files, folder)
    entry = remove(parse(files[1]).id[:8], folder)
    assert entry.place == str(files[1])
    assert str(files[1]) not in places(folder)
    agreed(folder)
    with sqlite3.connect(folder / FILE) as db:
        for table in ("turns", "passages"):
            assert db.execute(f"SELECT count(*) FROM {table} WHERE transcript_id = ?", (entry.id,)).fetchone() == (0,)


@pytest.mark.parametrize("name", ["news.jsonl", "news.zip"])
def test_one_of_many_that_was_removed_comes_back_when_its_file_is_ingested_again(
    folder: Path, tmp_path: Path, name: str
) -> None:
    path, single = tmp_path / name, write_scripts(tmp_path / "in", 1, paragraphs=5)[0]
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as packed:
            for number in range(3):
                packed.writestr(f"report-{number}.txt", script(number))
    else:
        path.write_text("".join(json.dumps({"id": str(at), "text": script(at)}) + "\n" for at in range(3)))
    sync_with([path, single], folder, HashEmbedder())
    assert len(sync_with([path], folder, HashEmbedder()).unchanged) == 3
    with Archive.open(folder, embedder=None) as archive:
        gone = next(entry for entry in archive.entries() if entry.place.startswith(f"{path}"))
    remove(gone.id, folder)
    report = sync_with([path], folder, HashEmbedder())
    assert (report.added, len(report.unchanged)) == ((gone.place,), 2)
    remove(parse(single).id, folder)
    with Archive.open(folder, embedder=None) as archive:
        assert archive.whole_of(str(path)), "a file beside it is none of its own"


@pytest.mark.parametrize("wrong", ["", "zzzz", "%", "_"])
def test_an_unknown_id_is_a_clear_error(folder: Path, files: list[Path], wrong: str) -> None:
    sync(files, folder)
    with pytest.raises(UnknownTranscript, match="onrecord list"):
        remove(wrong, folder)
    assert len(places(folder)) == 4


def test_progress_is_told_for_every_file(folder: Path, files: list[Path]) -> None:
    told: list[Progress] = []
    sync(files, folder, progress=told.append)
    read = [each for each in told if each.stage == "read"]
    assert [each.done for each in read] == [1, 2, 3, 4]
    assert {each.total for each in read} == {4}
    assert told[-1].stage == "index"
    assert told[-1].done == told[-1].total


@pytest.mark.parametrize("name", ["words/meta.json", "chroma/chroma.sqlite3"])
@pytest.mark.parametrize("ruin", [Path.unlink, lambda victim: victim.write_bytes(b"garbage")], ids=["lost", "garbage"])
def test_a_lost_or_ruined_index_is_built_again(
    folder: Path, files: list[Path], name: str, ruin: Callable[[Path], object]
) -> None:
    sync(files, folder)
    before = agreed(folder)
    ruin(folder / name)
    assert agreed(folder) == before


def test_another_archives_index_is_not_believed(folder: Path, files: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    sync(files[:2], folder)
    sync(files[2:], other)
    (folder / "words").rename(tmp_path / "kept")
    (other / "words").rename(folder / "words")
    agreed(folder)
    with Archive.open(folder) as archive:
        index = open_index(archive)
        assert archive.passages(index.words.search(["report"], 50)).keys() == set(archive.passage_ids())
        index.close()


def test_no_archive_is_a_clear_error(folder: Path) -> None:
    with pytest.raises(ArchiveMissing, match="onrecord ingest"):
        Archive.open(folder)


def test_a_file_that_is_no_archive_is_a_clear_error(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE).write_bytes(b"this is not a database at all" * 50)
    with pytest.raises(ArchiveDamaged, match="does not read as an archive"):
        Archive.open(folder)


def test_another_model_is_refused_with_the_command_that_mends_it(folder: Path, files: list[Path]) -> None:
    sync(files, folder)
    with pytest.raises(ArchiveMismatch, match=r"made with embedder 'all-MiniLM-L6-v2'.*onrecord reindex"):
        Archive.open(folder, embedder="some-other-model")
    with pytest.raises(ArchiveMismatch):
        sync(files, folder, embedder="some-other-model")


def test_a_newer_layout_is_refused(folder: Path, files: list[Path]) -> None:
    sync(files, folder)
    with sqlite3.connect(folder / FILE) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(ArchiveMismatch, match="layout 99"):
        Archive.open(folder)


def test_an_older_splitter_is_mended_by_reindex(folder: Path, files: list[Path]) -> None:
    sync(files, folder)
    before = agreed(folder)
    with sqlite3.connect(folder / FILE) as db:
        db.execute("UPDATE meta SET value = 'old' WHERE key = 'splitter'")
        db.execute("DELETE FROM passages WHERE rowid % 2")
    with pytest.raises(ArchiveMismatch, match="onrecord reindex"):
        Archive.open(folder)
    assert reindex(folder) == before
    assert agreed(folder) == before


def test_reindex_changes_to_a_model_of_another_dimension(folder: Path, files: list[Path]) -> None:
    sync_with(files, folder, HashEmbedder())
    assert reindex(folder, embedder="all-MiniLM-L6-v2") == agreed(folder)
    with Archive.open(folder) as archive:
        stored = archive.passages(archive.passage_ids()).values()
        assert {each.vector.shape for each in stored} == {(384,)}


def test_a_place_that_cannot_be_written_is_a_clear_error(tmp_path: Path, files: list[Path]) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(StorageError, match="may not be written"):
        sync(files, blocked / "archive")


def test_names_with_spaces_and_other_scripts(tmp_path: Path) -> None:
    [path] = write_scripts(tmp_path / "ein Ordner – 档案", 1)
    report = sync([path], tmp_path / "mein Archiv – 档案")
    assert report.added == (str(path),)
