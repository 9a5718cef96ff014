"""Files of many transcripts, all the way in: each becomes a transcript of its own, and only what changed is redone."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.report import IngestReport
from ingest.sync import sync_with
from tests.ingest.builders import HashEmbedder, script

Rows = Iterable[Mapping[str, str]]


def row(number: int, **changed: str) -> dict[str, str]:
    text = f"ANNA BELL: The bridge number {number} opens in May. \n\nJOHN REED: It took two years to build it."
    return {"id": f"r{number}", "headline": f"Bridge {number}", "body": text, "date": f"2024-05-0{number}", **changed}


def jsonl(path: Path, rows: Rows) -> Path:
    text = "".join(json.dumps(each) + "\n" for each in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def ingest(archive: Path, *paths: Path, **options: object) -> IngestReport:
    return sync_with(paths, archive, HashEmbedder(), **options)  # type: ignore[arg-type]


def titles(archive: Path) -> list[str]:
    with Archive.open(archive, embedder=None) as store:
        return sorted(entry.title for entry in store.entries())


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz", "news.ndjson"])
def test_each_line_is_a_transcript(tmp_path: Path, name: str) -> None:
    path = jsonl(tmp_path / name, [row(1), row(2)])
    report = ingest(tmp_path / "archive", path)
    assert report.added == (f"{path}#r1", f"{path}#r2")
    assert report.ok
    with Archive.open(tmp_path / "archive", embedder=None) as store:
        entry = next(each for each in store.entries() if each.title == "Bridge 1")
        assert str(entry.published) == "2024-05-01"
        assert entry.speakers == ("Anna Bell", "John Reed")
        assert store.transcript(entry.id).origins["title"]


def test_the_columns_taken_are_told_and_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["kopf", "inhalt"])
        writer.writeheader()
        writer.writerow({"kopf": "Bridge", "inhalt": row(1)["body"]})
    unknown = ingest(tmp_path / "archive", path)
    assert "none of which looks like the text" in str(unknown.failed[0].error)
    report = ingest(tmp_path / "archive", path, columns={"text": "inhalt", "title": "kopf"})
    assert (len(report.added), report.failed) == (1, ())
    assert report.columns[0].columns == {"text": "inhalt", "title": "kopf"}
    assert titles(tmp_path / "archive") == ["Bridge"]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "news.jsonl", [row(1), row(2)])
    ingest(tmp_path / "archive", path)
    again = ingest(tmp_path / "archive", path)
    assert (again.added, again.updated, len(again.unchanged)) == ((), (), 2)


def test_only_what_changed_is_redone_and_what_is_gone_goes(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "news.jsonl", [row(1), row(2), row(3)])
    ingest(tmp_path / "archive", path)
    jsonl(path, [row(1), row(2, headline="Bridge two"), row(4)])
    report = ingest(tmp_path / "archive", path)
    assert (report.added, report.updated) == ((f"{path}#r4",), (f"{path}#r2",))
    assert (report.unchanged, report.removed) == ((f"{path}#r1",), (f"{path}#r3",))
    assert titles(tmp_path / "archive") == ["Bridge 1", "Bridge 4", "Bridge two"]


def test_a_bad_line_stops_no_other_and_takes_nothing_away(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "news.jsonl", [row(number) for number in range(1, 6)])
    ingest(tmp_path / "archive", path)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "{broken", *lines[2:]]))
    report = ingest(tmp_path / "archive", path)
    assert [failure.error.line for failure in report.failed] == [2]
    assert report.removed == ()
    assert len(titles(tmp_path / "archive")) == 5
    assert ingest(tmp_path / "archive", path).failed, "a broken file is looked at again"


def test_facts_given_hold_for_every_record(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "news.jsonl", [row(1), row(2)])
    ingest(tmp_path / "archive", path)
    (tmp_path / "news.meta.yaml").write_text("source: Harbour News\n")
    assert len(ingest(tmp_path / "archive", path).updated) == 2
    assert len(ingest(tmp_path / "archive", path, facts={"programme": "Dawn"}).updated) == 2
    assert len(ingest(tmp_path / "archive", path).unchanged) == 2
    with Archive.open(tmp_path / "archive", embedder=None) as store:
        assert {(entry.source, entry.programme) for entry in store.entries()} == {("Harbour News", "Dawn")}


def test_a_zip_of_transcripts(tmp_path: Path) -> None:
    path = tmp_path / "week.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("monday/report.txt", script(1))
        archive.writestr("tuesday/report.txt", script(2))
        archive.writestr("records.jsonl", json.dumps(row(1)) + "\n")
        archive.writestr("picture.png", b"\x89PNG\r\n\x1a\n")
        archive.writestr("broken.srt", "1\n00:00:05,000 --> 00:00:01,000\nBackwards.\n")
        archive.writestr("../escape.txt", script(3))
    report = ingest(tmp_path / "archive", path)
    places = {f"{path}/monday/report.txt", f"{path}/tuesday/report.txt", f"{path}/records.jsonl#r1"}
    assert set(report.added) == places
    assert report.skipped == (f"{path}/picture.png",)
    assert {failure.path.removeprefix(str(path)) for failure in report.failed} == {"", "/broken.srt"}
    again = ingest(tmp_path / "archive", path)
    assert set(again.unchanged) == places


def test_pruning_takes_out_what_was_in_a_file_that_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "in#box"
    folder.mkdir()
    jsonl(folder / "news.jsonl", [row(1)])
    jsonl(folder / "old.jsonl", [row(2)])
    with zipfile.ZipFile(folder / "week.zip", "w") as packed:
        packed.writestr("a.txt", script(1))
    ingest(tmp_path / "archive", folder)
    assert ingest(tmp_path / "archive", folder, prune=True).removed == ()
    (folder / "old.jsonl").unlink()
    (folder / "week.zip").unlink()
    removed = ingest(tmp_path / "archive", folder, prune=True).removed
    assert set(removed) == {f"{folder / 'old.jsonl'}#r2", f"{folder / 'week.zip'}/a.txt"}


def test_other_json_in_a_folder_is_skipped_and_named_it_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "package.json").write_text('{"name": "x", "version": "1.0.0"}')
    (folder / "questions.jsonl").write_text('{"question": "Who?", "answers": ["she"]}\n')
    (folder / "news.txt").write_text(script(1))
    report = ingest(tmp_path / "archive", folder)
    assert report.ok
    assert {Path(place).name for place in report.skipped} == {"package.json", "questions.jsonl"}
    named = ingest(tmp_path / "archive", folder / "questions.jsonl")
    assert "looks like the text" in str(named.failed[0].error)


def test_a_broken_gzip_is_told(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "news.jsonl.gz", [row(number % 9 + 1, id=str(number)) for number in range(500)])
    path.write_bytes(path.read_bytes()[:-200])
    report = ingest(tmp_path / "archive", path)
    assert "cannot be unpacked" in str(report.failed[0].error)
    assert report.failed[0].path == str(path)


def test_markdown_in_a_column_is_read_as_such(tmp_path: Path) -> None:
    body = "MS. BELL: It is a <s>gate</s> \\[bridge\\], *of course*.\n\nQ    When does it open?\n"
    path = jsonl(tmp_path / "news.jsonl", [row(1, body=body, headline="Briefing by Mayor Anna Bell")])
    ingest(tmp_path / "archive", path)
    with Archive.open(tmp_path / "archive", embedder=None) as store:
        transcript = store.transcript(store.entries()[0].id)
    assert transcript.turns[0].text == "It is a gate [bridge], of course."
    assert transcript.turns[0].speaker == "Anna Bell"
    assert transcript.origins["title"] == "columns"
