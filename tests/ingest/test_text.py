"""Bytes to clean text: encodings, line ends, what is not seen, and what is no text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BadEncoding, BinaryFile, EmptyFile, TranscriptError
from ingest.text import clean, decode

WORDS = "The café is open – “always”, she said.\nEvery day."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_same_words_come_out_of_every_encoding(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "a.txt") == WORDS


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028", "\u0085", "\x0c"])
def test_every_line_end_is_a_newline(end: str) -> None:
    assert decode(f"one{end}two".encode(), "a.txt") == "one\ntwo"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\u00a0b\u202fc\u3000d", "a b c d"),
        ("zero\u200bwidth\u2060 so\u00adft \u200eleft", "zerowidth soft left"),
        ("cafe\u0301", "café"),
        ("be\x07ll\x1b", "bell"),
        ("tab\there", "tab\there"),
        ("COVID\u201119", "COVID-19"),
        ("non\u200cjoined", "nonjoined"),
        ("\u0646\u200c\u0645", "\u0646\u200c\u0645"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_what_is_not_seen_is_dropped_and_spaces_are_spaces(written: str, read: str) -> None:
    assert clean(written) == read


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe", "\u200b\n".encode()])
def test_nothing_to_read_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyFile, match=r"talk\.txt: is empty"):
        decode(data, "talk.txt")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n....", "a PNG picture"),
        (b"\xff\xd8\xff\xe0....", "a JPEG picture"),
        (b"%PDF-1.7 some text", "a PDF document"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0....", "an old Office document"),
        (b"{\\rtf1 words", "a rich text"),
        (b"Rar!\x1a\x07....", "a RAR archive"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a WebP picture"),
        (b"\x00" * 257 + b"ustar", "a tar archive"),
        (b"\x1f\x8b\x08....", "a gzip archive"),
        (b"\x7fELF....", "a program"),
        (b"ID3\x03....", "an MP3 recording"),
        (b"\x00\x00\x00\x20ftypisom", "an MP4 recording"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a WAV recording"),
        (b"words and\x00more words", "NUL bytes"),
        (b"\x01\x02\x03\x04\x05\x06\x07 hi", "control characters"),
    ],
)
def test_what_is_no_text_is_told_by_its_name(data: bytes, name: str) -> None:
    with pytest.raises(BinaryFile, match=name) as caught:
        decode(data, "talk.txt")
    assert caught.value.remedy


def test_a_single_broken_byte_in_utf8_is_told_with_its_line() -> None:
    data = "“Straight” on\nto the “end”\n".encode() + b"of caf\xe9s"
    with pytest.raises(BadEncoding, match="0xE9") as caught:
        decode(data, "talk.txt")
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Привет, мир. Как дела?", "cp1251"),
        ("こんにちは世界。お元気ですか", "shift-jis"),
        ("Zażółć gęślą jaźń, a potem idź do domu i napisz list do brata", "iso-8859-2"),
    ],
)
def test_an_encoding_we_cannot_tell_is_not_guessed(words: str, encoding: str) -> None:
    with pytest.raises(BadEncoding, match="neither UTF-8 nor Windows-1252"):
        decode(words.encode(encoding), "talk.txt")


def test_half_a_character_of_utf16_is_told() -> None:
    with pytest.raises(BadEncoding, match="UTF-16-LE"):
        decode("words".encode("utf-16") + b"x", "talk.txt")


def test_text_that_begins_like_a_format_but_is_words_is_text() -> None:
    assert decode(b"GIF is said with a soft g", "talk.txt").startswith("GIF is")
    assert decode(b"ID3 tags are old", "talk.txt").startswith("ID3 tags")


def decoded(data: bytes) -> str | TranscriptError:
    try:
        return decode(data, "talk.txt")
    except TranscriptError as error:
        return error


@given(st.binary(max_size=300))
def test_bytes_are_text_or_a_clear_error(data: bytes) -> None:
    text = decoded(data)
    if isinstance(text, TranscriptError):
        assert text.cause
        assert text.remedy
    else:
        assert text.strip()
        assert clean(text) == text


@given(st.text(st.characters(codec="utf-8")))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
