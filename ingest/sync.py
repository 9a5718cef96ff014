"""Brings files into the archive: what is new or changed goes in, what is known is left alone, what is broken is told.

Files are stored some at a time, in one transaction, so stopping at any moment keeps whole files only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from ingest.archive import Archive
from ingest.cutting import cut_waiting
from ingest.discover import discover
from ingest.embed import DEFAULT_MODEL, Embedder, bulk_embedder
from ingest.index import Index, open_index
from ingest.lock import write_lock
from ingest.metadata import read_given
from ingest.outcomes import Alike, Failure
from ingest.passages import VERSION as SPLITTER_VERSION
from ingest.passages import split
from ingest.reading import Reader, is_there
from ingest.reindexing import convert, forget, rebuild
from ingest.report import IngestReport, Tally
from ingest.rows import Entry
from ingest.sidecars import is_sidecar
from ingest.storing import Change, Gone, Read, store_all
from ingest.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `stage` is "read" (files), "embed" (transcripts that were there before) or "index" (passages),
    `detail` the file or title just done."""

    stage: str
    done: int
    total: int
    detail: str = ""


Told = Callable[[Progress], None]


def sync(
    paths: Sequence[Path | str],
    archive: Path | str,
    *,
    embedder: str = DEFAULT_MODEL,
    prune: bool | Sequence[Path] = False,
    facts: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Told = lambda progress: None,
) -> IngestReport:
    """Ingests the files and folders into the archive, which is made when it is not there.

    With `prune`, transcripts whose file is gone from a folder given, or from those that `prune` names, are removed, as
    `remove` does. `facts` ({"source": "BBC"}) hold for every file named or found, whatever the files say, and stay with
    them (see `ingest.metadata`). `columns` tells which column of a table of transcripts is what ({"text": "body"})
    where its name does not. A file that cannot be read is listed in `failed` and stops no other, one that is in from
    another place in `duplicates` or `moved`. Raises ArchiveError when the archive itself cannot be used, BadFact for a
    fact that is none.
    """
    model = bulk_embedder(embedder)
    return sync_with(paths, archive, model, prune=prune, facts=facts, columns=columns, progress=progress)


def sync_with(
    paths: Sequence[Path | str],
    archive: Path | str,
    embedder: Embedder,
    *,
    prune: bool | Sequence[Path] = False,
    facts: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Told = lambda progress: None,
) -> IngestReport:
    """As `sync`, with an embedder of one's own."""
    read_given(facts or {})
    found = discover(paths)
    files = [path for path in found.files if not is_sidecar(path)]
    failed = [Failure(error.path, error) for error in found.failed]
    tally = Tally(_named(paths), failed=failed, unheard=[*_texts(found.recordings)])
    if not files and not prune:
        return replace(tally.report(), skipped=_texts(found.skipped))
    folder = Path(archive).expanduser().resolve()
    with write_lock(folder), Archive.open(folder, create=True, embedder=embedder.name) as store:
        index = open_index(store)
        kept_out = store.kept_out().passages
        try:
            _cut_waiting(store, embedder, progress)
            reader = Reader(store, facts or {}, columns or {})
            for change in store_all(_read_all(files, reader, tally, progress), store, index, embedder):
                tally.made(change)
            for change in store_all(_gone(paths if prune is True else prune or (), store), store, index, embedder):
                tally.made(change)
            for whole in tally.whole:
                store.settle_container(whole.place, whole.sha256)
            _cut_waiting(store, embedder, progress)
            _catch_up(store, index, progress)
            if (prune and tally.removed) or index.has_left_dead():
                index.erase()
                store.scrub()
                forget(folder)
            tally.kept_out = store.kept_out().since(kept_out)
            tally.alike += _alike(store, (*tally.added, *tally.updated))
        finally:
            index.close()
    left_out = (path for path in found.skipped if path not in reader.sidecars.used)
    return replace(tally.report(), skipped=(*tally.skipped, *_texts(left_out)))


def add(
    transcripts: Iterable[Transcript],
    archive: Path | str,
    *,
    embedder: str = DEFAULT_MODEL,
    progress: Told = lambda progress: None,
) -> int:
    """Stores transcripts that come from no file, each in place of what had its id; the number of them.

    Their ids are their places: removing is by id, and `prune` leaves them alone. Raises ArchiveError.
    """
    folder = Path(archive).expanduser().resolve()
    model = bulk_embedder(embedder)
    with write_lock(folder), Archive.open(folder, create=True, embedder=model.name) as store:
        index = open_index(store)
        try:
            reads = (Read(each, split(each), each.id, _content_sha256(each), False) for each in transcripts)
            done = 0
            for done, _ in enumerate(store_all(reads, store, index, model), 1):
                progress(Progress("read", done, 0))
            _catch_up(store, index, progress)
        finally:
            index.close()
    return done


