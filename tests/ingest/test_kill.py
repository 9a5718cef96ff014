"""Killed at any moment: what was stored stays, once, and whole; the indexes agree again at the next opening."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import FILE, Archive
from ingest.doctor import examine
from ingest.errors import ArchiveLocked, StorageError
from ingest.formats import parse
from ingest.index import open_index
from ingest.lock import write_lock
from ingest.sync import sync_with
from tests.ingest.builders import HashEmbedder, write_scripts
from tests.ingest.in_step import assert_in_step
from tests.ingest.killing import RECORDS, State, run
from tests.ingest.shows import write_ledgers

ROUNDS, KILLS = 6, 200
# The embedder is a small one so that most of the time goes into what a kill could harm: the writing.
INGEST = """
import sys
from pathlib import Path
from tests.ingest.builders import HashEmbedder
from ingest.sync import sync_with
files = sorted(Path(sys.argv[1]).iterdir())
print("ready", flush=True)
sync_with(files, sys.argv[2], HashEmbedder(), progress=lambda p: print(p.stage, p.done, flush=True))
print("complete", flush=True)
"""


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return write_scripts(tmp_path / "in", 60, paragraphs=6)


@pytest.fixture
def shows(tmp_path: Path) -> list[Path]:
    """Shows that repeat their station's boilerplate: so long that they are stored in several transactions."""
    return write_ledgers(tmp_path / "shows", 40, sentences=150)


def start(files: list[Path], folder: Path, root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", INGEST, str(files[0].parent), str(folder)]
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def assert_whole(folder: Path) -> set[str]:
    """Every transcript there is complete and found once in each index, and what its station repeats is in no passage.

    Returns the files they came from.
    """
    with Archive.open(folder, embedder=None) as archive:
        index = open_index(archive)
        ids = set(archive.passage_ids())
        assert len(index.words) == len(index.vectors) == len(ids)
        for entry in archive.entries():
            assert archive.transcript(entry.id) == parse(entry.place)
            assert entry.passages > 0
        assert_in_step(archive)
        found = index.words.search(["report"], 10_000)
        assert set(found) == ids
        index.close()
        return set(archive.places())


def test_a_killed_ingest_keeps_whole_files_only_and_goes_on_where_it_stopped(
    tmp_path: Path, shows: list[Path], root: Path
) -> None:
    folder, chance = tmp_path / "archive", random.Random(7)
    done_before: set[str] = set()
    killed = partly = 0
    for _ in range(ROUNDS):
        process = start(shows, folder, root)
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        for _ in range(chance.randrange(len(shows) + 10)):
            process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.2))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
        if (folder / FILE).exists():
            with Archive.open(folder, create=True, embedder="hash-8"):
                pass
            done = assert_whole(folder)
            assert done_before <= done
            done_before = done
            partly += 0 < len(done) < len(shows)
    assert killed > ROUNDS // 2
    assert partly
    with start(shows, folder, root) as process:
        out, _ = process.communicate(timeout=120)
    assert out.endswith("complete\n")
    assert assert_whole(folder) == {str(path) for path in shows}
    with Archive.open(folder, embedder=None) as archive:
        assert all(archive.boilerplate(entry.id) for entry in archive.entries())


def test_two_at_once_wait_for_each_other_and_both_get_in(tmp_path: Path, root: Path) -> None:
    first, second = write_scripts(tmp_path / "a", 10, paragraphs=3), write_scripts(tmp_path / "b", 10, paragraphs=4)
    folder = tmp_path / "archive"
    with start(first, folder, root) as one, start(second, folder, root) as two:
        assert one.communicate(timeout=120)[0].endswith("complete\n")
        assert two.communicate(timeout=120)[0].endswith("complete\n")
    assert assert_whole(folder) == {str(path) for path in [*first, *second]}


def _hold(folder: str, held: object, release: object) -> None:
    with write_lock(Path(folder)):
        held.set()  # type: ignore[attr-defined]
        release.wait(60)  # type: ignore[attr-defined]


