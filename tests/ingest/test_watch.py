"""Folders that are watched: what settles goes in, once, wherever it is moved to, and under whatever name it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.archive import FILE, Archive
from ingest.doctor import examine
from ingest.lock import write_lock
from ingest.outcomes import Duplicate, Moved
from ingest.report import IngestReport
from ingest.sync import sync_with
from ingest.watch import Watch, watch
from tests.ingest.builders import HashEmbedder, script, write_scripts

PATIENCE_S = 120


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def names(folder: Path) -> set[str]:
    with Archive.open(folder, embedder=None) as store:
        return {Path(place).name for place in store.places()}


def test_a_file_counts_once_it_has_stayed_the_same(source: Path) -> None:
    watched = Watch([source], settle_s=2.0)
    path = source / "a.txt"
    path.write_text("half of it")
    assert not watched.look(10.0)
    assert not watched.look(11.9)
    path.write_text("half of it, and the rest")
    assert not watched.look(12.0), "it has changed"
    assert not watched.look(13.9)
    changes = watched.look(14.0)
    assert [*changes.files] == [path]
    assert watched.look(14.5).files == changes.files, "as long as it is not taken in"
    watched.took(changes)
    assert not watched.look(15.0)


def test_what_is_gone_waits_for_what_is_arriving(source: Path) -> None:
    """A file that is moved must not go from the archive before it is in from its new place."""
    watched = Watch([source], settle_s=2.0, prune=True)
    (source / "a.txt").write_text("a")
    assert not watched.look(0.0)
    watched.took(watched.look(2.0))
    (source / "a.txt").rename(source / "b.txt")
    assert not watched.look(3.0)
    changes = watched.look(5.0)
    assert ([*changes.files], changes.gone, changes.prune) == ([source / "b.txt"], frozenset([source / "a.txt"]), True)
    watched.took(changes)
    assert not watched.look(6.0)


def test_a_file_of_facts_brings_what_lies_beside_it(source: Path) -> None:
    paths = write_scripts(source, 2)
    watched = Watch([source], settle_s=0.0)
    watched.took(watched.look(0.0))
    (source / "meta.yaml").write_text("source: Harbour News\n")
    assert {*paths} <= watched.look(1.0).files.keys()


class Watching:
    """A watch in a thread, and what it told."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder, self.told, self.stop = folder, list[IngestReport](), threading.Event()
        self._changed = threading.Condition()
        arguments = {"prune": True, "settle_s": 0.2, "told": self._tell, "stop": self.stop}
        self.thread = threading.Thread(target=watch, args=([source], folder, HashEmbedder()), kwargs=arguments)
        self.thread.start()

    def _tell(self, report: IngestReport) -> None:
        with self._changed:
            self.told.append(report)
            self._changed.notify_all()

    def wait_for(self, true: Callable[[IngestReport], object]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(true, self.told)), PATIENCE_S), self.told
            self.told.clear()


@pytest.fixture
def watching(source: Path, tmp_path: Path) -> Iterator[Watching]:
    one = Watching(source, tmp_path / "archive")
    yield one
    one.stop.set()
    one.thread.join(PATIENCE_S)
    assert not one.thread.is_alive()


def test_files_come_change_move_and_go(source: Path, watching: Watching) -> None:
    write_scripts(source, 3)
    watching.wait_for(lambda report: report.added)
    (source / "report-000.txt").write_text(script(50))
    watching.wait_for(lambda report: report.updated)
    (source / "report-001.txt").rename(source / "elsewhere.txt")
    watching.wait_for(lambda report: report.moved)
    (source / "report-002.txt").unlink()
    watching.wait_for(lambda report: report.removed)
    assert names(watching.folder) == {"report-000.txt", "elsewhere.txt"}
    assert examine(watching.folder).ok


def test_while_another_writes_it_waits_and_misses_nothing(source: Path, watching: Watching) -> None:
    with write_lock(watching.folder):
        write_scripts(source, 1)
    watching.wait_for(lambda report: report.added)
    assert names(watching.folder) == {"report-000.txt"}


def test_a_moved_file_is_not_doubled(source: Path, tmp_path: Path) -> None:
    [path] = write_scripts(source, 1)
    sync_with([source], tmp_path / "archive", HashEmbedder())
    (tmp_path / "new").mkdir()
    moved = path.rename(tmp_path / "new" / "report.txt")
    report = sync_with([moved], tmp_path / "archive", HashEmbedder())
    assert report.moved == (Moved(str(moved), str(path)),)
    assert report.summary == "1 moved"
    assert names(tmp_path / "archive") == {"report.txt"}
    assert examine(tmp_path / "archive").ok


def test_the_same_under_two_names_is_one_and_said(source: Path, tmp_path: Path) -> None:
    [path] = write_scripts(source, 1)
    again, third = source / "zagain.txt", source / "zthird.txt"
    again.write_bytes(path.read_bytes())
    report = sync_with([source], tmp_path / "archive", HashEmbedder())
    assert (report.added, report.duplicates) == ((str(path),), (Duplicate(str(again), str(path)),))
    assert report.summary == "1 added, 1 found twice"
    third.write_bytes(path.read_bytes())
    assert len(sync_with([source], tmp_path / "archive", HashEmbedder()).duplicates) == 2
    assert names(tmp_path / "archive") == {path.name}
    path.unlink()
    report = sync_with([source], tmp_path / "archive", HashEmbedder(), prune=True)
    assert report.moved == (Moved(str(again), str(path)),)
    assert names(tmp_path / "archive") == {again.name}, "it stays for as long as one of them is there"


def test_nothing_is_left_out_for_looking_alike(source: Path, tmp_path: Path) -> None:
    first, second = write_scripts(source, 2)
    second.write_text(first.read_text().replace("hurt", "harmed"))
    assert len(sync_with([source], tmp_path / "archive", HashEmbedder()).added) == 2
    assert (tmp_path / "archive" / FILE).exists()
