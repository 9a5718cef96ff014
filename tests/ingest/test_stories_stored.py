"""Stories in an archive: marks are kept, passages end with stories, and archives made before are brought up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ingest.archive import FILE, Archive
from ingest.errors import ArchiveMismatch
from ingest.formats import parse
from ingest.passages import split
from ingest.schema import SCHEMA_VERSION
from ingest.sync import reindex, sync
from ingest.transcript import Transcript

BULLETIN = """ANN LEE, HOST: It rained all day in Rome.

BOB RAY: It will rain all night.

(COMMERCIAL BREAK)

LEE: A goose was fined in the park.

RAY: She is sorry for it.

LEE: Turning now to the budget, it is late.
"""
STORIES = [
    "It rained all day in Rome.\n\nIt will rain all night.",
    "A goose was fined in the park.\n\nShe is sorry for it.",
    "Turning now to the budget, it is late.",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A bulletin of three stories: one is marked, one handed over to."""
    path = tmp_path / "bulletin.txt"
    path.write_text(BULLETIN)
    return path


@pytest.fixture
def folder(tmp_path: Path, file: Path) -> Path:
    """An archive of it."""
    assert sync([file], tmp_path / "archive").summary == "1 added"
    return tmp_path / "archive"


def held(folder: Path) -> tuple[Transcript, list[str]]:
    """The transcript and the words of its passages, in order."""
    with Archive.open(folder, embedder=None) as store:
        [entry] = store.entries()
        passages = [stored.passage for stored in store.passages(store.passage_ids()).values()]
        return store.transcript(entry.id), [p.text for p in sorted(passages, key=lambda p: p.char_start)]


def as_before(folder: Path, *, marked: bool) -> None:
    """Makes the archive one of layout 3 and splitter 2, whose passages knew of no stories."""
    whole, _ = held(folder)
    [mixed] = split(whole, openings=())
    with sqlite3.connect(folder / FILE) as db:
        first, *others = [row[0] for row in db.execute("SELECT id FROM passages ORDER BY char_start")]
        db.executemany("DELETE FROM passages WHERE id = ?", [(key,) for key in others])
        db.execute(
            "UPDATE passages SET id = ?, last_turn = ?, char_end = ? WHERE id = ?",
            (mixed.id, mixed.last_turn, mixed.char_end, first),
        )
        if not marked:
            db.execute("ALTER TABLE turns DROP COLUMN opens_story")
            db.execute("UPDATE meta SET value = '3' WHERE key = 'schema'")
            db.execute("UPDATE transcripts SET file_sha256 = 'as parser 3 knew it'")
        db.execute("UPDATE meta SET value = '2' WHERE key = 'splitter'")
    db.close()


def test_marks_are_kept_and_passages_end_with_stories(folder: Path, file: Path) -> None:
    whole, passages = held(folder)
    assert [turn.opens_story for turn in whole.turns] == [turn.opens_story for turn in parse(file).turns]
    assert [turn.index for turn in whole.turns if turn.opens_story] == [2]
    assert passages == STORIES


def test_an_archive_of_another_splitter_is_told_how_to_come_up_to_date(folder: Path) -> None:
    as_before(folder, marked=True)
    with pytest.raises(ArchiveMismatch, match=r"splitter '2'.*onrecord reindex"):
        Archive.open(folder)
    reindex(folder)
    assert held(folder)[1] == STORIES


def test_an_archive_of_layout_3_is_read_as_it_is(folder: Path) -> None:
    as_before(folder, marked=False)
    whole, passages = held(folder)
    assert not any(turn.opens_story for turn in whole.turns)
    assert passages == ["\n\n".join(STORIES)]


def test_and_learns_of_marks_when_its_files_are_read_again(folder: Path, file: Path) -> None:
    as_before(folder, marked=False)
    reindex(folder)
    assert held(folder)[1] == ["\n\n".join(STORIES[:2]), STORIES[2]]
    assert sync([file], folder).summary == "1 updated"
    assert held(folder)[1] == STORIES
    with Archive.open(folder) as store:
        assert store.stamps()["schema"] == SCHEMA_VERSION