def test_a_lock_held_elsewhere_is_a_clear_error_and_a_dead_holder_is_none(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(tmp_path / "archive"), held, release))
    holder.start()
    assert held.wait(60)
    with pytest.raises(ArchiveLocked, match="Another process is writing"), write_lock(tmp_path / "archive", wait_s=0.2):
        pass
    holder.kill()
    holder.join()
    taken = False
    with write_lock(tmp_path / "archive", wait_s=0.2):
        taken = True
    assert taken


def wait_for_steps(ledger: Path, count: int, process: BaseProcess) -> None:
    while not ledger.exists() or ledger.read_text().count('"done"') < count:
        assert process.is_alive()
        time.sleep(0.005)


def begun_and_done(ledger: Path, before: State) -> tuple[str, State, State]:
    """The step that the kill cut off, the state that was reported as done last, and the one that was begun after it."""
    last, done, begun = "", before, before
    for line in map(json.loads, ledger.read_text().splitlines()):
        last = "" if line == "done" else line["step"]
        done, begun = (begun, begun) if line == "done" else (done, line["state"])
    return last, done, begun


def assert_between(folder: Path, done: State, begun: State) -> State:
    """What is in is what was done, or what was begun; the three stores hold the same; the state that was found."""
    with Archive.open(folder, embedder=None) as store:
        index = open_index(store)
        ids = store.passage_ids()
        assert len(index.words) == len(index.vectors) == index.words.held(ids) == len(ids)
        stored, held = store.passages(ids), index.vectors.vectors(ids)
        assert all(np.allclose(held[key], stored[key].vector, atol=1e-6) for key in ids)
        index.close()
        entries = {entry.place: entry for entry in store.entries()}
        found = {Path(place).name: int(entry.title.split()[1]) for place, entry in entries.items() if "#" not in place}
        records = Counter(int(entry.title.split()[1]) for place, entry in entries.items() if "#" in place)
        assert all(entry.passages for entry in entries.values())
    for name in done.keys() | begun.keys():
        allowed = {done.get(name), begun.get(name)}
        assert found.get(name) in allowed, (name, found.get(name), allowed)
    assert found.keys() <= done.keys() | begun.keys()
    assert not records or set(records) == set(RECORDS), "none of the records was lost"
    return found


def test_at_two_hundred_moments_of_any_work_a_kill_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    """Ingest, update, prune, move, remove, renamed records and reindex, in one archive that lives through it all."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ingest.killing", "chromadb", "tantivy"])
    source, folder, chance = tmp_path / "in", tmp_path / "archive", random.Random(11)
    source.mkdir()
    cut_off, held = Counter[str](), State()
    for kill in range(KILLS):
        ledger = tmp_path / f"ledger-{kill}"
        process = context.Process(target=run, args=(str(source), str(folder), str(ledger), kill))
        process.start()
        wait_for_steps(ledger, chance.choice((0, 1, 1, 2)), process)
        time.sleep(chance.uniform(0.0, 0.25))
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        last, done, begun = begun_and_done(ledger, held)
        cut_off[last] += 1
        held = assert_between(folder, done, begun) if (folder / FILE).exists() else held
    assert cut_off.keys() >= {"catch up", "ingest", "prune", "move", "remove", "records", "reindex"}, cut_off
    sync_with([source], folder, HashEmbedder(), prune=True)
    assert examine(folder).ok, "what was cut off is done by the next ingest"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to make a small disk")
def test_a_full_disk_is_a_clear_error_and_harms_nothing(tmp_path: Path, files: list[Path]) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        sync_with(files[:2], disk / "archive", HashEmbedder())
        fill_up(disk / "ballast")
        with pytest.raises(StorageError):
            sync_with(files, disk / "archive", HashEmbedder())
        (disk / "ballast").unlink()
        assert {str(path) for path in files[:2]} <= assert_whole(disk / "archive")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill_up(path: Path) -> None:
    """Writes to the file until the disk is full."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
