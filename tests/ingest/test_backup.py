"""Copies taken and put back while the archive is in use, and withdrawn words that are in no file any more."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.archive import FILE, Archive
from ingest.backup import backup, restore
from ingest.doctor import examine
from ingest.errors import ArchiveDamaged, ArchiveMismatch, StorageError
from ingest.index import open_index
from ingest.sync import remove, sync_with
from ingest.words import terms
from tests.ingest.builders import HashEmbedder, script, write_scripts

SECRET = "Zanzibarian xylophonists petitioned the Quetzaltenango ombudsman"
WHO = "PERPETUA QUILLFEATHER"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of six scripts."""
    sync_with(write_scripts(tmp_path / "in", 6), tmp_path / "archive", HashEmbedder())
    return tmp_path / "archive"


def titles(folder: Path) -> set[str]:
    with Archive.open(folder, embedder=None) as store:
        return {entry.title for entry in store.entries()}


def test_a_backup_is_one_file_and_comes_back_as_it_was(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "safe place" / "news – 档案.onrecord"
    copied = backup(folder, file)
    assert (copied.path, copied.transcripts) == (file, 6)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    before = titles(folder)
    with Archive.open(folder, embedder=None) as store:
        remove(store.entries()[0].id, folder)
    sync_with(write_scripts(tmp_path / "more", 9)[6:], folder, HashEmbedder())
    assert restore(folder, file).transcripts == 6
    assert titles(folder) == before
    assert examine(folder).ok
    assert {path.name for path in folder.iterdir() if path.is_file()} == {FILE, "write.lock"}


def test_it_comes_back_into_a_folder_of_its_own(folder: Path, tmp_path: Path) -> None:
    backup(folder, tmp_path / "news.onrecord")
    restore(tmp_path / "another", tmp_path / "news.onrecord")
    assert titles(tmp_path / "another") == titles(folder)
    assert examine(tmp_path / "another").ok
    with Archive.open(folder, embedder=None) as one, Archive.open(tmp_path / "another", embedder=None) as other:
        assert one.stamps()["id"] != other.stamps()["id"], "they go on side by side"


def test_a_reader_sees_the_archive_that_was_put_back(folder: Path, tmp_path: Path) -> None:
    backup(folder, tmp_path / "news.onrecord")
    sync_with(write_scripts(tmp_path / "more", 9)[6:], folder, HashEmbedder())
    with Archive.open(folder, embedder=None) as store:
        index = open_index(store)
        late = {key for key, each in store.passages(store.passage_ids()).items() if "Report 8" in each.title}
        assert late <= index.words.search(["8"], 50).keys()
        restore(folder, tmp_path / "news.onrecord")
        index.refresh()
        assert set(index.words.search(["report"], 100)) == set(store.passage_ids())
        assert late
        assert not late.intersection(store.passage_ids())
        index.close()


def test_one_that_is_damaged_beyond_reading_is_put_aside(folder: Path, tmp_path: Path) -> None:
    backup(folder, tmp_path / "news.onrecord")
    (folder / FILE).write_bytes(b"no database" * 1000)
    restore(folder, tmp_path / "news.onrecord")
    assert len(titles(folder)) == 6
    assert (folder / f"{FILE}.damaged-1").read_bytes().startswith(b"no database")


def _write_without_end(source: str, folder: str) -> None:
    for number in range(10_000):
        path = Path(source) / "changing.txt"
        path.write_text(script(number, 30))
        sync_with([path], folder, HashEmbedder())


@pytest.fixture
def writer(folder: Path, tmp_path: Path) -> Iterator[None]:
    """Another process that changes a transcript again and again."""
    process = multiprocessing.get_context("spawn").Process(
        target=_write_without_end, args=(str(tmp_path / "in"), str(folder))
    )
    process.start()
    while len(titles(folder)) < 7:
        assert process.is_alive()
    yield
    process.kill()
    process.join()


@pytest.mark.usefixtures("writer")
def test_backups_taken_while_another_process_writes_are_whole(folder: Path, tmp_path: Path) -> None:
    seen = set()
    for number in range(6):
        file = tmp_path / f"{number}.onrecord"
        assert backup(folder, file).transcripts == 7
        restore(tmp_path / "restored", file)
        found = examine(tmp_path / "restored")
        assert found.ok, found.faults
        seen |= titles(tmp_path / "restored")
    assert len(seen) > 7, "the writer was at work"


def test_what_is_no_backup_is_refused_and_nothing_is_touched(folder: Path, tmp_path: Path) -> None:
    before = titles(folder)
    file = tmp_path / "news.onrecord"
    with pytest.raises(StorageError, match="no backup"):
        restore(folder, file)
    file.write_text("something else")
    with pytest.raises(ArchiveDamaged, match="no backup"):
        restore(folder, file)
    backup(folder, file)
    with sqlite3.connect(file) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    db.close()
    with pytest.raises(ArchiveMismatch, match="layout 99"):
        restore(folder, file)
    data = bytearray(file.read_bytes())
    data[4096 * 3 : 4096 * 9] = bytes(4096 * 6)
    file.write_bytes(data)
    with pytest.raises(ArchiveDamaged):
        restore(folder, file)
    with pytest.raises(StorageError, match="own folder"):
        backup(folder, folder / "news.onrecord")
    with pytest.raises(StorageError, match="could not be written"):
        backup(folder, tmp_path / "in" / "report-000.txt" / "news.onrecord")
    assert titles(folder) == before
    assert examine(folder).ok


def files_with(folder: Path, *words: str) -> set[str]:
    """The files under the folder that hold any of the words, in UTF-8 of either case."""
    sought = [form.encode() for word in words for form in (word, word.lower(), word.upper())]
    return {path.name for path in folder.rglob("*") if path.is_file() and any(w in path.read_bytes() for w in sought)}


@pytest.mark.parametrize("way", ["remove", "prune"])
def test_words_that_were_withdrawn_are_in_no_file(folder: Path, tmp_path: Path, way: str) -> None:
    path = tmp_path / "in" / "withdrawn.txt"
    path.write_text(f'{script(99, 4)}{SECRET} on Monday.\n{WHO}, CLERK "It was not for the air, said {SECRET}."\n')
    sync_with([tmp_path / "in"], folder, HashEmbedder())
    assert FILE in files_with(folder, SECRET), "what is looked for can be found"
    with Archive.open(folder, embedder=None) as store:
        index = open_index(store)
        assert all(index.words.holds(term) for term in terms(f"{SECRET} {WHO}") if len(term) > 4)
        [key] = [entry.id for entry in store.entries() if entry.place == str(path)]
        index.close()
    path.unlink()
    if way == "remove":
        remove(key, folder)
    else:
        assert sync_with([tmp_path / "in"], folder, HashEmbedder(), prune=True).removed == (str(path),)
    assert files_with(folder, SECRET, *SECRET.split()[::2], WHO, *WHO.split(), path.name) == set()
    with Archive.open(folder, embedder=None) as store:
        index = open_index(store)
        assert not any(index.words.beginning(term) for term in terms(f"{SECRET} {WHO}") if len(term) > 6)
        index.close()
    assert examine(folder).ok


def test_a_reader_does_not_keep_withdrawn_words_in_the_log(folder: Path, tmp_path: Path) -> None:
    """A reader at work may hold up the emptying of the log; the next writer makes up for it."""
    path = tmp_path / "in" / "withdrawn.txt"
    path.write_text(f'01:00\n{SECRET}\n{WHO}, CLERK "{SECRET}."\n')
    sync_with([path], folder, HashEmbedder())
    held, let_go = threading.Event(), threading.Event()

    def read() -> None:
        with Archive.open(folder, embedder=None) as store:
            store.db.execute("BEGIN")
            store.entries()
            held.set()
            let_go.wait(60)

    reader = threading.Thread(target=read)
    reader.start()
    assert held.wait(60)
    with Archive.open(folder, embedder=None) as store:
        [key] = [entry.id for entry in store.entries() if entry.place == str(path)]
    path.unlink()
    remove(key, folder)
    let_go.set()
    reader.join()
    sync_with([tmp_path / "in"], folder, HashEmbedder(), prune=True)
    assert files_with(folder, SECRET) == set()
