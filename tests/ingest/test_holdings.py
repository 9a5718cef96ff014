"""What an archive holds in short: speakers, outlets and programmes, and the days between which it was published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ingest.archive import Archive
from ingest.holdings import EMPTY


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        assert archive.holdings() == EMPTY


def test_the_holdings_are_those_of_the_catalogue(sample_archive: Path) -> None:
    with Archive.open(sample_archive) as archive:
        entries, held = archive.entries(), archive.holdings()
    assert set(held.speakers) == {speaker for entry in entries for speaker in entry.speakers}
    assert set(held.sources) == {name for entry in entries for name in (entry.source, entry.programme) if name}
    assert list(held.speakers) == sorted(held.speakers)
    days: list[date] = [entry.published for entry in entries if entry.published]
    assert (held.first, held.last) == (min(days), max(days))
