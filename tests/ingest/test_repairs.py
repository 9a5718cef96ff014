"""What was put right in a file is told: with the transcript, in the archive, and in the report of the ingest."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.errors import Malformed
from ingest.formats import parse_bytes
from ingest.outcomes import Mended
from ingest.sync import sync_with
from tests.ingest.builders import HashEmbedder
from tests.ingest.formats.caption_files import WRITERS, Cue
from tests.ingest.formats.reading import read

CUES: list[Cue] = [(number * 1000, number * 1000 + 800, f"Sentence number {number}.") for number in range(1, 21)]
EARLY = "2 cues ended before they began; their ends were taken from the next cue."
RUSSIAN = "Мост через реку снова открыт для всех, сообщил мэр города в понедельник утром. " * 3
WITH_ENDS = sorted(set(WRITERS) - {"a.smi"})
ORDERED = ["a.sbv", "a.srt", "a.vtt"]


@pytest.mark.parametrize("name", WITH_ENDS)
def test_a_few_ends_before_their_starts_are_taken_from_the_next_cue(name: str) -> None:
    cues = [*CUES]
    cues[4], cues[19] = (5000, 3000, "Sentence number 5."), (20_000, 18_000, "Sentence number 20.")
    talk = read(WRITERS[name](cues), name)
    assert talk.mended == (EARLY,)
    assert (talk.turns[4].start_ms, talk.turns[4].end_ms) == (5000, 6000)
    assert (talk.turns[19].start_ms, talk.turns[19].end_ms) == (20_000, 20_000), "nothing comes after it"
    assert (talk.duration_ms, len(talk.turns)) == (20_000, 20)


@pytest.mark.parametrize("name", WITH_ENDS)
def test_many_of_them_and_the_file_is_refused(name: str) -> None:
    cues = [(start, end if number % 5 else start - 500, text) for number, (start, end, text) in enumerate(CUES)]
    with pytest.raises(Malformed, match=r"ends before it starts: '1\.000 s to 0\.500 s'"):
        read(WRITERS[name](cues), name)


@pytest.mark.parametrize("name", ORDERED)
def test_times_that_run_backwards_are_told_where_the_order_is_the_files(name: str) -> None:
    talk = read(WRITERS[name]([CUES[9], *CUES[:3], CUES[1]]), name)
    assert talk.mended == ("Times run backwards at 2 places; the order of the file was kept.",)
    assert talk.turns[0].text == "Sentence number 10."


def test_lines_with_times_tell_what_was_mended() -> None:
    lines = [f"00:{number:02d} - 00:{number + 1:02d} Sentence {number}." for number in range(10, 31)]
    lines[3], lines[20] = "00:13 - 00:04 Sentence 13.", "00:09 - 00:10 Sentence 9."
    talk = read("\n\n".join(lines))
    assert talk.mended == (
        "1 segment ended before it began; its end was taken from the next segment.",
        "Times run backwards at 1 place; the order of the file was kept.",
    )
    assert (talk.turns[3].start_ms, talk.turns[3].end_ms) == (13_000, 14_000)


def test_words_of_machines_tell_what_was_mended() -> None:
    words = [{"word": "Good", "start": 1.0, "end": 1.4}, {"word": "evening.", "start": 1.5, "end": 1.2}]
    segment = {"start": 1.0, "end": 2.0, "text": "Good evening.", "words": words}
    talk = read(json.dumps({"segments": [segment]}), "a.json")
    assert talk.mended == ("1 time ended up to a second before it began; it now ends where it begins.",)
    assert [(turn.start_ms, turn.end_ms) for turn in talk.turns] == [(1000, 1500)]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("The café is open, they say.".encode("cp1252"), "The file is no UTF-8; it was read as Windows-1252."),
        (RUSSIAN.encode("cp1251"), "The file is no UTF-8; it was read as cp1251."),
        ("The café is open.".encode("utf-16-le"), "The file is no UTF-8; it was read as UTF-16-LE."),
        (
            "The cafÃ© isnâ€™t open, they say.".encode(),
            "2 words garbled by a wrong encoding put right, such as “café” for “cafÃ©”.",
        ),
        (b"The R&amp;D centre &amp; caf&eacute; are open.", "3 HTML entities in plain text spelt out."),
    ],
)
def test_odd_encodings_and_garbled_words_are_told(data: bytes, told: str) -> None:
    assert parse_bytes(data, "a.txt").mended == (told,)


@pytest.mark.parametrize(
    "data",
    [
        "The café is open, they say.".encode(),
        "The café is open, they say.".encode("utf-8-sig"),
        "The café is open, they say.".encode("utf-16"),
        '<html><meta charset="windows-1252"><p>ANN LEE: The café is open.</p><p>{}</p></html>'.format(
            "</p><p>BOB RAY: That is what they say here.".join([""] * 9)
        ).encode("cp1252"),
        WRITERS["a.ass"]([CUES[3], CUES[1]]).encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "declared", "no-order"],
)
def test_what_is_as_it_should_be_is_not_told(data: bytes) -> None:
    assert parse_bytes(data, "a.ass" if data.startswith(b"[Script") else "a.html").mended == ()


def test_the_report_and_the_archive_tell_it_whatever_is_stated_elsewhere(tmp_path: Path) -> None:
    path, good = tmp_path / "in" / "talk.txt", tmp_path / "in" / "good.txt"
    path.parent.mkdir()
    path.write_bytes("The café is open, they say.".encode("cp1252"))
    good.write_text("The bridge is open, they say.")
    told = ("The file is no UTF-8; it was read as Windows-1252.",)
    report = sync_with([path.parent], tmp_path / "archive", HashEmbedder(), facts={"source": "BBC", "title": "Café"})
    assert report.mended == (Mended(str(path), told),)
    assert report.summary == "2 added, 1 mended"
    with Archive.open(tmp_path / "archive", embedder=None) as store:
        talks = [store.transcript(entry.id) for entry in store.entries() if entry.place == str(path)]
    assert [talk.mended for talk in talks] == [told]
    assert talks[0].origins["source"] == "--set"
    assert sync_with([path], tmp_path / "archive", HashEmbedder()).mended == ()


def test_records_tell_it_each_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    with path.open("w", newline="", encoding="cp1252") as file:
        writer = csv.DictWriter(file, ["title", "text"])
        writer.writeheader()
        writer.writerow({"title": "One", "text": "ANN LEE: The bridge is open.\n\nBOB RAY: It is."})
        writer.writerow({"title": "Two", "text": "ANN LEE: The café is open.\n\nBOB RAY: It is."})
    report = sync_with([path], tmp_path / "archive", HashEmbedder())
    told = ("The file is no UTF-8; it was read as Windows-1252.",)
    assert report.mended == (Mended(report.added[1], told),)
