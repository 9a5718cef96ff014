"""Captions of every format that is broken or hostile: a sound transcript or a clear error, in time that grows
with the text and no faster."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import TranscriptError
from ingest.formats import parse_bytes, sami, subrip, substation, subviewer, ttml, webvtt
from ingest.formats.assemble import assemble
from ingest.transcript import Transcript
from tests.ingest.formats.caption_files import WRITERS, ass

PARSES = {
    "a.vtt": webvtt.parse,
    "a.srt": subrip.parse,
    "a.sbv": subviewer.parse,
    "a.ttml": ttml.parse,
    "a.ass": substation.parse,
    "a.smi": sami.parse,
}
NAMES = st.sampled_from(sorted(PARSES))
FOLDER = Path(__file__).parents[2] / "data" / "formats"
SUFFIXES = (".vtt", ".srt", ".sbv", ".ttml", ".dfxp", ".ass", ".smi")
GOOD = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir() if path.suffix in SUFFIXES}
PIECES = st.sampled_from(
    [
        "<tt>", "</tt>", "<tt xmlns='http://www.w3.org/ns/ttml'>", "<body>", "</body>", "<p begin='1s'>",
        "</p>", "<br/>", "begin='1:00'", "dur='2f'", "end='-1s'", "<span ", ">", "<!--", "-->",
        "<![CDATA[", "]]>", "&", "&lt;", "&#0;", "&bogus;", "<!DOCTYPE tt [<!ENTITY a 'b'>]>", "<SAMI>",
        "<SYNC Start=1000>", "<SYNC Start=", "<P Class=ENCC>", "<P ID=Source>", "[Script Info]",
        "[Events]", "Format: Start, Text", "Dialogue: 0,0:00:01.00,0:00:02.00,", "Dialogue:", "{\\p1}",
        "{\\", "}", "\\N", "0:00:01.000,0:00:02.000", "0:00:01.000,", "WEBVTT", "\n", "\n\n", " ",
        "00:00:01.000 --> 00:00:02.000", "00:00:03,000 --> 00:00:02,000", "hello there", "- no", ">> ",
        ">>> bill: ", "♪", "[music]", "שלום", "\u200f", "é", "\x00", "\ufeff", "99999999999", "1",
    ]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map("".join))


def read(text: str, name: str) -> Transcript | TranscriptError:
    try:
        document = PARSES[name](text, Path(name))
        return assemble(document, path=Path(name), identity="x", form="x")
    except TranscriptError as error:
        return error


def assert_sound(outcome: Transcript | TranscriptError, name: str) -> None:
    if isinstance(outcome, TranscriptError):
        assert str(outcome).startswith(name)
        assert outcome.cause
        assert outcome.remedy
    else:
        assert outcome.turns
        for turn in outcome.turns:
            assert outcome.text[turn.char_start : turn.char_end] == turn.text
            assert turn.text.strip() == turn.text != ""
            assert 0 <= (turn.start_ms or 0) <= (turn.end_ms or 0)


def assert_named(text: str, name: str) -> None:
    """Reads the text as a file of that name, whichever format it turns out to be."""
    try:
        outcome: Transcript | TranscriptError = parse_bytes(text.encode(), name)
    except TranscriptError as error:
        outcome = error
    assert_sound(outcome, name)


@settings(max_examples=400, deadline=None)
@given(TEXT, NAMES)
def test_any_text_is_a_sound_transcript_or_a_clear_error(text: str, name: str) -> None:
    assert_sound(read(text, name), name)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_good_file_with_a_few_wounds_is_one_too(name: str, data: st.DataObject) -> None:
    text = GOOD[name]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 12))
        text = (
            text[:at] + data.draw(st.one_of(PIECES, st.text(max_size=6), st.just(text[: at // 2]))) + text[at + gone :]
        )
    suffix = Path(name).suffix.replace("dfxp", "ttml")
    assert_sound(read(text, f"a{suffix}"), "a")
    assert_named(text, name)


LONG = 4_000_000
CUES = 30_000
TT = "<tt xmlns='http://www.w3.org/ns/ttml'><body><div>{}</div></body></tt>"
SMI = "<SAMI><BODY><SYNC Start=1000><P Class=ENCC>{}<SYNC Start=2000><P Class=ENCC>&nbsp;"
ENTITIES = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10 if n else 'ha'}'>" for n in range(50))


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_one_line_of_megabytes_is_read(name: str) -> None:
    words = "word " * (LONG // 5)
    outcome = read(WRITERS[name]([(1000, 2000, words)]), name)
    assert isinstance(outcome, Transcript)
    assert outcome.text == words.strip()


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_tens_of_thousands_of_cues_are_read(name: str) -> None:
    outcome = read(WRITERS[name]([(n * 1000, n * 1000 + 900, f"word{n}") for n in range(CUES)]), name)
    assert isinstance(outcome, Transcript)
    assert outcome.words == CUES
    assert outcome.duration_ms == CUES * 1000 - 100


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + ">> a. " * 60_000),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + "- word\n" * 60_000),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + "word\n" * 300_000),
        (
            "a.srt",
            "00:00:01,000 --> 00:00:02,000\n" + "a\n" * 30_000 + "\n00:00:02,000 --> 00:00:03,000\n" + "a\n" * 30_000,
        ),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n" + "{\\" * 300_000),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + " \nword\n" * 60_000),
        ("a.sbv", "0:00:01.000,0:00:02.000\n" + "1:" * 500_000),
        ("a.sbv", "0:00:01.000,0:00:02.000\n" + "[br]" * 100_000),
        ("a.ttml", TT.format("<div>" * 200_000)),
        ("a.ttml", TT.format("<p begin='1s'>" + "<span begin='1s'>a </span>" * 50_000 + "</p>")),
        ("a.ttml", TT.format("<p begin='1s' x='" + "a" * LONG + "'>a</p>")),
        ("a.ttml", TT.format("<p begin='1s'>" + "&" * 500_000 + "</p>")),
        ("a.ttml", TT.format("<p begin='1s'>" + "<" * 500_000)),
        ("a.ttml", f"<!DOCTYPE tt [{ENTITIES}]>" + TT.format("<p begin='1s'>&a49;</p>")),
        ("a.ttml", TT.format(f"<p begin='{'9' * 500_000}s'>a</p>")),
        ("a.ass", ass([(0, 1000, "{\\i1}a" * 100_000)])),
        ("a.ass", ass([(0, 1000, "{" * 500_000)])),
        ("a.ass", ass([(0, 1000, "," * 500_000)])),
        ("a.smi", SMI.format("<" * 500_000)),
        ("a.smi", SMI.format("<!--" * 200_000)),
        ("a.smi", SMI.format("<P>a" * 50_000)),
        ("a.smi", "<SAMI>" + ".a{" * 200_000 + SMI.format("a")),
        ("a.smi", "<SAMI><SYNC " + "start " * 100_000),
    ],
)
def test_hostile_captions_are_read_or_refused_in_the_end(name: str, text: str) -> None:
    """Shapes that keep a reader busy for hours whose time grows with the square of a text's length."""
    assert_sound(read(text, name), name)


@pytest.mark.parametrize(
    "text",
    [
        ">> good evening. " * 30_000,
        ">> good evening.\nthe ferry is back and\n" * 20_000,
        ">> good. >> evening " + "the ferry is back and " * 100_000,
        ">> " * 200_000 + "good evening to you all",
        "".join(f">> {n:x}: the ferry is back and\n" for n in range(10_000)),
    ],
)
def test_hostile_closed_captions_are_read_in_the_end(text: str) -> None:
    assert_named(text, "a.txt")
