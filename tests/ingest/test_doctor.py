"""Damage of every kind, done to real archives: it is told or healed, and no answer is wrong in silence."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import FILE, Archive
from ingest.building import folders
from ingest.doctor import examine
from ingest.errors import ArchiveDamaged, ArchiveMismatch, StorageError
from ingest.index import Index, open_index, state_of
from ingest.seals import Seal
from ingest.sync import sync_with
from ingest.vectors import VectorIndex, lasting
from ingest.words import Document
from tests.ingest.builders import HashEmbedder, write_scripts

LARGE = 260
"""Scripts enough that Chroma writes its graph to files, which it does from a thousand passages on."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("small"), 6, 3)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("large"), LARGE, 16)
    assert [*lasting(folder / "chroma")], "too few passages for Chroma to write its graph"
    return folder


def made(base: Path, scripts: int, paragraphs: int) -> Path:
    files = write_scripts(base / "in", scripts, paragraphs)
    sync_with(files, base / "ein Archiv – 档案", HashEmbedder())
    return base / "ein Archiv – 档案"


@pytest.fixture
def archive(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "copy of 档案"))


@pytest.fixture
def big(large: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(large, tmp_path / "copy"))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : 2 * len(data) // 3] = os.urandom(2 * len(data) // 3 - len(data) // 3)
    path.write_bytes(data)


def overwrite(path: Path) -> None:
    path.write_bytes(os.urandom(max(100, path.stat().st_size)))


def assert_finds_all(folder: Path) -> None:
    """Every passage is found by its own vector and by its words, and nothing else is in the indexes."""
    with Archive.open(folder, embedder=None) as store:
        index = open_index(store)
        ids = set(store.passage_ids())
        assert set(index.words.search(["report"], len(ids) + 10)) == ids
        stored = store.passages(ids)
        held = index.vectors.vectors([*ids])
        assert held.keys() == ids
        assert all(np.allclose(held[key], stored[key].vector, atol=1e-6) for key in ids)
        assert len(index.vectors) == len(ids)
        index.close()


def test_a_sound_archive_has_no_faults(archive: Path) -> None:
    found = examine(archive)
    assert (found.ok, found.transcripts, found.mended) == (True, 6, ())


RUINS: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "halved": truncate,
    "garbled": garble,
    "overwritten": overwrite,
}
FILES = ("data_level0.bin", "header.bin", "index_metadata.pickle", "length.bin", "link_lists.bin")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("ruin", ["deleted", "garbled"])
def test_a_damaged_graph_never_ends_the_program_and_heals_at_the_next_opening(big: Path, name: str, ruin: str) -> None:
    [victim] = (big / "chroma").glob(f"*/{name}")
    RUINS[ruin](victim)
    with Archive.open(big, embedder=None) as store:
        assert state_of(store, "chroma") is Seal.BROKEN
    assert_finds_all(big)


def test_a_deleted_segment_heals(big: Path) -> None:
    shutil.rmtree(next(lasting(big / "chroma")).parent)
    assert_finds_all(big)


@pytest.mark.parametrize("ruin", ["halved", "garbled"])
def test_a_graph_that_a_killed_writer_left_damaged_heals_too(big: Path, ruin: str) -> None:
    RUINS[ruin](next(lasting(big / "chroma")))
    (big / "chroma" / "being-written").touch()
    assert_finds_all(big)


def test_a_graph_that_was_left_whole_is_kept(big: Path) -> None:
    """As one of an archive made by a program that did not seal its files."""
    for kind in ("words", "chroma"):
        (big / kind / "seal.json").unlink()
    assert_finds_all(big)
    assert {path.name for path in big.iterdir() if path.is_dir()} == {"words", "chroma"}, "nothing was built again"
    assert examine(big).ok


@pytest.mark.parametrize("folder", ["words", "chroma"])
def test_a_deleted_index_heals(archive: Path, folder: str) -> None:
    shutil.rmtree(archive / folder)
    assert not examine(archive).ok
    assert_finds_all(archive)
    assert examine(archive).ok


@pytest.mark.parametrize("ruin", [name for name in RUINS if name != "deleted"])
def test_a_damaged_file_of_the_word_index_heals(archive: Path, ruin: str) -> None:
    RUINS[ruin](next(path for path in (archive / "words").iterdir() if path.suffix == ".idx"))
    [fault] = examine(archive).faults
    assert (fault.where, fault.mendable) == ("words", True)
    assert_finds_all(archive)


@pytest.mark.parametrize("ruin", ["garbled", "overwritten"])
def test_a_damaged_database_of_chromas_is_mended(big: Path, ruin: str) -> None:
    RUINS[ruin](big / "chroma" / "chroma.sqlite3")
    found = examine(big)
    assert [(fault.where, fault.kind) for fault in found.faults] == [("chroma", "chroma")]
    mended = examine(big, mend=True)
    assert (mended.ok, len(mended.mended)) == (True, 1)
    assert_finds_all(big)


