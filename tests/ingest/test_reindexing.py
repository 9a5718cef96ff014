"""Another model, another splitter: the old index serves until the new one is there, and readers live through it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import Archive
from ingest.doctor import examine
from ingest.embed import Vectors
from ingest.errors import ArchiveMismatch
from ingest.index import Index, open_index
from ingest.passages import VERSION as SPLITTER_VERSION
from ingest.reindexing import FILE, convert, rebuild
from ingest.sync import reindex, sync_with
from tests.ingest.builders import HashEmbedder, script, write_scripts

THREADS = 16


class OtherEmbedder(HashEmbedder):
    """Another model, which counts what it embeds, and lets something happen meanwhile."""

    name = "hash-other"

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.texts: list[str] = []
        self._meanwhile = meanwhile

    def embed(self, texts: Sequence[str]) -> Vectors:
        self._meanwhile()
        self.texts += texts
        return -super().embed(texts)


def stamps(model: str = OtherEmbedder.name) -> dict[str, str]:
    return {"embedder": model, "splitter": SPLITTER_VERSION}


def ignore(done: int, total: int, title: str) -> None:
    pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sync_with(write_scripts(tmp_path / "in", 12, 20), tmp_path / "archive", HashEmbedder())
    return tmp_path / "archive"


def assert_finds_each(store: Archive, index: Index) -> None:
    ids = store.passage_ids()
    assert set(index.words.search(["report"], len(ids) + 10)) == set(ids)
    stored = store.passages(ids)
    assert all(np.allclose(vector, stored[key].vector) for key, vector in index.vectors.vectors(ids).items())
    assert all(index.vectors.search(each.vector, 1) for each in [*stored.values()][:3])


def test_the_old_index_serves_until_the_new_one_is_complete(folder: Path) -> None:
    with Archive.open(folder, embedder=None) as reading, Archive.open(folder, embedder=None) as store:
        reader, looks = open_index(reading), list[str]()

        def look() -> None:
            reader.refresh()
            assert_finds_each(reading, reader)
            looks.append(reading.stamps()["embedder"])

        other = OtherEmbedder(look)
        convert(store, other, stamps(), ignore)
        assert looks
        assert set(looks) == {"hash-8"}
        assert sorted(other.texts) == sorted(set(other.texts)), "nothing is embedded twice"
        with pytest.raises(ArchiveMismatch, match="ONRECORD_EMBEDDER='hash-other'"):
            reader.refresh()
        reader.close()
    assert examine(folder).ok
    with Archive.open(folder, embedder="hash-other") as store:
        index = open_index(store)
        assert_finds_each(store, index)
        index.close()
    assert not (folder / FILE).exists()


def test_a_reader_goes_over_to_another_splitters_passages(folder: Path) -> None:
    with Archive.open(folder, embedder=None) as store, store.writing() as db:
        db.execute("UPDATE meta SET value = 'old' WHERE key = 'splitter'")
    with Archive.open(folder, embedder=None) as reading:
        reader = open_index(reading)
        with Archive.open(folder, embedder=None) as store:
            convert(store, HashEmbedder(), stamps("hash-8"), ignore)
        reader.refresh()
        assert_finds_each(reading, reader)
        reader.close()
    assert examine(folder).ok


class Interrupted(Exception):
    pass


def test_what_was_embedded_before_an_interruption_is_not_embedded_again(folder: Path, tmp_path: Path) -> None:
    sync_with(write_scripts(tmp_path / "more", 260, 20)[12:], folder, HashEmbedder())
    times = iter([False, True])

    def fail_the_second_time() -> None:
        if next(times):
            raise Interrupted

    first, second = OtherEmbedder(fail_the_second_time), OtherEmbedder()
    with Archive.open(folder, embedder=None) as store:
        before = store.passage_ids()
        with pytest.raises(Interrupted):
            convert(store, first, stamps(), ignore)
        assert store.stamps()["embedder"] == "hash-8"
        assert examine(folder).ok, "it is as it was"
        convert(store, second, stamps(), ignore)
        assert store.passage_ids() == before
    assert first.texts
    assert not set(first.texts) & set(second.texts)
    assert examine(folder).ok


KILLED = """
import os, signal, sys
from ingest.archive import Archive
from ingest.reindexing import convert
from tests.ingest.test_reindexing import OtherEmbedder, ignore, stamps
import ingest.index
class Dying(Archive):
    def use_indexes(self, *args, **kwargs):
        super().use_indexes(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
with Dying.open(sys.argv[1], embedder=None) as store:
    convert(store, OtherEmbedder(), stamps(), ignore)
"""


def test_a_kill_at_the_very_moment_of_the_exchange_leaves_the_old(folder: Path, root: Path) -> None:
    """The new indexes are complete then, and the transaction that names them is about to end."""
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (folder / "words-b").exists()
    with Archive.open(folder, embedder="hash-8") as store:
        index = open_index(store)
        assert_finds_each(store, index)
        index.close()
        assert not (folder / "words-b").exists()
        other = OtherEmbedder()
        convert(store, other, stamps(), ignore)
        assert not other.texts, "all of it was embedded before"
    assert examine(folder).ok


def _come_and_go(source: str, folder: str, rounds: int) -> None:
    for number in range(rounds):
        (Path(source) / "changing.txt").write_text(script(500 + number, 10))
        sync_with([Path(source) / "changing.txt"], folder, HashEmbedder())
        if number % 3 == 2:
            reindex(folder)


def test_sixteen_threads_ask_while_another_process_ingests_and_rebuilds(folder: Path, tmp_path: Path) -> None:
    """No error, nothing twice, no words that are not those of the passage, and what stays is found all the time."""
    process = multiprocessing.get_context("spawn").Process(
        target=_come_and_go, args=(str(tmp_path / "in"), str(folder), 9)
    )
    with Archive.open(folder, embedder=None) as store:
        index, refreshing = open_index(store), threading.Lock()
        lasting = {key: each.passage.text for key, each in store.passages(store.passage_ids()).items()}

        def ask(number: int) -> int:
            asked = 0
            key, text = [*lasting.items()][number]
            vector = store.passages([key])[key].vector
            while process.is_alive() or not asked:
                with refreshing:
                    index.refresh()
                found = {**index.words.search(["report"], 300), **index.vectors.search(vector, 20)}
                stored = store.passages(found)
                assert lasting.keys() <= stored.keys()
                assert stored[key].passage.text == text
                assert key in index.vectors.search(vector, 20)
                asked += 1
            return asked

        process.start()
        with ThreadPoolExecutor(THREADS) as pool:
            asked = [*pool.map(ask, range(THREADS))]
        process.join()
        assert process.exitcode == 0
        assert min(asked) > 0
        index.refresh()
        assert len(index.words) == len(index.vectors) == store.passage_count() > len(lasting)
        index.close()
    assert examine(folder).ok


def test_a_reader_sees_a_new_transcript_at_its_next_look(folder: Path, tmp_path: Path) -> None:
    with Archive.open(folder, embedder=None) as store:
        index = open_index(store)
        (tmp_path / "in" / "new.txt").write_text(script(777))
        process = multiprocessing.get_context("spawn").Process(
            target=_come_and_go, args=(str(tmp_path / "in"), str(folder), 1)
        )
        process.start()
        process.join()
        index.refresh()
        assert index.words.search(["500"], 10)
        index.close()


def test_building_again_leaves_one_of_each_index(folder: Path) -> None:
    for _ in range(3):
        with Archive.open(folder, embedder=None) as store:
            rebuild(store)
        assert len([path for path in folder.iterdir() if path.is_dir()]) == 2
        assert examine(folder).ok
