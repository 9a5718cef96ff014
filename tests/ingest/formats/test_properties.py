"""What holds for any text at all: a transcript whose turns lie where they say, or a clear error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import TranscriptError
from ingest.formats import parse_bytes
from ingest.transcript import Transcript

PIECES = st.sampled_from(
    [
        "KEVIN HO, PRESIDENT HUAWEI", '"', "“", "”", "«", "\n", "\n\n", " ", "  ", "Q    ", "A    ",
        "MS. PSAKI:", "Ann Lee:", "Speaker 1:", ": ", ">> ", "- ", "00:00:01,000 --> 00:00:02,000",
        "00:01.000 --> 00:02.000", "-->", "WEBVTT", "NOTE", "---\n", "title: x", "a: [",
        "<v Ann>", "</v>", "<i>", "&amp;", "&#0;", "42",
        "03:04", "TRT 3:04", "(LAUGHTER)", "(END VIDEO CLIP)", "# ", "**", "\\[", "<!--", "Hello there", "İ",
        "the thing.", "McCAIN", "VAN DER", "—", "♪", "\t", "\u200b", "\u00a0", "é", "ß", "ŉ", "中文", "{",
        "[", "END", "7:06 P.M. EST", "JR., ", "Aired April 13, 2015", "Title: A", "AL-", "\r", "\x0c",
        "\u2028", "NATO ",
    ]
)  # fmt: skip
TEXT = st.one_of(st.text(st.characters(codec="utf-8"), max_size=200), st.lists(PIECES, max_size=40).map("".join))
NAME = st.sampled_from(["a.txt", "a.md", "a.vtt", "a.srt", "2023-08-23_moon.txt", "a"])


def read(data: bytes, name: str) -> Transcript | TranscriptError:
    try:
        return parse_bytes(data, name)
    except TranscriptError as error:
        return error


def assert_sound(outcome: Transcript | TranscriptError, name: str) -> None:
    if isinstance(outcome, TranscriptError):
        assert outcome.cause
        assert str(outcome).startswith(name)
    else:
        assert_sound_transcript(outcome)


def assert_sound_transcript(transcript: Transcript) -> None:
    end = -1
    for index, turn in enumerate(transcript.turns):
        assert turn.index == index
        assert turn.text.strip() == turn.text != ""
        assert turn.char_start > end
        assert transcript.text[turn.char_start : turn.char_end] == turn.text
        assert (turn.start_ms is None) == (turn.end_ms is None)
        assert (turn.start_ms or 0) <= (turn.end_ms or 0)
        assert turn.label is not None or turn.speaker is None
        end = turn.char_end
    assert transcript.turns
    assert transcript.title.strip()


@settings(max_examples=400, deadline=None)
@given(TEXT, NAME)
def test_any_text_is_a_sound_transcript_or_a_clear_error(text: str, name: str) -> None:
    outcome = read(text.encode(), name)
    assert_sound(outcome, name)
    assert str(read(text.encode(), name)) == str(outcome)


@given(st.binary(max_size=200), NAME)
def test_any_bytes_are_a_sound_transcript_or_a_clear_error(data: bytes, name: str) -> None:
    assert_sound(read(data, name), name)


@pytest.mark.parametrize(
    "text",
    [
        'KEVIN HO, X "a." ' * 9_000,
        'KEVIN HO, X "a\nb c\n' * 6_000,
        "".join(f"{n:x} SMITH, HOST: hi\nSMITH: yes\n".upper() for n in range(4_000)),
        '"a ' * 50_000 + "words of the talk " * 9_000,
        "a" + " " * 200_000 + "b",
        "HELLO THERE " * 15_000,
        "Q    hi there\n\n" * 9_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\nwords " + "<v " * 50_000,
        "---\na: b\n---\nwords of it " + "<!-- [a](*b **c " * 9_000,
        "---\n" + "a: b\n" * 40_000 + "---\nwords",
        "# " + "#" * 200_000 + " words of the talk",
    ],
    ids=range(11),
)
def test_hostile_texts_are_read_in_the_end(text: str) -> None:
    """Shapes that keep a reader busy for hours whose time grows with the square of a text's length."""
    assert_sound(read(text.encode(), "a.txt"), "a.txt")