def swap_a_vector(folder: Path) -> None:
    index, keys = opened(folder)
    index.apply([], keys[:1], -np.ones((1, 8), dtype=np.float32))
    index.close()


def swap_a_passage(folder: Path) -> None:
    index, keys = opened(folder)
    index.apply(keys[:1], ["strange"], np.ones((1, 8), dtype=np.float32))
    index.close()


def opened(folder: Path) -> tuple[VectorIndex, tuple[str, ...]]:
    with Archive.open(folder, embedder=None) as store:
        return VectorIndex(folder / "chroma"), store.passage_ids()


def swap_a_document(folder: Path) -> None:
    with Archive.open(folder, embedder=None) as store:
        index = Index(store)
        index.words.apply(store.passage_ids()[:1], [Document("strange", "", "", "report")])
        index.close()


@pytest.mark.parametrize("change", [swap_a_vector, swap_a_passage, swap_a_document])
def test_what_no_count_shows_the_doctor_finds_and_mends(archive: Path, change: Callable[[Path], None]) -> None:
    change(archive)
    [fault] = examine(archive).faults
    assert fault.mendable
    assert examine(archive, mend=True).ok
    assert_finds_all(archive)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE passages SET char_end = char_start + 100000 WHERE rowid = 1", "passages of"),
        ("UPDATE turns SET char_start = -1 WHERE rowid_of", "turns of"),
        ("DELETE FROM transcripts WHERE rowid = 1", "belong to no transcript"),
        ("UPDATE passages SET vector = x'00000000' WHERE rowid = 2", "different dimensions"),
    ],
)
def test_what_the_truth_has_lost_is_told_and_not_mended(archive: Path, change: str, told: str) -> None:
    with sqlite3.connect(archive / FILE) as db:
        db.execute(change.replace("rowid_of", '"index" = 0'))
    db.close()
    found = examine(archive, mend=True)
    assert any(told in fault.what for fault in found.faults)
    assert not any(fault.mendable for fault in found.faults)


def test_damaged_pages_of_the_truth_are_told(big: Path) -> None:
    data = bytearray((big / FILE).read_bytes())
    behind_the_schema = len(data) // 2 // 4096 * 4096
    data[behind_the_schema : behind_the_schema + 4096 * 20] = os.urandom(4096 * 20)
    (big / FILE).write_bytes(data)
    found = examine(big)
    assert "the database is damaged" in found.faults[0].what
    assert "onrecord restore" in found.faults[0].remedy
    (big / FILE).write_bytes(os.urandom(8192))
    with pytest.raises(ArchiveDamaged):
        examine(big)


def test_an_archive_of_a_newer_version_is_told_and_not_touched(archive: Path) -> None:
    with sqlite3.connect(archive / FILE) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    db.close()
    with pytest.raises(ArchiveMismatch, match="layout 99"):
        examine(archive, mend=True)


def test_what_a_killed_builder_left_is_swept_up(archive: Path) -> None:
    (archive / "words-b").mkdir()
    assert [fault.where for fault in examine(archive).faults] == ["words-b"]
    assert examine(archive, mend=True).ok
    assert not (archive / "words-b").exists()


@pytest.fixture
def locked_disk(archive: Path, tmp_path: Path) -> Iterator[Path]:
    """The archive on a disk that may only be read."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    shutil.copytree(archive, disk / "archive")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    yield disk / "archive"
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_may_only_be_read_takes_nothing_and_is_looked_through(locked_disk: Path) -> None:
    with pytest.raises(StorageError, match="may not be written: Read-only"):
        sync_with(write_scripts(locked_disk.parent.parent / "more", 1), locked_disk, HashEmbedder())
    assert examine(locked_disk).ok, "it can be looked through"


def test_a_disk_that_fills_up_while_mending_harms_nothing(archive: Path, root: Path) -> None:
    """A limit on the size of any file stands for the full disk: the system refuses in the same way."""
    shutil.rmtree(archive / "chroma")
    code = "import sys; from ingest.doctor import examine; examine(sys.argv[1], mend=True)"
    limit = (archive / FILE).stat().st_size + 1000
    done = subprocess.run(
        [sys.executable, "-c", code, str(archive)], cwd=root, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (min(limit, 60_000), 60_000)),
    )  # fmt: skip
    assert done.returncode
    assert "ingest.errors." in done.stderr.splitlines()[-1]
    assert examine(archive, mend=True).ok
    assert_finds_all(archive)


def test_a_folder_named_in_the_archive_that_is_not_there_heals(archive: Path) -> None:
    with Archive.open(archive, embedder=None) as store:
        store.use_indexes((archive / "words-b", archive / "chroma-b"), settled=True)
        assert {folder.name for folder in folders(store).values()} == {"words-b", "chroma-b"}
    assert_finds_all(archive)
    assert examine(archive, mend=True).ok
