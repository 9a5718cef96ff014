"""Facts of files in the archive: from --set, sidecars and the files themselves, kept, changed and taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.errors import Malformed
from ingest.index import open_index
from ingest.metadata import BadFact
from ingest.report import IngestReport
from ingest.sync import sync_with
from ingest.transcript import Transcript
from tests.ingest.builders import WORDS, HashEmbedder, script, write_scripts


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    [path] = write_scripts(tmp_path / "in", 1)
    return path


def ingest(path: Path, archive: Path, **facts: str) -> IngestReport:
    return sync_with([path], archive, HashEmbedder(), facts=facts)


def stored(archive: Path, path: Path) -> Transcript:
    with Archive.open(archive, embedder=None) as store:
        [entry] = [each for each in store.entries() if each.place == str(path)]
        return store.transcript(entry.id)


def test_a_fact_given_stays_with_the_file_until_it_is_given_anew(archive: Path, file: Path) -> None:
    assert ingest(file, archive, source="BBC", programme="Newsnight").summary == "1 added"
    assert ingest(file, archive).summary == "1 unchanged"
    assert ingest(file, archive, source="BBC").summary == "1 unchanged"
    assert (stored(archive, file).source, stored(archive, file).programme) == ("BBC", "Newsnight")
    assert ingest(file, archive, source="CNN").summary == "1 updated"
    assert (stored(archive, file).source, stored(archive, file).programme) == ("CNN", "Newsnight")
    assert stored(archive, file).origins["source"] == "--set"


def test_a_fact_given_stays_when_the_file_changes_and_can_be_taken_back(archive: Path, file: Path) -> None:
    ingest(file, archive, title="The ferry", date="2024-05-01 18:00 BST")
    file.write_text(script(5))
    assert ingest(file, archive).summary == "1 updated"
    talk = stored(archive, file)
    assert (talk.title, str(talk.published_at)) == ("The ferry", "2024-05-01 18:00:00+01:00")
    assert ingest(file, archive, title="", date="").summary == "1 updated"
    talk = stored(archive, file)
    assert (talk.title, talk.published, talk.published_at) == (f"Report 5 from the {WORDS[5]}", None, None)
    assert ingest(file, archive, title="").summary == "1 unchanged"


def test_what_is_given_for_one_file_is_not_for_another(archive: Path, tmp_path: Path) -> None:
    one, other = write_scripts(tmp_path / "in", 2)
    ingest(one, archive, source="BBC")
    assert ingest(tmp_path / "in", archive).summary == "1 added, 1 unchanged"
    assert (stored(archive, one).source, stored(archive, other).source) == ("BBC", None)


def test_given_wins_over_sidecar_over_file_name(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "in" / "2023-11-07_ferry.txt"
    path.parent.mkdir()
    path.write_text("The ferry sailed again on Monday. Nobody was hurt.")
    path.with_suffix(".meta.yaml").write_text("source: BBC\nprogramme: Newsnight\n")
    ingest(path, archive, source="CNN")
    talk = stored(archive, path)
    assert (talk.source, talk.programme, talk.published) == ("CNN", "Newsnight", date(2023, 11, 7))
    assert dict(talk.origins) == {
        "source": "--set",
        "programme": "sidecar 2023-11-07_ferry.meta.yaml",
        "published": "file name",
        "title": "file name",
    }


def test_a_sidecar_that_comes_changes_or_goes_updates_its_files_only(archive: Path, tmp_path: Path) -> None:
    first, second = write_scripts(tmp_path / "in", 2)
    folder, sidecar = first.parent, first.with_suffix(".meta.yaml")
    ingest(folder, archive)
    sidecar.write_text("source: BBC\n")
    assert ingest(folder, archive).updated == (str(first),)
    sidecar.write_text("# The same.\nsource: BBC\n")
    assert ingest(folder, archive).summary == "2 unchanged"
    sidecar.write_text("source: CNN\n")
    assert ingest(folder, archive).updated == (str(first),)
    sidecar.unlink()
    assert ingest(folder, archive).updated == (str(first),)
    assert stored(archive, first).source is None
    (folder / "meta.yaml").write_text("source: BBC\n")
    assert ingest(folder, archive).updated == (str(first), str(second))


def test_a_file_has_the_same_facts_wherever_ingesting_begins(archive: Path, tmp_path: Path) -> None:
    [path] = write_scripts(tmp_path / "news" / "2024", 1)
    (tmp_path / "news" / "meta.yaml").write_text("source: BBC\n")
    assert ingest(tmp_path / "news", archive).summary == "1 added"
    assert ingest(path, archive).summary == "1 unchanged"
    assert ingest(path.parent, archive).summary == "1 unchanged"


def test_sidecars_are_no_transcripts_and_one_about_nothing_is_named(archive: Path, file: Path) -> None:
    used, lost = file.with_suffix(".meta.yaml"), file.with_name("nothing.meta.yaml")
    for sidecar in (used, lost):
        sidecar.write_text("source: BBC\n")
    report = ingest(file.parent, archive)
    assert (report.added, report.skipped, report.failed) == ((str(file),), (str(lost),), ())
    assert sync_with([used, lost], archive, HashEmbedder()) == IngestReport()


def test_a_broken_sidecar_keeps_its_file_out_and_no_other(archive: Path, tmp_path: Path) -> None:
    first, second = write_scripts(tmp_path / "in", 2)
    sidecar = first.with_suffix(".meta.yaml")
    sidecar.write_text("source: BBC\ndate: 31/02/2024\n")
    report = ingest(first.parent, archive)
    assert report.added == (str(second),)
    [failure] = report.failed
    assert failure.path == str(first)
    assert isinstance(failure.error, Malformed)
    assert (failure.error.path, failure.error.line) == (str(sidecar), 2)
    sidecar.write_text("source: BBC\n")
    assert ingest(first.parent, archive).added == (str(first),)


@pytest.mark.parametrize("facts", [{"colour": "red"}, {"date": "soon"}])
def test_a_bad_fact_is_told_before_anything_is_read(archive: Path, file: Path, facts: dict[str, str]) -> None:
    with pytest.raises(BadFact):
        ingest(file, archive, **facts)
    assert not archive.exists()


def test_the_search_knows_a_changed_title_and_holds_each_passage_once(archive: Path, file: Path) -> None:
    ingest(file, archive)
    ingest(file, archive, title="Ptarmigan")
    with Archive.open(archive, embedder=None) as store:
        index = open_index(store)
        assert set(index.words.search(["ptarmigan"], 50)) == set(store.passage_ids())
        assert len(index.words) == len(index.vectors) == store.passage_count()
        index.close()
