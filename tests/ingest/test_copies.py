"""Transcripts that are nearly the same, through the real ingest: linked, told, unlinked, and the same in any order."""

from __future__ import annotations

import sqlite3
from itertools import permutations
from pathlib import Path

import pytest

from ingest.archive import FILE, Archive
from ingest.doctor import examine
from ingest.schema import SCHEMA_VERSION
from ingest.sync import remove, sync_with
from tests.ingest.builders import HashEmbedder, script

OPENING = " ".join(f"Welcome to the morning programme, part {word}, with all the news you need." for word in "abcdefgh")


def bulletin(number: int, correction: str = "") -> str:
    said = script(number, 12)
    return said.replace("Nobody was hurt.", correction, 1) if correction else said


def write(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return [folder / f"{name}.txt" for name in texts]


def links(folder: Path) -> set[frozenset[str]]:
    """Pairs of file names."""
    with Archive.open(folder, embedder=None) as store:
        found = store.places_alike()
        return {frozenset((Path(one).stem, Path(other).stem)) for one, others in found.items() for other in others}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def test_a_repeated_bulletin_is_linked_and_told(folder: Path, tmp_path: Path) -> None:
    files = write(tmp_path / "in", noon=bulletin(1), one=bulletin(1, "One was hurt."), other=bulletin(2))
    report = sync_with(files, folder, HashEmbedder())
    assert links(folder) == {frozenset(("noon", "one"))}
    assert report.summary == "3 added, 2 nearly the same as another"
    assert [(Path(each.place).stem, [Path(other).stem for other in each.others]) for each in report.alike] == [
        ("noon", ["one"]),
        ("one", ["noon"]),
    ]
    with Archive.open(folder, embedder=None) as store:
        alike = {Path(entry.place).stem: entry.alike for entry in store.entries()}
        ids = {Path(entry.place).stem: entry.id for entry in store.entries()}
        assert alike == {"noon": (ids["one"],), "one": (ids["noon"],), "other": ()}
        assert store.alike_among([ids["noon"], ids["other"]]) == {}
        assert store.alike_among([ids["noon"], ids["one"]]) == {
            ids["noon"]: {ids["one"]},
            ids["one"]: {ids["noon"]},
        }
    assert sync_with(files, folder, HashEmbedder()).summary == "3 unchanged"
    assert examine(folder).ok


def test_the_order_in_which_they_come_is_all_one(tmp_path: Path) -> None:
    texts = {"a": bulletin(1), "b": bulletin(1, "One was hurt."), "c": bulletin(1, "Two were hurt."), "d": bulletin(2)}
    files = write(tmp_path / "in", **texts)
    found = []
    for number, order in enumerate([*permutations(files)][::5]):
        for path in order:
            sync_with([path], tmp_path / str(number), HashEmbedder())
        found.append(links(tmp_path / str(number)))
    assert found == [{frozenset(pair) for pair in ("ab", "ac", "bc")}] * len(found)


def test_a_changed_file_is_linked_no_more_and_a_removed_one_neither(folder: Path, tmp_path: Path) -> None:
    files = write(tmp_path / "in", a=bulletin(1), b=bulletin(1, "One was hurt."), c=bulletin(1, "Two were hurt."))
    sync_with(files, folder, HashEmbedder())
    assert len(links(folder)) == 3
    write(tmp_path / "in", c=bulletin(3))
    sync_with(files, folder, HashEmbedder())
    assert links(folder) == {frozenset("ab")}
    with Archive.open(folder, embedder=None) as store:
        [key] = [entry.id for entry in store.entries() if Path(entry.place).stem == "b"]
    remove(key, folder)
    assert links(folder) == set()
    with sqlite3.connect(folder / FILE) as db:
        assert db.execute("SELECT count(*) FROM alike").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM sketches").fetchone() == (2,)
        assert db.execute("SELECT count(DISTINCT number) FROM bands").fetchone() == (2,)
    db.close()


@pytest.mark.parametrize("paragraphs", [1, 8])
def test_daily_bulletins_that_only_begin_alike_are_not_linked(folder: Path, tmp_path: Path, paragraphs: int) -> None:
    """What all of them open with is found out as boilerplate, but where it is the greater part of each."""
    texts = {f"day{number}": f"{script(number, paragraphs)}{OPENING}\n" for number in range(4)}
    for number, path in enumerate(write(tmp_path / "in", **texts)):
        facts = {"source": "Morning Ledger", "date": f"2024-05-0{number + 1}"}
        sync_with([path], folder, HashEmbedder(), facts=facts)
    with Archive.open(folder, embedder=None) as store:
        assert {bool(store.boilerplate(entry.id)) for entry in store.entries()} == {paragraphs == 8}
    assert links(folder) == set()


def test_an_archive_of_the_layout_before_is_read_and_linked_at_the_next_ingest(folder: Path, tmp_path: Path) -> None:
    files = write(tmp_path / "in", a=bulletin(1), b=bulletin(1, "One was hurt."), c=bulletin(2))
    sync_with(files, folder, HashEmbedder())
    with sqlite3.connect(folder / FILE) as db:
        for change in ("TABLE alike", "TABLE bands", "TABLE sketches", "INDEX transcripts_by_facts"):
            db.execute(f"DROP {change}")
        db.execute("UPDATE meta SET value = '4' WHERE key = 'schema'")
    db.close()
    with Archive.open(folder, embedder=None) as store:
        before = store.passages(store.passage_ids())
        assert {entry.alike for entry in store.entries()} == {()}
        assert store.alike_among(entry.id for entry in store.entries()) == {}
    assert sync_with(files, folder, HashEmbedder()).summary == "3 unchanged"
    assert links(folder) == {frozenset("ab")}
    with Archive.open(folder, embedder=None) as store:
        assert store.stamps()["schema"] == SCHEMA_VERSION
        after = store.passages(store.passage_ids())
        assert {key: each.passage for key, each in after.items()} == {key: each.passage for key, each in before.items()}
        assert store.waiting() == 0
    assert examine(folder).ok
