"""What a source repeats is kept out of passages, whatever came first, and comes back when it is repeated no longer."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import FILE, Archive
from ingest.cutting import cut_waiting
from ingest.embed import Vectors
from ingest.errors import UnknownTranscript
from ingest.index import open_index
from ingest.passages import split
from ingest.repeats import NOTHING
from ingest.storing import Read, store_all
from ingest.sync import reindex, remove, sync_with
from ingest.transcript import Transcript
from tests.ingest.builders import HashEmbedder
from tests.ingest.in_step import assert_in_step
from tests.ingest.shows import NOTICE, OPENING, SPONSOR, STATION, facts, ledger, said_in, show, write_ledgers

SAID_AGAIN = (OPENING, *SPONSOR, NOTICE)


def put(store: Archive, one: Transcript) -> None:
    store.put(one, place=f"/news/{one.id}", sha256=one.title)


def searched(folder: Path) -> str:
    """All that search can find, as one text."""
    with Archive.open(folder, embedder=None) as store:
        index = open_index(store)
        ids = store.passage_ids()
        assert len(index.words) == len(index.vectors) == len(ids)
        assert set(index.words.search(["report"], 10_000)) == set(ids)
        index.close()
        return "\n".join(each.passage.text for each in store.passages(ids).values())


def state(folder: Path) -> tuple[object, ...]:
    """What is stored: by file, its boilerplate and its passages with their vectors."""
    with Archive.open(folder, embedder=None) as store:
        return tuple(
            (entry.place, store.boilerplate(entry.id), store.passage_spans(entry.id)) for entry in store.entries()
        ), tuple((key, each.vector.tobytes()) for key, each in sorted(store.passages(store.passage_ids()).items()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def test_the_third_copy_takes_it_out_of_the_first_two_as_well(folder: Path, tmp_path: Path) -> None:
    paths = write_ledgers(tmp_path / "in", 3)
    assert sync_with(paths[:2], folder, HashEmbedder()).kept_out == NOTHING
    assert all(each in searched(folder) for each in SAID_AGAIN)
    report = sync_with(paths, folder, HashEmbedder())
    assert (report.summary, report.kept_out.passages) == ("1 added, 2 unchanged", 3 * 3)
    assert not [each for each in SAID_AGAIN if each in searched(folder)]
    assert all(each.replace("last week", "in week 0") in searched(folder) for each in facts(0))
    with Archive.open(folder, embedder=None) as store:
        assert_in_step(store)
        for entry in store.entries():
            shown = [store.transcript(entry.id).text[slice(*span)] for span in store.boilerplate(entry.id)]
            assert [" ".join(each.split()) for each in shown] == [f"Good morning. {OPENING}", " ".join(SPONSOR), NOTICE]
        assert store.boilerplate(report.kept_out.example)


def test_all_of_it_is_in_one_transaction(folder: Path) -> None:
    with Archive.open(folder, create=True, embedder="hash-8") as store, Archive.open(folder, embedder=None) as other:
        for number in range(2):
            put(store, ledger(number))
        cut_waiting(store, HashEmbedder())
        before = other.passage_ids()
        with store.writing():
            put(store, ledger(2))
            cut_waiting(store, HashEmbedder())
            assert store.boilerplate("show-0")
            assert (other.passage_ids(), other.boilerplate("show-0")) == (before, ())
        assert other.boilerplate("show-0")


def test_one_that_fails_changes_nothing(folder: Path) -> None:
    class Failing(HashEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            raise InterruptedError

    with Archive.open(folder, create=True, embedder="hash-8") as store:
        for number in range(2):
            put(store, ledger(number))
        cut_waiting(store, HashEmbedder())
        reads = [Read(ledger(2), split(ledger(2)), "/news/show-2", "report", known=False)]
        index = open_index(store)
        with pytest.raises(InterruptedError):
            next(store_all(reads, store, index, Failing()))
        index.close()
        assert len(store.entries()) == 2
        assert not any(assert_in_step(store).values())


def test_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    paths = write_ledgers(tmp_path / "in", 5)
    sync_with(paths, folder, HashEmbedder())
    before = state(folder)
    assert sync_with(paths, folder, HashEmbedder()).kept_out == NOTHING
    assert state(folder) == before
    reindex(folder)
    assert state(folder) == before


def test_neither_does_the_order_in_which_files_come(tmp_path: Path) -> None:
    paths = write_ledgers(tmp_path / "in", 6)
    orders = (paths, paths[::-1], [*paths[3:], *paths[:3]])
    for number, order in enumerate(orders):
        for path in order:
            sync_with([path], tmp_path / str(number), HashEmbedder())
    assert state(tmp_path / "0") == state(tmp_path / "1") == state(tmp_path / "2")


SHOWS = st.builds(
    lambda name, day, source, again, own: replace(
        show(
            [*again[:1], *facts(name, 10), *again[1:], *facts(own + 10, 4)],
            day or 0,
            name=f"show-{name}",
            source=source,
            dated=day is not None,
        ),
        title=f"report {name}",
    ),
    st.integers(0, 5),
    st.sampled_from([None, 0, 1, 2, 3, 4, 5, 6]),
    st.sampled_from([STATION] * 8 + ["Harbour News", None]),
    st.lists(st.sampled_from([OPENING, " ".join(SPONSOR), NOTICE]), unique=True, max_size=3),
    st.integers(0, 3),
)
STEPS = st.one_of(SHOWS, SHOWS, SHOWS, st.integers(0, 5), st.none())


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, min_size=8, max_size=24))
def test_whatever_came_and_went_what_is_kept_out_depends_on_what_is_there(steps: list[Transcript | int | None]) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive.open(folder, create=True, embedder="hash-8") as store:
        for step in steps:
            if isinstance(step, Transcript):
                put(store, step)
            elif step is None:
                cut_waiting(store, HashEmbedder())
            else:
                store.remove_place(f"/news/show-{step}")
        cut_waiting(store, HashEmbedder())
        assert_in_step(store)


def test_the_archive_grows_past_a_threshold_and_back(folder: Path) -> None:
    """The sponsor is heard on three days of 36, which is enough, then of 37, which is not, and of 36 again."""
    shows = [show([*facts(number), *(SPONSOR if number < 3 else ())], number) for number in range(37)]
    with Archive.open(folder, create=True, embedder="hash-8") as store:
        kept_out = []
        for each in shows[:36]:
            put(store, each)
        for added, removed in ((), ()), ((shows[36],), ()), ((), ("show-36",)):
            for each in added:
                put(store, each)
            for key in removed:
                store.remove(key)
            cut_waiting(store, HashEmbedder())
            kept_out.append(sum(map(len, assert_in_step(store).values())))
        assert kept_out == [3, 0, 3]


def test_what_is_removed_no_longer_counts_and_the_next_ingest_brings_the_rest_back(
    folder: Path, tmp_path: Path
) -> None:
    paths = write_ledgers(tmp_path / "in", 3)
    sync_with(paths, folder, HashEmbedder())
    with Archive.open(folder, embedder=None) as store:
        first, *others = [entry.id for entry in store.entries()]
    remove(first, folder)
    with Archive.open(folder, embedder=None) as store:
        assert store.waiting() == len(others)
        assert all(map(store.boilerplate, others)), "until then they are as they were"
    kept = next(path for path in paths if path.stem.endswith("000"))
    sync_with([kept], folder, HashEmbedder())
    with Archive.open(folder, embedder=None) as store:
        assert not any(assert_in_step(store).values())
    assert OPENING in searched(folder)


def test_pruning_and_changed_files_are_counted_at_once(folder: Path, tmp_path: Path) -> None:
    paths = write_ledgers(tmp_path / "in", 4)
    sync_with(paths, folder, HashEmbedder())
    paths[3].unlink()
    paths[2].write_text(paths[2].read_text().replace(NOTICE, "Good night."))
    report = sync_with([tmp_path / "in"], folder, HashEmbedder(), prune=True)
    assert (report.summary, report.kept_out) == ("1 updated, 2 unchanged, 1 removed", NOTHING)
    with Archive.open(folder, embedder=None) as store:
        assert_in_step(store)
    assert NOTICE in searched(folder)
    assert OPENING not in searched(folder)


def test_passages_that_stay_as_they_are_are_not_embedded_again(folder: Path) -> None:
    class Counting(HashEmbedder):
        def __init__(self) -> None:
            self.texts: list[str] = []

        def embed(self, texts: Sequence[str]) -> Vectors:
            self.texts += texts
            return super().embed(texts)

    long = [*facts(0, 60), NOTICE]
    with Archive.open(folder, create=True, embedder="hash-8") as store:
        for number in range(2):
            put(store, show([*facts(number * 3, 60), NOTICE], number))
        cut_waiting(store, HashEmbedder())
        counting = Counting()
        put(store, show([*facts(6, 60), NOTICE], 2))
        cut_waiting(store, counting)
        again = [text for text in counting.texts if "1 March" in text]
        assert len(again) == 1 < len(split(show(long)))
        assert_in_step(store)


def old_layout(folder: Path, layout: str) -> None:
    """Makes the archive one of an earlier layout."""
    tables = (
        "alike",
        "bands",
        "sketches",
        "signs",
        "occasions",
        "repeated",
        "thresholds",
        "boilerplate",
        "uncut",
        "containers",
    )
    columns = ("programme", "language", "published_at", "origins")
    with sqlite3.connect(folder / FILE) as db:
        for table in tables[: None if layout == "1" else -1]:
            db.execute(f"DROP TABLE {table}")
        db.execute("ALTER TABLE turns DROP COLUMN opens_story")
        db.execute("DROP INDEX transcripts_by_facts")
        for column in columns if layout == "1" else ():
            db.execute(f"ALTER TABLE transcripts DROP COLUMN {column}")
        db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (layout,))
    db.close()


def with_nothing_kept_out(folder: Path, shows: Iterable[Transcript], heads: Mapping[str, str | None]) -> None:
    """An archive as a program made it that knew of no boilerplate, nor of any programme that `heads` has not."""
    with Archive.open(folder, create=True, embedder="hash-8") as store:
        for each in shows:
            put(store, replace(each, programme=heads.get(each.id), source=each.source))
            with store.writing() as db:
                db.execute("DELETE FROM occasions")
                db.execute("DELETE FROM repeated")
            cut_waiting(store, HashEmbedder(), {each.id: (each, split(each))})
            with store.writing() as db:
                db.execute("UPDATE transcripts SET programme = ? WHERE id = ?", (each.programme, each.id))
        open_index(store).close()


@pytest.mark.parametrize("layout", ["1", "2"])
def test_what_an_older_archive_holds_is_found_at_the_next_ingest(folder: Path, tmp_path: Path, layout: str) -> None:
    old = [*map(ledger, range(3))]
    with_nothing_kept_out(folder, old, {})
    old_layout(folder, layout)
    with Archive.open(folder, embedder=None) as store:
        assert store.boilerplate("show-0") == ()
        assert OPENING in "".join(each.passage.text for each in store.passages(store.passage_ids()).values())
        assert {each.programme for each in store.passages(store.passage_ids()).values()} == {None}
    [path] = write_ledgers(tmp_path / "in", 1)
    assert sync_with([path], folder, HashEmbedder()).kept_out.passages == 3 * 3 + 3
    with Archive.open(folder, embedder=None) as store:
        assert all(assert_in_step(store).values())


def test_or_at_the_next_reindex(folder: Path) -> None:
    with_nothing_kept_out(folder, map(ledger, range(3)), {})
    old_layout(folder, "2")
    remove("show-0", folder)
    put_back = ledger(0)
    with Archive.open(folder, create=True, embedder="hash-8") as store:
        assert store.waiting() == 2
        put(store, put_back)
        cut_waiting(store, HashEmbedder())
        assert all(assert_in_step(store).values())


def test_an_archive_that_did_not_know_of_programmes_learns_them(folder: Path, tmp_path: Path) -> None:
    shows = [replace(show(facts(0)), programme="Dawn Report"), replace(show(facts(1), 1), programme=STATION)]
    with_nothing_kept_out(folder, shows, {})
    old_layout(folder, "2")
    (path,) = write_ledgers(tmp_path / "in", 1)
    sync_with([path], folder, HashEmbedder())
    with Archive.open(folder, embedder=None) as store:
        assert_in_step(store)
        index = open_index(store)
        found = store.passages(index.words.search(["dawn"], 100)).values()
        assert {each.passage.transcript_id for each in found} == {"show-0"}
        index.close()


def test_an_id_that_another_begins_with_is_still_its_own(folder: Path) -> None:
    with Archive.open(folder, create=True, embedder="hash-8") as store:
        for number in (1, 10, 11):
            put(store, ledger(number))
        assert store.transcript("show-1").id == "show-1"
        with pytest.raises(UnknownTranscript, match="several: show-1, show-10, show-11"):
            store.transcript("show-")


def test_a_show_of_nothing_but_what_is_repeated_stays(folder: Path) -> None:
    with Archive.open(folder, create=True, embedder="hash-8") as store:
        for number in range(4):
            put(store, show([*SAID_AGAIN, *said_in(0)[:2]], number))
        cut_waiting(store, HashEmbedder())
        assert not any(assert_in_step(store).values())
        assert store.passage_count() >= 4