def _content_sha256(transcript: Transcript) -> str:
    return hashlib.sha256(f"{transcript.title}\0{transcript.text}".encode()).hexdigest()


def remove(id_or_prefix: str, archive: Path | str) -> Entry:
    """Takes a transcript out of the archive and its indexes; not one of its words stays in the archive's files.

    Nor do its vectors, except that in an archive of more than 10,000 passages they may stay in the vector index's files
    until a twentieth of these are of removed ones, or until `reindex` or the doctor's mending.

    Raises UnknownTranscript, ArchiveError.
    """
    folder = Path(archive).expanduser().resolve()
    with open_any(folder) as store, write_lock(folder):
        entry = store.entry(id_or_prefix)
        store.remove(entry.id)
        index = open_index(store)
        index.catch_up()
        index.erase()
        index.close()
        store.scrub()
        forget(folder)
    return entry


def reindex(archive: Path | str, *, embedder: str | None = None, progress: Told = lambda progress: None) -> int:
    """Builds everything derived again: passages and vectors where the model or the splitter changed, then the indexes.

    `embedder` None keeps the archive's model. Returns the number of passages. Questions are answered from what was
    there until all is done; stopped at any moment, the archive is as it was or as it should be, and the next time goes
    on from there.
    """
    with open_any(Path(archive).expanduser().resolve()) as store:
        stamps = store.stamps()
        wanted = {"embedder": embedder or stamps["embedder"], "splitter": SPLITTER_VERSION}
        if any(stamps[key] != value for key, value in wanted.items()):
            convert(store, bulk_embedder(wanted["embedder"]), wanted, lambda *done: progress(Progress("embed", *done)))
        else:
            _cut_all(store, wanted["embedder"], progress)
            rebuild(store)
        return store.passage_count()


def _cut_all(store: Archive, embedder: str, progress: Told) -> None:
    """Brings an archive of an older layout up to date, where it has what no such layout knew of."""
    with write_lock(store.folder):
        with store.writing():
            pass
        if store.waiting():
            _cut_waiting(store, bulk_embedder(embedder), progress)


def open_any(folder: Path) -> Archive:
    """The archive whatever model made it. Raises ArchiveMissing and the like."""
    return Archive.open(folder, embedder=None)


def _gone(paths: Sequence[Path | str], store: Archive) -> list[Gone]:
    """What came from the folders among the paths and is no longer there."""
    folders = [path.resolve() for path in (Path(each).expanduser() for each in paths) if path.is_dir()]
    within = [place for place in store.places() if any(Path(place).is_relative_to(folder) for folder in folders)]
    return [Gone(place) for place in within if not is_there(place)]


def _read_all(files: Sequence[Path], reader: Reader, tally: Tally, progress: Told) -> Iterator[Change]:
    for done, path in enumerate(files, 1):
        for number, outcome in enumerate(reader.read(path), 1):
            if isinstance(outcome, Read | Gone):
                yield outcome
            tally.count(outcome)
            if number > 1:
                progress(Progress("read", done - 1, len(files), f"{path.name}, {number:,}"))
        progress(Progress("read", done, len(files), path.name))


def _named(paths: Sequence[Path | str]) -> frozenset[str]:
    """The files that were named one by one."""
    return frozenset(str(Path(path).expanduser().resolve()) for path in paths if not Path(path).expanduser().is_dir())


def _cut_waiting(store: Archive, embedder: Embedder, progress: Told) -> None:
    done, total = count(1), store.waiting()
    cut_waiting(store, embedder, told=lambda title: progress(Progress("embed", next(done), total, title)))


def _catch_up(store: Archive, index: Index, progress: Told) -> None:
    total = store.pending_count()
    index.catch_up(lambda done: progress(Progress("index", done, total)))


def _alike(store: Archive, places: Sequence[str]) -> list[Alike]:
    """Those of the places whose transcripts are nearly the same as others."""
    found = store.places_alike() if places else {}
    return [Alike(place, found[place]) for place in places if place in found]


def _texts(paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(str(path) for path in paths)
