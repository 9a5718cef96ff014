"""ZIP archives member by member: what comes out, what is refused, and that no archive can hurt."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.containers import Found, LeftOut, Member, is_archive, members
from ingest.errors import BinaryFile, Malformed, TooLarge, TranscriptError
from ingest.formats import parse, parse_bytes
from ingest.zipped import MOST_ENTRIES
from tests.ingest.packing import zipped

TALK = b"ANN LEE, HOST: Good evening.\n\nBOB RAY, MAYOR: Hello.\n"


def archive_of(folder: Path, entries: Sequence[tuple[str | zipfile.ZipInfo, bytes]], **options: int) -> Path:
    path = folder / "week.zip"
    path.write_bytes(zipped(entries, **options))
    return path


def only(found: Sequence[Found]) -> Found:
    [one] = found
    return one


def test_each_member_is_a_file_of_its_own(tmp_path: Path) -> None:
    path = archive_of(tmp_path, [("monday/show.txt", TALK), ("tuesday/show.srt", b"1\n"), ("monday/logo.png", b"\x89")])
    one, other, logo = members(path)
    assert one == Member(path / "monday" / "show.txt", TALK)
    assert isinstance(other, Member)
    assert other.place == path / "tuesday" / "show.srt"
    assert logo == LeftOut(path / "monday" / "logo.png")
    assert isinstance(one, Member)
    assert parse_bytes(one.data, one.place).speakers == ("Ann Lee", "Bob Ray")


def test_folders_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    names = ["__MACOSX/._show.txt", ".hidden.txt", "notes/.git/a.txt", "show.txt"]
    path = archive_of(tmp_path, [("notes/", b""), *((name, TALK) for name in names)])
    found = only(list(members(path)))
    assert isinstance(found, Member)
    assert found.place.name == "show.txt"


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_is_packed_comes_out_as_it_went_in(tmp_path: Path, packing: int) -> None:
    found = only(list(members(archive_of(tmp_path, [("a.txt", TALK * 100)], compression=packing))))
    assert isinstance(found, Member)
    assert found.data == TALK * 100


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../b.txt", "/etc/a.txt", "..\\a.txt", "C:\\a.txt", "C:/a.txt", "a\nb.txt", "x" * 1001]
)
def test_a_name_that_leads_elsewhere_is_refused_and_stops_no_other(tmp_path: Path, name: str) -> None:
    bad, good = members(archive_of(tmp_path, [(name, TALK), ("good.txt", TALK)]))
    assert isinstance(bad, Malformed)
    assert "leads out of the archive" in bad.cause
    assert isinstance(good, Member)


def test_windows_folders_are_folders(tmp_path: Path) -> None:
    found = only(list(members(archive_of(tmp_path, [("monday\\show.txt", TALK)]))))
    assert isinstance(found, Member)
    assert found.place.parts[-2:] == ("monday", "show.txt")


@pytest.mark.parametrize("written", ["Größe.txt", "ニュース.txt", "Новости.txt"])
def test_names_in_utf8_are_read_whether_marked_as_such_or_not(tmp_path: Path, written: str) -> None:
    marked = zipped([(written, TALK)])
    for data in (marked, without_mark(marked)):
        (tmp_path / "week.zip").write_bytes(data)
        found = only(list(members(tmp_path / "week.zip")))
        assert isinstance(found, Member)
        assert found.place.name == written


def test_names_in_the_formats_own_code_page_are_read(tmp_path: Path) -> None:
    data = zipped([("Groxe.txt", TALK)]).replace(b"Groxe", "Größe".encode("cp437"))
    (tmp_path / "week.zip").write_bytes(data)
    found = only(list(members(tmp_path / "week.zip")))
    assert isinstance(found, Member)
    assert found.place.name == "Größe.txt"


def without_mark(data: bytes) -> bytes:
    """The archive with the flag that says "this name is UTF-8" cleared, in both lists of its entries."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            flags = struct.unpack_from("<H", out, place + offset)[0]
            struct.pack_into("<H", out, place + offset, flags & ~0x800)
            place = data.find(mark, place + 4)
    return bytes(out)


