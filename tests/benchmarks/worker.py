"""A pipeline in a process of its own, so that its memory, threads and caches are nobody else's.

The measuring process stays small: on Linux the peak of a process it starts is never below its own.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from rag.evaluate import Case
from tests.benchmarks.pipelines import Built, Name, Pipeline, Reply, load

_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_open: dict[Name, Pipeline] = {}


@dataclass(frozen=True, slots=True)
class Ingested:
    """An ingest: seconds from the start of its process, bytes of memory at its peak, bytes on disk after."""

    seconds: float
    peak_bytes: int
    disk_bytes: int
    built: Built


class Asker:
    """An open pipeline at the other end of a pipe."""

    def __init__(self, name: Name, pool: ProcessPoolExecutor) -> None:
        self._name = name
        self._pool = pool

    def ask(self, case: Case) -> Reply:
        """What the pipeline replies; its times are taken on its side of the pipe."""
        return self._pool.submit(_ask, self._name, case).result()

    def settle(self) -> None:
        """Waits until the pipeline has loaded all it will."""
        self._pool.submit(_settle, self._name).result()

    def peak_bytes(self) -> int:
        """The most memory its process has held so far."""
        return self._pool.submit(_peak_bytes).result()


def ingest(name: Name, files: Sequence[Path], folder: Path) -> Ingested:
    """Ingests the files into the folder in a new process."""
    began = time.perf_counter()
    with _process() as pool:
        built = pool.submit(_ingest, name, files, folder).result()
        seconds = time.perf_counter() - began
        peak_bytes = pool.submit(_peak_bytes).result()
    disk_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Ingested(seconds, peak_bytes, disk_bytes, built)


@contextmanager
def asker(name: Name, folder: Path) -> Iterator[Asker]:
    """The pipeline over an ingested folder, open for questions in a new process."""
    with _process() as pool:
        pool.submit(_open_folder, name, folder).result()
        yield Asker(name, pool)


def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), initializer=_keep_stdout_clean)


def _keep_stdout_clean() -> None:
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def _ingest(name: Name, files: Sequence[Path], folder: Path) -> Built:
    return load(name).ingest(files, folder)


def _open_folder(name: Name, folder: Path) -> None:
    _open[name] = load(name).open_folder(folder)


def _ask(name: Name, case: Case) -> Reply:
    return _open[name].ask(case)


def _settle(name: Name) -> None:
    _open[name].settle()


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _PEAK_UNIT
