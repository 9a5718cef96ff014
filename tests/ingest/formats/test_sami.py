"""SAMI: one language of several, speakers, clearing paragraphs, loose tags, and broken starts."""

from __future__ import annotations

import pytest

from ingest.errors import EmptyFile, Malformed
from tests.ingest.formats.reading import read, said, timed

STYLE = "<STYLE><!-- .FR { Name: Francais; lang: fr-FR; } .X { Name: English; lang: en-GB; } --></STYLE>"


def smi(*syncs: str, head: str = "") -> str:
    return f"<SAMI><HEAD>{head}</HEAD><BODY>\n" + "\n".join(syncs) + "\n</BODY></SAMI>"


def sync(start: object, text: str, kind: str = "ENCC") -> str:
    return f"<SYNC Start={start}><P Class={kind}>{text}"


def test_a_paragraph_lasts_until_the_next_one_or_an_empty_one() -> None:
    text = smi(sync(1000, "The lake."), sync(2500, "It is frozen."), sync(4000, "&nbsp;"), sync(9000, "Skate!"))
    assert timed(text, "a.smi") == [
        (1000, 2500, "The lake."),
        (2500, 4000, "It is frozen."),
        (9000, 9000, "Skate!"),
    ]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('<font color="red">The</font> <B>lake</B>', "The lake"),
        ("The<br>lake<BR/>is", "The lake is"),
        ("The\nlake</P></SYNC>", "The lake"),
        ("The<!-- old -->lake", "Thelake"),
        ("Fish &amp; chips &nbsp; &eacute;", "Fish & chips é"),
        ("5 &lt; 6", "5 < 6"),
    ],
)
def test_tags_and_entities_are_read(written: str, read_as: str) -> None:
    assert said(smi(sync(1000, written)), "a.smi") == [(None, read_as)]


@pytest.mark.parametrize(
    "tag",
    ["<SYNC Start=1000>", '<sync start="1000">', "<Sync  START = '1000' >", "<SYNC End=9 Start=1000ms>"],
)
def test_tags_are_written_in_several_ways(tag: str) -> None:
    assert timed(smi(f"{tag}<P>Hello."), "a.smi") == timed(smi(f"{tag}Hello."), "a.smi") == [(1000, 1000, "Hello.")]


@pytest.mark.parametrize(
    ("syncs", "head", "words"),
    [
        ([sync(1, "Le lac.", "FR"), sync(1, "The lake.", "X")], STYLE, "The lake."),
        ([sync(1, "Le lac.", "FRCC"), sync(1, "The lake.", "ENUSCC")], "", "The lake."),
        ([sync(1, "Le lac.", "FRCC"), sync(1, "Der See.", "DECC")], "", "Le lac."),
        ([sync(1, "&nbsp;", "ENCC"), sync(1, "Der See.", "DECC")], "", "Der See."),
        (["<SYNC Start=1><P Class=FRCC>Le lac.<P Class=encc>The lake."], "", "The lake."),
    ],
)
def test_one_language_is_read_english_or_the_first(syncs: list[str], head: str, words: str) -> None:
    assert said(smi(*syncs, head=head), "a.smi") == [(None, words)]


def test_another_language_ends_nothing() -> None:
    text = smi(sync(1000, "The lake."), sync(1500, "Le lac.", "FRCC"), sync(3000, "&nbsp;"))
    assert timed(text, "a.smi") == [(1000, 3000, "The lake.")]


def test_a_source_paragraph_names_the_speaker_until_the_next() -> None:
    source = "<P Class=ENCC ID=Source>"
    text = smi(
        f"<SYNC Start=1000>{source}Ann Lee<P Class=ENCC>We skate.",
        sync(2000, "All of us."),
        f"<SYNC Start=3000>{source}&nbsp;<P Class=ENCC>Who?",
    )
    assert said(text, "a.smi") == [("Ann Lee", "We skate."), ("Ann Lee", "All of us."), (None, "Who?")]


def test_the_title_is_read() -> None:
    assert read(smi(sync(1, "The lake."), head="<TITLE>Frost &amp; ice</TITLE>"), "a.smi").title == "Frost & ice"


@pytest.mark.parametrize("start", ["", "soon", "-100", "99999999999"])
def test_a_broken_start_is_told_with_its_line(start: str) -> None:
    text = smi(sync(1000, "The\nlake."), sync(start, "Broken."))
    with pytest.raises(Malformed, match="SYNC tag without a start") as caught:
        read(text, "a.smi")
    assert caught.value.line == 4


def test_a_file_without_words_is_empty() -> None:
    with pytest.raises(EmptyFile):
        read(smi(sync(1000, "&nbsp;"), sync(2000, "[siren]")), "a.smi")
