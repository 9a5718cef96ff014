"""A title that people give a file (--set, a sidecar, a column) tells who speaks in it, as one of its own would."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.formats import PARSERS
from ingest.sync import sync_with
from ingest.transcript import Transcript
from tests.ingest.builders import HashEmbedder
from tests.ingest.formats.caption_files import WRITERS
from tests.ingest.formats.word_writer import word, word_table
from tests.ingest.packing import zipped

TITLE = "Press Briefing by Press Secretary Jen Psaki"
SAID = "Good afternoon, everybody. The bridge is open."
TALK = f"MS. PSAKI:  {SAID}\n\nQ    When was that?\n\nMS. PSAKI:  On Monday.\n"
CUES = [(1000, 2000, f"MS. PSAKI: {SAID}"), (5000, 6000, "ANN LEE: When was it?"), (7000, 8000, "MS. PSAKI: Now.")]
TURNS = [{"speaker": "MS. PSAKI", "text": SAID}, {"speaker": "Q", "text": "When was that?"}]
FILES: dict[str, bytes] = {
    "labelled.txt": TALK.encode(),
    "script.txt": b'The bridge is open, officials say.\nPSAKI "It is open, and it stays open."\n',
    "timed.txt": b"[00:01] MS. PSAKI: It is open.\n[00:05] BOB RAY: When was that?\n[00:09] MS. PSAKI: On Monday.\n",
    "captions.txt": b">> MS. PSAKI: it is open.\n>> bob: when was that?\n>> MS. PSAKI: on monday.\n",
    "body.md": f"# A briefing\n\n{TALK}".encode(),
    "timed.md": b"---\nsource: BBC\n---\n[00:01] MS. PSAKI: It is.\n[00:05] BOB RAY: When?\n[00:09] MS. PSAKI: Now.\n",
    "turns.json": json.dumps(TURNS).encode(),
    "page.html": f"<html><body><p>{'</p><p>'.join([SAID] * 9)}</p><p>MS. PSAKI: {'</p><p>MS. PSAKI: '.join([SAID] * 9)}"
    "</p></body></html>".encode(),
    "letter.docx": word(*TALK.split("\n\n")),
    "table.docx": word_table([["Speaker", "Text"], ["MS. PSAKI", SAID], ["Q", "When was that?"]]),
    **{f"c{Path(name).suffix}": WRITERS[name](CUES).encode() for name in WRITERS},
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def stored(archive: Path) -> Transcript:
    with Archive.open(archive, embedder=None) as store:
        [entry] = store.entries()
        return store.transcript(entry.id)


@pytest.mark.parametrize("name", FILES)
def test_a_title_given_tells_who_speaks_in_every_format(archive: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    report = sync_with([path], archive, HashEmbedder(), facts={"title": TITLE})
    assert report.summary == "1 added", report.failed
    talk = stored(archive)
    assert (talk.title, talk.origins["title"]) == (TITLE, "--set")
    people = {turn.speaker: turn.role for turn in talk.turns if turn.label and "PSAKI" in turn.label}
    assert list(people) == ["Jen Psaki"]
    assert (people["Jen Psaki"] or "").casefold() == "press secretary"


def test_every_text_format_is_tried() -> None:
    formats = {"webvtt", "subrip", "subviewer", "ttml", "substation", "sami", "json", "timed_lines", "closed_captions"}
    assert formats | {"labelled", "script", "html", "markdown", "timedtext"} == {each.name for each in PARSERS}, (
        "a new format needs a file above; timedtext names nobody"
    )


def test_a_sidecar_names_and_taking_it_away_takes_the_name_away(archive: Path, tmp_path: Path) -> None:
    path, sidecar = tmp_path / "talk.txt", tmp_path / "talk.meta.yaml"
    path.write_text(TALK)
    sidecar.write_text(f"title: {TITLE}\n")
    sync_with([path], archive, HashEmbedder())
    assert stored(archive).speakers == ("Jen Psaki", "Reporter (Q)")
    assert stored(archive).origins["title"] == "sidecar talk.meta.yaml"
    sidecar.unlink()
    assert sync_with([path], archive, HashEmbedder()).summary == "1 updated"
    assert stored(archive).speakers == ("Ms. Psaki", "Questioner (Q)")


def test_the_title_given_wins_over_the_files_own(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text(f"---\ntitle: Briefing by Deputy Secretary Ann Psaki\n---\n{TALK}")
    sync_with([path], archive, HashEmbedder())
    assert stored(archive).turns[0].speaker == "Ann Psaki"
    sync_with([path], archive, HashEmbedder(), facts={"title": TITLE})
    assert stored(archive).turns[0].speaker == "Jen Psaki"


def test_a_title_in_capitals_is_kept_as_it_was_given(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(TALK)
    sync_with([path], archive, HashEmbedder(), facts={"title": "THE BRIDGE IS OPEN"})
    assert stored(archive).title == "THE BRIDGE IS OPEN"


def test_a_record_is_named_by_its_column_and_by_hand_before_that(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"title": "Briefing by Secretary Ann Psaki", "text": TALK}) + "\n")
    sync_with([path], archive, HashEmbedder())
    assert (stored(archive).turns[0].speaker, stored(archive).origins["title"]) == ("Ann Psaki", "columns")
    (tmp_path / "news.meta.yaml").write_text(f"title: {TITLE}\n")
    assert sync_with([path], archive, HashEmbedder()).summary == "1 updated"
    assert (stored(archive).turns[0].speaker, stored(archive).title) == ("Jen Psaki", TITLE)
    assert sync_with([path], archive, HashEmbedder()).summary == "1 unchanged"


def test_a_member_of_an_archive_is_named_too(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "week.zip"
    path.write_bytes(zipped([("talk.txt", TALK.encode())]))
    assert zipfile.is_zipfile(path)
    sync_with([path], archive, HashEmbedder(), facts={"title": TITLE})
    assert stored(archive).speakers == ("Jen Psaki", "Reporter (Q)")
