"""What takes long is made once and kept: archives, plain collections, and the records of questions already asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from ingest import formats, sync
from ingest.embed import DEFAULT_MODEL
from ingest.passages import VERSION as SPLITTER
from ingest.schema import SCHEMA_VERSION
from rag.evaluate.record import Record, from_line, to_line
from tests.benchmarks.retrieval.sets import Asked

Told = Callable[[str], None]


def archive(over: Asked, kept: Path, told: Told) -> Path:
    """The set's archive, made by the ordinary ingest where there is none of this content, parser and splitter.

    A run that was stopped is gone on with. Raises RuntimeError naming the first file that did not go in.
    """
    version = f"{formats.VERSION}.{SCHEMA_VERSION}.{SPLITTER}"
    folder = kept / f"{over.name}-{version}-{over.content_sha256[:12]}-{Path(DEFAULT_MODEL).name}"
    mark = folder.with_name(f"{folder.name}.complete")
    if not mark.exists():
        told(f"{over.name}: ingesting {len(over.files)} files")
        report = sync(over.files, folder)
        if not report.ok:
            raise RuntimeError(f"not ingested: {report.failed[0].error}")
        mark.touch()
    return folder


def made(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder that `make` fills, kept once it was filled to the end; what a stopped run left is thrown away."""
    mark = folder.with_name(f"{folder.name}.complete")
    if not mark.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        make(folder)
        mark.touch()
    return folder


def recorded(path: Path, ask: Callable[[frozenset[str]], Iterator[Record]]) -> tuple[Record, ...]:
    """The records in the file, after `ask` has added those of the questions whose ids it is not told are there.

    A line that a stopped run left unfinished is thrown away.
    """
    records = list(_read(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(to_line(each) + "\n" for each in records), encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        for record in ask(frozenset(each.id for each in records)):
            file.write(to_line(record) + "\n")
            file.flush()
            records.append(record)
    return tuple(records)


def _read(path: Path) -> Iterator[Record]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        try:
            yield from_line(line)
        except ValidationError:
            return