def test_a_name_twice_is_told_for_one_would_replace_the_other(tmp_path: Path) -> None:
    one, other = members(archive_of(tmp_path, [("a.txt", TALK), ("a.txt", TALK + b"More.")]))
    assert isinstance(one, Member)
    assert isinstance(other, Malformed)
    assert "twice" in other.cause


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("passwords.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    found = only(list(members(archive_of(tmp_path, [(link, b"/etc/passwd")]))))
    assert isinstance(found, BinaryFile)
    assert "link" in found.cause


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.txt", TALK)]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    (tmp_path / "week.zip").write_bytes(data)
    found = only(list(members(tmp_path / "week.zip")))
    assert isinstance(found, BinaryFile)
    assert "password" in found.cause
    assert "password" in found.remedy


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(tmp_path: Path, packing: int) -> None:
    """LZMA may ask for four GiB of memory in a header of nine bytes."""
    found = only(list(members(archive_of(tmp_path, [("a.txt", TALK)], compression=packing))))
    assert isinstance(found, BinaryFile)
    assert "method" in found.cause


@pytest.mark.parametrize("inner", ["a.zip", "a.txt", "a.gz", "a.tar", "a.7z"])
def test_an_archive_in_an_archive_is_refused(tmp_path: Path, inner: str) -> None:
    contents = {
        "a.zip": zipped([("b.txt", TALK)]),
        "a.txt": zipped([("b.txt", TALK)]),
        "a.gz": b"\x1f\x8b\x08\x00",
        "a.tar": b"\0" * 257 + b"ustar",
        "a.7z": b"7z\xbc\xaf\x27\x1c",
    }
    found = only(list(members(archive_of(tmp_path, [(inner, contents[inner])]))))
    assert isinstance(found, BinaryFile)
    assert "inside an archive" in found.cause


def test_a_bomb_is_told_by_its_ratio_before_it_goes_off(tmp_path: Path) -> None:
    path = archive_of(tmp_path, [("bomb.txt", bytes(30 * 1024 * 1024)), ("good.txt", TALK)])
    assert path.stat().st_size < 100_000
    bomb, good = members(path)
    assert isinstance(bomb, TooLarge)
    assert "as no transcript does" in bomb.cause
    assert isinstance(good, Member)


def test_a_member_over_the_limit_is_too_large_and_one_at_it_is_not(tmp_path: Path) -> None:
    path = archive_of(tmp_path, [("a.txt", TALK)])
    assert isinstance(only(list(members(path, max_bytes=len(TALK)))), Member)
    assert isinstance(only(list(members(path, max_bytes=len(TALK) - 1))), TooLarge)


def test_all_together_are_bounded(tmp_path: Path) -> None:
    path = archive_of(tmp_path, [(f"{n}.txt", TALK) for n in range(5)])
    found = list(members(path, most_bytes=3 * len(TALK)))
    assert [isinstance(each, Member) for each in found] == [True, True, True, False, False]
    assert isinstance(found[3], TooLarge)
    assert "Make several archives" in found[3].remedy


def test_a_member_that_lies_about_its_size_is_cut_off_at_it(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.txt", TALK * 50)]))
    place = data.find(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, 10)
    (tmp_path / "week.zip").write_bytes(data)
    found = only(list(members(tmp_path / "week.zip")))
    assert isinstance(found, Malformed)


def test_too_many_entries_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = archive_of(tmp_path, [(f"{n}.txt", b"") for n in range(MOST_ENTRIES + 1)])
    with pytest.raises(TooLarge, match=f"more than {MOST_ENTRIES:,} files"):
        list(members(path))


def test_a_directory_larger_than_it_says_is_refused_too(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.txt", TALK)]))
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 2**31)
    (tmp_path / "week.zip").write_bytes(data)
    with pytest.raises(TooLarge):
        list(members(tmp_path / "week.zip"))


@pytest.mark.parametrize("kept", [slice(0, -30), slice(0, 9), slice(0, 30)])
def test_a_broken_archive_is_told(tmp_path: Path, kept: slice) -> None:
    (tmp_path / "week.zip").write_bytes(zipped([("a.txt", TALK)])[kept])
    with pytest.raises(Malformed, match="is a ZIP file that cannot be read") as caught:
        list(members(tmp_path / "week.zip"))
    assert caught.value.remedy


def test_what_is_an_archive_and_what_only_looks_like_one(tmp_path: Path) -> None:
    word = zipped([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")])
    book = zipped([("mimetype", b"application/epub+zip"), ("a.html", b"<p>")])
    for name, data in {"a.zip": zipped([("a.txt", TALK)]), "b.docx": word, "c.epub": book, "d.txt": TALK}.items():
        (tmp_path / name).write_bytes(data)
    assert [is_archive(path) for path in sorted(tmp_path.iterdir())] == [True, False, False, False]
    assert not is_archive(tmp_path / "missing.zip")
    assert not is_archive(tmp_path)


def test_an_archive_is_not_one_transcript(tmp_path: Path) -> None:
    with pytest.raises(BinaryFile, match="a ZIP archive of files"):
        parse(archive_of(tmp_path, [("a.txt", TALK)]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12), st.integers(0, 400))
def test_a_damaged_archive_gives_members_or_clear_errors(
    tmp_path: Path, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(zipped([("a.txt", TALK * 9), ("b/ö.srt", b"1\n00:00:01,000 --> 00:00:02,000\nHi.\n")]))
    for place, byte in changes:
        data[place % len(data)] = byte
    path = tmp_path / "week.zip"
    path.write_bytes(data[: len(data) - cut] if cut < 40 else data)
    try:
        found = list(members(path))
    except TranscriptError as error:
        found = [error]
    for each in found:
        assert not isinstance(each, TranscriptError) or (each.cause and str(each).startswith(str(path)))


def test_the_checksum_is_looked_at(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.txt", TALK)], compression=zipfile.ZIP_STORED))
    data[data.find(b"ANN")] ^= 1
    (tmp_path / "week.zip").write_bytes(data)
    assert zlib.crc32(TALK) != zlib.crc32(b"@" + TALK[1:])
    assert isinstance(only(list(members(tmp_path / "week.zip"))), Malformed)
