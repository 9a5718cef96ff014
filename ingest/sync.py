"""Brings files into the archive: what is new or changed goes in, what is known is left alone, what is broken is told.

Each file is stored in a transaction of its own, so stopping at any moment keeps whole files only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.archive import Archive
from ingest.discover import discover
from ingest.embed import DEFAULT_MODEL, Embedder, bulk_embedder
from ingest.errors import TranscriptError
from ingest.formats import VERSION as PARSER_VERSION
from ingest.formats import parse_bytes, read_bytes
from ingest.index import Index, open_index
from ingest.lock import write_lock
from ingest.passages import VERSION as SPLITTER_VERSION
from ingest.passages import indexed_text, split
from ingest.rows import Entry, Stored
from ingest.transcript import Passage, Transcript

_PASSAGES_A_BATCH = 256
_PASSAGES_A_FLUSH = 4096


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `stage` is "read" (files) or "index" (passages), `detail` the file just done."""

    stage: str
    done: int
    total: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that did not go in, and why."""

    path: str
    error: TranscriptError


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of every file: absolute paths. `skipped` are files of a folder that have no transcript's ending."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.failed

    @property
    def summary(self) -> str:
        """ "3 added, 1 unchanged", or "nothing to do"."""
        counts = {name: len(getattr(self, name)) for name in self.__dataclass_fields__}
        return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing to do"


@dataclass(slots=True)
class _Tally:
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    transcript: Transcript
    passages: tuple[Passage, ...]
    place: str
    sha256: str
    known: bool


Told = Callable[[Progress], None]


def sync(
    paths: Sequence[Path | str],
    archive: Path | str,
    *,
    embedder: str = DEFAULT_MODEL,
    prune: bool = False,
    progress: Told = lambda progress: None,
) -> IngestReport:
    """Ingests the files and folders into the archive, which is made when it is not there.

    With `prune`, transcripts whose file is gone from a folder given are removed. A file that cannot be read is listed
    in `failed` and stops no other. Raises ArchiveError when the archive itself cannot be used.
    """
    return sync_with(paths, archive, bulk_embedder(embedder), prune=prune, progress=progress)


def sync_with(
    paths: Sequence[Path | str],
    archive: Path | str,
    embedder: Embedder,
    *,
    prune: bool = False,
    progress: Told = lambda progress: None,
) -> IngestReport:
    """As `sync`, with an embedder of one's own."""
    found = discover(paths)
    failed = [Failure(error.path, error) for error in found.failed]
    if not found.files and not prune:
        return IngestReport(failed=tuple(failed), skipped=_texts(found.skipped))
    folder = Path(archive).expanduser().resolve()
    with write_lock(folder), Archive.open(folder, create=True, embedder=embedder.name) as store:
        index = open_index(store)
        try:
            tally = _Tally(failed=failed)
            removed = _prune(paths, store) if prune else ()
            _store_all(_read_all(found.files, store, tally, progress), store, index, embedder, tally)
            _catch_up(store, index, progress)
        finally:
            index.close()
    done = (tuple(tally.added), tuple(tally.updated), tuple(tally.unchanged))
    return IngestReport(*done, removed, tuple(tally.failed), _texts(found.skipped))


def remove(id_or_prefix: str, archive: Path | str) -> Entry:
    """Takes a transcript out of the archive and its indexes. Raises UnknownTranscript, ArchiveError."""
    folder = Path(archive).expanduser().resolve()
    with open_any(folder) as store, write_lock(folder):
        entry = store.entry(id_or_prefix)
        store.remove(entry.id)
        index = open_index(store)
        index.catch_up()
        index.close()
    return entry


def reindex(archive: Path | str, *, embedder: str | None = None, progress: Told = lambda progress: None) -> int:
    """Builds everything derived again: passages and vectors where the model or the splitter changed, then the indexes.

    `embedder` None keeps the archive's model. Returns the number of passages. Stopping it at any moment leaves the
    archive as it was or as it should be.
    """
    folder = Path(archive).expanduser().resolve()
    with open_any(folder) as store, write_lock(folder):
        stamps = store.stamps()
        wanted = {"embedder": embedder or stamps["embedder"], "splitter": SPLITTER_VERSION}
        if any(stamps[key] != value for key, value in wanted.items()):
            store.replace_passages(_split_again(store, bulk_embedder(wanted["embedder"]), progress), wanted)
        index = open_index(store)
        index.rebuild()
        index.close()
        return store.passage_count()


def open_any(folder: Path) -> Archive:
    """The archive whatever model made it. Raises ArchiveMissing and the like."""
    return Archive.open(folder, embedder=None)


def _prune(paths: Sequence[Path | str], store: Archive) -> tuple[str, ...]:
    folders = [path.resolve() for path in (Path(each).expanduser() for each in paths) if path.is_dir()]
    places = [Path(place) for place in store.places()]
    gone = [each for each in places if not each.exists() and any(each.is_relative_to(folder) for folder in folders)]
    for place in gone:
        store.remove_place(str(place))
    return _texts(gone)


def _read_all(files: Sequence[Path], store: Archive, tally: _Tally, progress: Told) -> Iterator[_Read]:
    for done, path in enumerate(files, 1):
        try:
            read = _read(path, store)
        except TranscriptError as error:
            tally.failed.append(Failure(str(path), error))
        else:
            if read is None:
                tally.unchanged.append(str(path))
            else:
                yield read
        progress(Progress("read", done, len(files), path.name))


def _read(path: Path, store: Archive) -> _Read | None:
    data = read_bytes(path)
    sha256 = hashlib.sha256(data + PARSER_VERSION.encode()).hexdigest()
    known = store.sha256_of(str(path))
    if known == sha256:
        return None
    transcript = parse_bytes(data, path)
    return _Read(transcript, split(transcript), str(path), sha256, known is not None)


def _store_all(reads: Iterable[_Read], store: Archive, index: Index, embedder: Embedder, tally: _Tally) -> None:
    since_flush = 0
    for batch in _batches(reads):
        for read, stored in zip(batch, _embedded(batch, embedder), strict=True):
            store.put(read.transcript, stored, place=read.place, sha256=read.sha256)
            (tally.updated if read.known else tally.added).append(read.place)
            since_flush += len(stored)
        if since_flush >= _PASSAGES_A_FLUSH:
            index.catch_up()
            since_flush = 0


def _batches(reads: Iterable[_Read]) -> Iterator[list[_Read]]:
    batch: list[_Read] = []
    for read in reads:
        batch.append(read)
        if sum(len(each.passages) for each in batch) >= _PASSAGES_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _embedded(batch: Sequence[_Read], embedder: Embedder) -> Iterator[list[Stored]]:
    texts = [indexed_text(read.transcript, passage) for read in batch for passage in read.passages]
    vectors = iter(embedder.embed(texts))
    for read in batch:
        yield [Stored(passage, next(vectors)) for passage in read.passages]


def _split_again(store: Archive, embedder: Embedder, progress: Told) -> Iterator[list[Stored]]:
    entries = store.entries()
    for done, entry in enumerate(entries, 1):
        transcript = store.transcript(entry.id)
        yield from _embedded([_Read(transcript, split(transcript), entry.place, "", True)], embedder)
        progress(Progress("read", done, len(entries), entry.title))


def _catch_up(store: Archive, index: Index, progress: Told) -> None:
    total = store.pending_count()
    index.catch_up(lambda done: progress(Progress("index", done, total)))


def _texts(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(str(path) for path in paths)
