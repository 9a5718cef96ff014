"""SubViewer: told from other formats, cue by cue, and broken times."""

from __future__ import annotations

import pytest

from ingest.errors import EmptyFile, Malformed
from ingest.formats import detect
from tests.ingest.formats.reading import read, said, timed

SBV = "0:00:01.000,0:00:02.500\nThe lake\nis frozen.\n\n0:00:02.500,0:00:03.000\nSkate!\n"


@pytest.mark.parametrize("name", ["a.sbv", "a.txt", "a.srt", "a"])
def test_it_is_known_by_its_times(name: str) -> None:
    assert detect(SBV, name).name == "subviewer"
    assert timed(SBV, name) == [(1000, 2500, "The lake is frozen."), (2500, 3000, "Skate!")]


@pytest.mark.parametrize("times", ["0:00:01.00,0:00:02.50", "00:00:01.000, 00:00:02.500 ", "000:00:01.0,0:00:02.5"])
def test_times_are_written_in_several_ways(times: str) -> None:
    assert timed(f"{times}\nHello.", "a.sbv") == [(1000, 2500, "Hello.")]


@pytest.mark.parametrize(
    ("times", "cause"),
    [
        ("0:00:03.000,0:00:02.000", "ends before it starts"),
        ("0:00:75.000,0:01:20.000", "cannot be read"),
        ("0:00:0x.000,0:00:02.000", "cannot be read"),
    ],
)
def test_broken_times_are_told_with_their_line(times: str, cause: str) -> None:
    with pytest.raises(Malformed, match=cause) as caught:
        read(f"{SBV}\n{times}\nBroken.\n", "a.sbv")
    assert caught.value.line == SBV.count("\n") + 2


def test_numbers_and_blank_lines_within_a_cue_are_words() -> None:
    text = "0:00:01.000,0:00:02.000\nIt is 1:00,\n\nno: 2,000.\n42\n"
    assert said(text, "a.sbv") == [(None, "It is 1:00, no: 2,000. 42")]


def test_cues_without_words_are_left_out() -> None:
    assert len(said(f"0:00:00.000,0:00:00.500\n\n{SBV}", "a.sbv")) == 2
    with pytest.raises(EmptyFile):
        read("0:00:01.000,0:00:02.000\n\n0:00:02.000,0:00:03.000\n[siren]\n", "a.sbv")


def test_words_above_the_first_cue_are_no_cue() -> None:
    transcript = read(f"[INFORMATION]\n[TITLE] Frost\n[END INFORMATION]\n{SBV}", "a.sbv")
    assert transcript.title == "Frost"
    assert len(transcript.turns) == 2
