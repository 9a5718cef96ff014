"""Something to talk about on the first day: the packaged samples, and questions to ask of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ingest import samples
from ingest.errors import ArchiveMissing
from ingest.rows import Entry
from ingest.sync import open_any, sync
from rag.config import Settings
from ui.console import note
from ui.printing import show_report
from ui.progress import bar


def fill_if_empty(settings: Settings, quiet: bool) -> None:
    """Ingests the samples unless the archive holds transcripts already. Raises ArchiveError."""
    if not _is_empty(settings):
        return
    note(f"Putting the sample transcripts into {settings.archive}.", quiet)
    with bar(quiet) as progress:
        report = sync(samples.paths(), settings.archive, embedder=settings.embedder, progress=progress)
    show_report(report, quiet)


def questions(entries: Iterable[Entry], limit: int = 5) -> tuple[str, ...]:
    """A question for each of the first `limit` sample transcripts among the entries."""
    here = {Path(entry.place).name for entry in entries}
    lines = samples.questions_path().read_text(encoding="utf-8").splitlines()
    asked: dict[str, str] = {}
    for record in map(json.loads, lines):
        sources = {each["source"] for each in record["evidence"]}
        if sources and sources <= here and not record["history"]:
            asked.setdefault(min(sources), record["question"])
    return tuple(asked.values())[:limit]


def _is_empty(settings: Settings) -> bool:
    try:
        with open_any(settings.archive) as store:
            return not store.entries()
    except ArchiveMissing:
        return True
