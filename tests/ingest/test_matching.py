"""Criteria on real archives: exactly the passages that a look at each of them would leave."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import FILE, Archive
from ingest.rows import Stored
from tests.ingest.builders import HashEmbedder
from tests.rag.archives import archive_of
from tests.rag.builders import Spoken, transcript

ROOMS: tuple[Spoken, ...] = (
    ("Ann Lee", "Mayor", "The harbour stays closed this week."),
    ("Émile Zola", None, "I accuse the harbour board."),
    (None, None, "Nobody else was heard."),
    ('Bo "Ann Lee" Diaz', None, "Call me what you like."),
    ("Ann", None, "Me too."),
)


@dataclass(frozen=True)
class Wanted:
    speakers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    days = (date(2021, 1, 31), date(2021, 2, 1), date(2021, 2, 28), None)
    sources = ("Harbour News", "ÉCHO du Port", "harbour news", None)
    told = [
        transcript(ROOMS, name=f"t{at}", source=source, published=day)
        for at, (source, day) in enumerate(zip(sources, days, strict=True))
    ]
    told.append(replace(transcript(ROOMS[:1], name="t9", source="BBC"), programme="Newsnight"))
    return archive_of(tmp_path_factory.mktemp("matching") / "archive", told, HashEmbedder(), budget=8)


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder, embedder=None) as archive:
        yield archive


def left(archive: Archive, wanted: Wanted) -> set[str]:
    """What a look at each passage leaves; programmes are only known to the transcript."""
    programmes = {entry.id: entry.programme for entry in archive.entries()}

    def passes(each: Stored) -> bool:
        day, programme = each.published, programmes[each.passage.transcript_id]
        names = {(each.source or "").casefold(), (programme or "").casefold()}
        heard = {name.casefold() for name in each.passage.speakers}
        return (
            (not wanted.speakers or bool(heard & {name.casefold() for name in wanted.speakers}))
            and (wanted.since is None or (day is not None and day >= wanted.since))
            and (wanted.until is None or (day is not None and day <= wanted.until))
            and (not wanted.sources or bool(names & {name.casefold() for name in wanted.sources}))
        )

    stored = archive.passages(archive.passage_ids())
    return {key for key, each in stored.items() if passes(each)}


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(speakers=("Ann Lee",)),
        Wanted(speakers=("ann LEE", "Émile Zola")),
        Wanted(speakers=("émile zola",)),
        Wanted(since=date(2021, 2, 1)),
        Wanted(until=date(2021, 2, 1)),
        Wanted(since=date(2021, 2, 1), until=date(2021, 2, 28)),
        Wanted(sources=("HARBOUR NEWS",)),
        Wanted(sources=("écho du port", "newsnight")),
        Wanted(speakers=("Ann Lee",), since=date(2021, 2, 1), until=date(2021, 12, 31), sources=("Harbour News",)),
        Wanted(speakers=("Ann",)),
        Wanted(speakers=('bo "ann lee" diaz',)),
        Wanted(speakers=('"Ann Lee"',)),
        Wanted(sources=("%", "' OR 1=1 --")),
        Wanted(speakers=('Ann"; DROP TABLE passages; --', "%")),
    ],
    ids=str,
)
def test_what_is_left_is_what_a_look_at_each_leaves(archive: Archive, wanted: Wanted) -> None:
    few = archive.few_matching(wanted, 1000)
    assert few is not None
    ids, vectors = few
    assert set(ids) == left(archive, wanted)
    assert archive.matching(wanted, archive.passage_ids()) == set(ids)
    stored = archive.passages(ids)
    assert len(vectors) == len(ids)
    assert all(np.array_equal(row, stored[key].vector) for key, row in zip(ids, vectors, strict=True))


def test_the_cases_above_leave_something_and_not_everything(archive: Archive) -> None:
    assert 0 < len(left(archive, Wanted(speakers=("émile zola",)))) < archive.passage_count()
    assert 0 < len(left(archive, Wanted(sources=("écho du port", "newsnight")))) < archive.passage_count()


def test_more_than_a_few_are_not_fetched(archive: Archive) -> None:
    count = len(left(archive, Wanted(speakers=("Ann Lee",))))
    assert archive.few_matching(Wanted(speakers=("Ann Lee",)), count) is not None
    assert archive.few_matching(Wanted(speakers=("Ann Lee",)), count - 1) is None


def test_of_some_ids_only_these_are_looked_at(archive: Archive) -> None:
    wanted = Wanted(speakers=("Ann Lee",))
    some = sorted(left(archive, wanted))[:2]
    assert archive.matching(wanted, [*some, "no such id"]) == set(some)
    assert archive.matching(wanted, []) == frozenset()


def test_an_archive_of_the_first_layout_has_outlets_but_no_programmes(folder: Path, tmp_path: Path) -> None:
    with sqlite3.connect(folder / FILE) as db, sqlite3.connect(tmp_path / FILE) as old:
        db.backup(old)
        old.execute("DROP INDEX transcripts_by_facts")
        for column in ("programme", "language", "published_at", "origins"):
            old.execute(f"ALTER TABLE transcripts DROP COLUMN {column}")
        old.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    with Archive.open(tmp_path, embedder=None) as archive:
        assert archive.matching(Wanted(sources=("harbour news",)), archive.passage_ids())
        assert not archive.matching(Wanted(sources=("newsnight",)), archive.passage_ids())
