"""Keeps an archive up to date with folders: what appears, changes or goes is taken in as soon as it has settled.

Folders are looked at again and again, which works on any disk, network drives too. A file counts once its size and
time have stayed the same for a while, so that what is still being written is not read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.discover import discover
from ingest.embed import Embedder
from ingest.errors import ArchiveLocked
from ingest.report import IngestReport
from ingest.sidecars import is_sidecar
from ingest.sync import sync_with

SETTLE_S, EVERY_S = 2.0, 1.0
_SHARE = 0.1
"""Of its time it looks for changes at most so much: folders of many files are looked at less often."""

State = tuple[int, int, int]
Told = Callable[[IngestReport], None]


@dataclass(slots=True)
class Watch:
    """The folders as they were last taken in and last seen. `settle_s` is how long a file must have stayed the same."""

    folders: Sequence[Path]
    settle_s: float = SETTLE_S
    prune: bool = False
    _taken: dict[Path, State] = field(default_factory=dict)
    _seen: dict[Path, tuple[State, float]] = field(default_factory=dict)
    _pruned: bool = False

    def look(self, now: float) -> Changes:
        """What has settled since it was last taken in. `now` is in seconds, of any clock that only goes forward.

        Nothing is pruned while a new file has yet to settle: it may be one of those that are gone, in another place.
        """
        found = discover(self.folders)
        there = dict(_states([*found.files, *filter(is_sidecar, found.skipped)]))
        known = ((path, state, self._seen.get(path)) for path, state in there.items())
        self._seen = {path: before if before and before[0] == state else (state, now) for path, state, before in known}
        settled = {path: state for path, (state, since) in self._seen.items() if now - since >= self.settle_s}
        changed = {path: state for path, state in settled.items() if self._taken.get(path) != state}
        gone = frozenset(self._taken.keys() - there.keys())
        arriving = any(path not in settled and path not in self._taken for path in there)
        prune = self.prune and not arriving and (bool(gone) or not self._pruned)
        return Changes(_with_neighbours(changed, settled), gone if prune else frozenset(), prune)

    def took(self, changes: Changes) -> None:
        """Notes that these changes are in the archive."""
        self._pruned |= changes.prune
        self._taken |= changes.files
        for path in changes.gone:
            del self._taken[path]


@dataclass(frozen=True, slots=True)
class Changes:
    """Files to read, in the state they are in, files that are gone, and whether those are to go from the archive."""

    files: Mapping[Path, State]
    gone: frozenset[Path]
    prune: bool

    def __bool__(self) -> bool:
        return bool(self.files or self.prune)


def watch(
    folders: Sequence[Path | str],
    archive: Path | str,
    embedder: Embedder,
    *,
    prune: bool = False,
    settle_s: float = SETTLE_S,
    told: Told = lambda report: None,
    stop: threading.Event | None = None,
) -> None:
    """Takes in what is in the folders, then whatever changes, until `stop` is set.

    `told` hears of each time that something was done. While another process writes to the archive it waits. Raises
    ArchiveError as `ingest.sync` does.
    """
    stop = stop or threading.Event()
    watched = Watch([Path(each).expanduser().resolve() for each in folders], settle_s, prune)
    while True:
        began = time.monotonic()
        if changes := watched.look(began):
            try:
                told(_taken_in(changes, watched, archive, embedder))
                watched.took(changes)
            except ArchiveLocked:
                pass
        if stop.wait(max(min(EVERY_S, settle_s / 2), (time.monotonic() - began) / _SHARE)):
            return


def _taken_in(changes: Changes, watched: Watch, archive: Path | str, embedder: Embedder) -> IngestReport:
    return sync_with([*changes.files], archive, embedder, prune=watched.folders if changes.prune else False)


def _with_neighbours(changed: Mapping[Path, State], settled: Mapping[Path, State]) -> dict[Path, State]:
    """The changed files, and all that lie beside or below a sidecar that has changed."""
    stated = {path.parent for path in changed if is_sidecar(path)}
    return {path: state for path, state in settled.items() if path in changed or not stated.isdisjoint(path.parents)}


def _states(files: Iterable[Path]) -> Iterator[tuple[Path, State]]:
    for path in files:
        try:
            found = path.stat()
        except OSError:
            continue  # It went while it was being looked at.
        yield path, (found.st_size, found.st_mtime_ns, found.st_ino)
