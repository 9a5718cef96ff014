"""One gzip layer: what is inside is read as if it lay there, bounded, and errors name the file that does."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BinaryFile, EmptyFile, Malformed, TooLarge
from ingest.formats import parse, parse_bytes
from ingest.gzipped import gunzip, inner_name
from tests.ingest.packing import zipped
from tests.ingest.sound import assert_sound, outcome

TALK = "ANN LEE, HOST: Good evening.\n\nBOB RAY, MAYOR: Hello.\n"
CAPTIONS = "1\n00:00:01,000 --> 00:00:02,000\nHello.\n"


def test_the_inner_name_gives_ending_and_title(tmp_path: Path) -> None:
    path = tmp_path / "2023-08-23_moon-landing.txt.gz"
    path.write_bytes(gzip.compress(TALK.encode()))
    transcript = parse(path)
    assert transcript.format == "labelled"
    assert transcript.title == "Moon landing"
    assert transcript.published is not None
    assert transcript.published.isoformat() == "2023-08-23"
    assert parse_bytes(gzip.compress(CAPTIONS.encode()), "a.srt.gz").format == "subrip"


def test_the_id_is_of_the_file_that_is_there() -> None:
    packed = gzip.compress(TALK.encode(), mtime=0)
    assert parse_bytes(packed, "a.txt.gz").id == parse_bytes(packed, "a.txt.gz").id
    assert parse_bytes(packed, "a.txt.gz").id != parse_bytes(TALK.encode(), "a.txt").id


@pytest.mark.parametrize(
    ("name", "inner"),
    [("a.srt.gz", "a.srt"), ("a.GZ", "a"), ("a.txt", "a.txt"), (".gz", ".gz"), ("x/a.b.md.gz", "x/a.b.md")],
)
def test_the_name_of_what_is_inside(name: str, inner: str) -> None:
    assert inner_name(Path(name)) == Path(inner)


def test_members_one_after_the_other_are_one_text() -> None:
    packed = gzip.compress(TALK[:20].encode()) + gzip.compress(TALK[20:].encode())
    assert parse_bytes(packed, "a.txt.gz").text == parse_bytes(TALK.encode(), "a.txt").text


def test_errors_name_the_file_that_is_there() -> None:
    with pytest.raises(Malformed, match=r"^a\.srt\.gz, line 2: ") as caught:
        parse_bytes(gzip.compress(CAPTIONS.replace("02,000", "0x,000").encode()), "a.srt.gz")
    assert caught.value.line == 2


@pytest.mark.parametrize("inner", [gzip.compress(b"words"), b"\0" * 257 + b"ustar", b"BZh91AY&SY..."])
def test_an_archive_in_the_archive_is_refused(inner: bytes) -> None:
    with pytest.raises(BinaryFile, match=r"^a\.txt\.gz: holds .* inside a gzip archive"):
        parse_bytes(gzip.compress(inner), "a.txt.gz")


def test_a_zip_archive_in_it_is_refused() -> None:
    with pytest.raises(BinaryFile, match="a ZIP archive of files"):
        parse_bytes(gzip.compress(zipped([("a.txt", b"words")])), "a.zip.gz")


def test_a_bomb_does_not_go_off() -> None:
    bomb = gzip.compress(bytes(20 * 1024 * 1024))
    assert len(bomb) < 30_000
    with pytest.raises(TooLarge, match="unpacks to 20 MiB"):
        parse_bytes(bomb, "a.txt.gz")


def test_what_is_over_the_limit_is_not_unpacked_further() -> None:
    packed = gzip.compress(b"word " * 1000)
    assert gunzip(packed, "a.gz", max_bytes=5000) == b"word " * 1000
    with pytest.raises(TooLarge, match="more than"):
        gunzip(packed, "a.gz", max_bytes=4999)


def test_a_great_many_empty_parts_are_refused() -> None:
    with pytest.raises(TooLarge, match="a great many parts"):
        gunzip(gzip.compress(b"") * 20_000, "a.gz", max_bytes=10)


@pytest.mark.parametrize("data", [gzip.compress(b"words")[:-6], gzip.compress(b"words")[:12], b"\x1f\x8b\x08\x00"])
def test_a_file_cut_off_is_told(data: bytes) -> None:
    with pytest.raises(Malformed, match="cannot be unpacked"):
        gunzip(data, "a.gz", max_bytes=100)


def test_nothing_inside_is_empty() -> None:
    with pytest.raises(EmptyFile, match="nothing in it"):
        gunzip(gzip.compress(b""), "a.gz", max_bytes=100)


@given(st.binary(max_size=60), st.integers(0, 90), st.binary(max_size=4))
def test_a_damaged_file_is_text_or_a_clear_error(words: bytes, place: int, damage: bytes) -> None:
    data = bytearray(gzip.compress(words))
    data[place : place + len(damage)] = damage
    assert_sound(outcome(bytes(data), "a.txt.gz"), "a.txt.gz")
