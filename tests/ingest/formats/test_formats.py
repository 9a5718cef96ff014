"""From a path to a Transcript: which format, which id, and every way a file can be no transcript."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.errors import (
    BinaryFile,
    EmptyFile,
    Malformed,
    TooLarge,
    TranscriptError,
    UnknownFormat,
    Unreadable,
)
from ingest.formats import BINARIES, PARSERS, SUFFIXES, detect, parse, parse_bytes, read_bytes

NEWS = "The bridge was closed on Monday, the council said."
TALK = "ANN LEE, HOST: Good evening.\n\nBOB RAY, MAYOR: Hello."
SRT = "1\n00:00:01,000 --> 00:00:02,000\nHello.\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"
FRONT = f"---\ntitle: The bridge\n---\n{NEWS}"
CODE = 'import os\n\n\ndef main(path):\n    """Read the file."""\n    return os.stat(path)\n\nmain(1)\n'


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        (VTT, "a.vtt", "webvtt"),
        (VTT, "a.txt", "webvtt"),
        (VTT, "a", "webvtt"),
        (VTT.replace("WEBVTT\n\n", ""), "a.vtt", "webvtt"),
        (SRT, "a.srt", "subrip"),
        (SRT, "a.txt", "subrip"),
        (SRT, "a.vtt", "subrip"),
        (TALK, "a.txt", "labelled"),
        (TALK, "a.srt", "labelled"),
        (TALK, "a", "labelled"),
        (TALK, "a.md", "markdown"),
        (f'{NEWS}\nANN LEE, MAYOR "We wait."', "a.txt", "script"),
        (f'{NEWS}\nANN LEE, MAYOR: "We wait."\nBOB RAY, MP: "We do."', "a.txt", "script"),
        (NEWS, "a.txt", "script"),
        (NEWS, "a.md", "markdown"),
        (NEWS, "a.out", "script"),
        (f"03:04\n{NEWS}", "a.txt", "script"),
        (FRONT, "a.md", "markdown"),
        (FRONT, "a.txt", "markdown"),
        ("WEBVTT is a format for captions on the web.", "a.txt", "script"),
        ("Die Brücke wurde am Montag geschlossen, sagte der Rat.", "a.txt", "script"),
        ("桥在星期一被关闭了。市长说,没有人受伤。", "a.txt", "script"),
        ("पुल सोमवार को बंद कर दिया गया।", "a.txt", "script"),
    ],
)
def test_content_decides_and_the_ending_breaks_ties(text: str, name: str, form: str) -> None:
    assert detect(text, name).name == form
    assert parse_bytes(text.encode(), name).format == form


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1,2,3\n4,5,6\n7,8,9\n", "a table"),
        ("name,age,city\nann,1,rome\nbob,2,oslo\neve,3,bonn\n", "a table"),
        ("a\tb\tc\n1\t2\t3\n4\t5\t6\n", "a table"),
        ("3.14159 2.71828 1.41421\n" * 9, "numbers"),
        ("[" * 100_000, "JSON"),
        ("<rss><p>The bridge was closed.</p></rss>", "HTML or XML"),
        ('<?xml version="1.0"?><tt><p>The bridge was closed.</p></tt>', "HTML or XML"),
        ("[Script Info]\nTitle: The bridge\n", "SubStation"),
        (CODE, "source code"),
        ("#!/bin/sh\necho The bridge was closed on Monday\n", "source code"),
        ("function a(b) {\n  return b;\n}\nconst c = a(1);\n", "source code"),
        (".a{color:red;margin:0}.b{color:blue;padding:1px}", "source code"),
        ("2024-01-02 03:04:05 started\n2024-01-02 03:04:06 stopped\n", "a log"),
    ],
)
def test_what_nobody_says_is_unknown_and_told_by_its_name(text: str, kind: str) -> None:
    with pytest.raises(UnknownFormat, match=kind) as caught:
        parse_bytes(text.encode(), "notes.txt")
    assert all(each.suffixes[0] in caught.value.remedy for each in PARSERS)
    assert str(caught.value).startswith("notes.txt: is no transcript: it looks like ")


def test_our_own_source_is_no_transcript() -> None:
    with pytest.raises(UnknownFormat, match="source code"):
        parse(Path(__file__))


def test_the_id_comes_from_place_and_content(tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(NEWS)
    other.write_text(NEWS)
    digest = sha256(f"{one.resolve()}\0{sha256(NEWS.encode()).hexdigest()}".encode()).hexdigest()
    assert parse(one).id == digest[:16]
    assert parse(str(one)).id == parse(one).id
    assert parse(tmp_path / "." / "one.txt").id == parse(one).id
    assert parse(other).id != parse(one).id
    assert parse_bytes(NEWS.encode() + b"\n", one).id != parse(one).id


def test_a_giant_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    giant = tmp_path / "giant.txt"
    with giant.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(TooLarge, match=r"is 200\.0 MiB; the limit for one transcript is 64 MiB\. Split it"):
        parse(giant)


def test_the_limit_can_be_set_and_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(NEWS)
    assert read_bytes(path, max_bytes=len(NEWS)) == NEWS.encode()
    with pytest.raises(TooLarge):
        read_bytes(path, max_bytes=len(NEWS) - 1)


@pytest.mark.parametrize(
    "name", ["missing.txt", "dangling.txt", "loop.txt", "folder", "pipe", "a.txt/b.txt", "a\0b.txt"]
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(NEWS)
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unreadable) as caught:
        parse(tmp_path / name)
    assert caught.value.remedy
    assert name in str(caught.value)


def test_a_device_without_an_end_is_not_read() -> None:
    with pytest.raises(Unreadable, match="a device"):
        parse("/dev/zero")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b" \n\n", EmptyFile),
        (b"03:04\n", EmptyFile),
        (b"(APPLAUSE)\n", EmptyFile),
        (b"WEBVTT\n", EmptyFile),
        (b"---\ntitle: x\n---\n", EmptyFile),
        (b"%PDF-1.4\n", Malformed),
        (b"PK\x03\x04....", Malformed),
        (b"\x1f\x8b\x08..", Malformed),
        (b"\x89PNG\r\n\x1a\n..", BinaryFile),
        (b"<!DOCTYPE html><html><p>The bridge was closed.", UnknownFormat),
        (b"words\0words", BinaryFile),
        (b"---\ntitle: [x\n---\nwords", Malformed),
    ],
)
def test_each_bad_file_has_its_error(data: bytes, error: type[TranscriptError]) -> None:
    with pytest.raises(error) as caught:
        parse_bytes(data, "talk.txt")
    assert str(caught.value).startswith("talk.txt")
    assert caught.value.remedy


def test_every_format_has_endings_and_a_name_of_its_own() -> None:
    names = [each.name for each in PARSERS] + [each.name for each in BINARIES]
    assert len(set(names)) == len(names)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SUFFIXES)
    assert {".txt", ".md", ".vtt", ".srt", ".html", ".docx", ".pdf"} <= set(SUFFIXES)
