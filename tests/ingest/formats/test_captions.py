"""WebVTT and SubRip: who speaks, which cues make a turn, exact times, and broken cues."""

from __future__ import annotations

import pytest

from ingest.errors import EmptyFile, Malformed
from tests.ingest.formats.reading import read, said, timed

Cue = tuple[str, str, str]


def srt(*cues: Cue) -> str:
    return "\n".join(f"{n}\n00:00:{start} --> 00:00:{end}\n{text}\n" for n, (start, end, text) in enumerate(cues, 1))


def vtt(*cues: Cue) -> str:
    return "WEBVTT\n\n" + "\n\n".join(f"00:{start} --> 00:{end}\n{text}" for start, end, text in cues)


def test_cues_are_joined_until_a_sentence_ends() -> None:
    text = srt(
        ("01,000", "02,000", "The lake\nis frozen"),
        ("02,100", "03,000", "again."),
        ("03,000", "04,000", "Skate!"),
    )
    assert timed(text, "a.srt") == [(1000, 3000, "The lake is frozen again."), (3000, 4000, "Skate!")]


@pytest.mark.parametrize("end", ["...", "…", ",", " by Mr.", " with Dr."])
def test_a_sentence_that_goes_on_is_not_ended(end: str) -> None:
    text = srt(("01,000", "02,000", f"The lake{end}"), ("02,000", "03,000", "Smith."))
    assert timed(text, "a.srt") == [(1000, 3000, f"The lake{end} Smith.")]


def test_a_pause_of_more_than_two_seconds_parts_turns() -> None:
    assert len(said(srt(("01,000", "02,000", "The lake"), ("04,000", "05,000", "is frozen.")), "a.srt")) == 1
    assert len(said(srt(("01,000", "02,000", "The lake"), ("04,001", "05,000", "is frozen.")), "a.srt")) == 2


def test_twelve_cues_are_the_most_in_a_turn() -> None:
    cues = [(f"{n:02d},000", f"{n:02d},900", "on") for n in range(25)]
    assert [text.count("on") for _, _, text in timed(srt(*cues), "a.srt")] == [12, 12, 1]


def test_names_hold_until_the_next_speaker() -> None:
    text = srt(
        ("01,000", "02,000", ">> ANN LEE: Good evening."),
        ("02,000", "03,000", "All is well."),
        ("03,000", "04,000", ">> Really?"),
        ("04,000", "05,000", "[LAUGHTER]"),
        ("05,000", "06,000", ">> LEE: Really."),
    )
    assert said(text, "a.srt") == [
        ("Ann Lee", "Good evening."),
        ("Ann Lee", "All is well."),
        (None, "Really?"),
        ("Ann Lee", "Really."),
    ]


def test_dashes_part_two_speakers_in_a_cue() -> None:
    assert timed(srt(("01,000", "02,000", "- No.\n- Yes.")), "a.srt") == [
        (1000, 2000, "No."),
        (1000, 2000, "Yes."),
    ]
    assert said(srt(("01,000", "02,000", "- 5 degrees.")), "a.srt") == [(None, "- 5 degrees.")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("<i>The</i> <font color='red'>lake</font>", "The lake"),
        ("{\\an8}The lake", "The lake"),
        ("Fish &amp; chips", "Fish & chips"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("♪ la ♪ Hello", "♪ la ♪ Hello"),
    ],
)
def test_marks_of_captions_are_taken_off(written: str, read_as: str) -> None:
    assert said(srt(("01,000", "02,000", written)), "a.srt") == [(None, read_as)]


@pytest.mark.parametrize("text", ["[siren]", "(APPLAUSE)", "♪ la la ♪", "♪♪", "..."])
def test_cues_nobody_speaks_are_left_out(text: str) -> None:
    assert said(srt(("01,000", "02,000", text), ("02,000", "03,000", "Hello.")), "a.srt") == [(None, "Hello.")]
    with pytest.raises(EmptyFile):
        read(srt(("01,000", "02,000", text)), "a.srt")


@pytest.mark.parametrize(
    ("body", "turns"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nThe answer is\n42\n", ["The answer is 42"]),
        ("1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:02,000 --> 00:00:03,000\nis it.\n", ["42 is it."]),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nNo blank.\n2\n00:00:02,000 --> 00:00:03,000\nLine.\n",
            ["No blank.", "Line."],
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nIt is\n42\n2\n00:00:02,000 --> 00:00:03,000\nnow.\n",
            ["It is 42 now."],
        ),
        (
            "00:00:01,000 --> 00:00:02,000\nIt is\n42\n00:00:02,000 --> 00:00:03,000\nnow.\n",
            ["It is 42 now."],
        ),
        (
            "0\n00:00:01,000 --> 00:00:02,000\nFrom.\n1\n00:00:02,000 --> 00:00:03,000\nZero.\n",
            ["From.", "Zero."],
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:02,000 --> 00:00:03,000\nAfter none.\n",
            ["After none."],
        ),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nA blank\n\nline.\n\n2\n00:00:02,000 --> 00:00:03,000\nOk.\n",
            ["A blank line.", "Ok."],
        ),
    ],
)
def test_numbers_of_cues_are_told_from_numbers_that_are_said(body: str, turns: list[str]) -> None:
    assert [text for _, text in said(body, "a.srt")] == turns


def test_voices_are_speakers_for_their_words_only() -> None:
    text = vtt(
        ("01.000", "02.000", "<v.loud Ann Lee>Yes, <b>no</b>.</v> Hm. <v Bob>Who?"),
        ("02.000", "03.000", "Nobody."),
    )
    assert said(text, "a.vtt") == [("Ann Lee", "Yes, no."), (None, "Hm."), ("Bob", "Who?"), (None, "Nobody.")]


def test_a_change_of_voice_ends_a_turn() -> None:
    text = vtt(("01.000", "02.000", "<v Ann>The lake"), ("02.000", "03.000", "<v Bob>is frozen."))
    assert said(text, "a.vtt") == [("Ann", "The lake"), ("Bob", "is frozen.")]


def test_notes_styles_regions_settings_and_identifiers_are_left_out() -> None:
    text = (
        "WEBVTT - Frost\nKind: captions\n\nREGION\nid:a\n\nSTYLE\n::cue { color: red }\n\nNOTE a\nnote\n\n"
        "one\n00:01.000 --> 00:02.000 line:85% align:center\nHello.\n \nNOTE last\n"
    )
    assert timed(text, "a.vtt") == [(1000, 2000, "Hello.")]
    assert read(text, "a.vtt").title == "Frost"


def test_facts_below_the_webvtt_line_are_read() -> None:
    transcript = read("WEBVTT\nTitle: Frost\nSource: Valley Radio\n\n00:01.000 --> 00:02.000\nHello.", "a.vtt")
    assert (transcript.title, transcript.source, transcript.duration_ms) == ("Frost", "Valley Radio", 2000)


@pytest.mark.parametrize(
    ("timing", "start_ms", "end_ms"),
    [
        ("00:00:01.000 --> 00:00:02.500", 1000, 2500),
        ("00:01.000 --> 00:02.500", 1000, 2500),
        ("00:01,000 --> 00:02,5", 1000, 2500),
        ("0:0:1.0-->0:0:2.50 position:10%", 1000, 2500),
        ("\t100:00:00.000 --> 100:00:01.000", 360_000_000, 360_001_000),
        ("00:01.000 --> 00:01.000", 1000, 1000),
    ],
)
def test_times_are_exact_and_small_slips_are_mended(timing: str, start_ms: int, end_ms: int) -> None:
    assert timed(f"WEBVTT\n\n{timing}\nHello.", "a.vtt") == [(start_ms, end_ms, "Hello.")]
    assert timed(f"1\n{timing}\nHello.", "a.srt") == [(start_ms, end_ms, "Hello.")]


@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
@pytest.mark.parametrize(
    ("timing", "cause"),
    [
        ("00:00:03.000 --> 00:00:02.000", "ends before it starts"),
        ("00:00:75.000 --> 00:01:99.000", "cannot be read"),
        ("00:75:00.000 --> 00:76:00.000", "cannot be read"),
        ("00:00:0x.000 --> 00:00:02.000", "cannot be read"),
        ("00:00:02.000 -->", "cannot be read"),
        ("so a --> b is an arrow", "cannot be read"),
    ],
)
def test_a_broken_cue_is_told_with_its_line(name: str, timing: str, cause: str) -> None:
    head = "WEBVTT\n\n" if name == "a.vtt" else ""
    text = f"{head}1\n00:00:01.000 --> 00:00:02.000\nHello.\n\n2\n{timing}\nBroken.\n"
    with pytest.raises(Malformed, match=cause) as caught:
        read(text, name)
    assert caught.value.line == text.split("\n").index(timing) + 1


def test_cues_out_of_order_stay_in_the_files_order_in_turns_of_their_own() -> None:
    text = srt(("05,000", "06,000", "The later"), ("01,000", "02,000", "the earlier"))
    assert timed(text, "a.srt") == [(5000, 6000, "The later"), (1000, 2000, "the earlier")]


def test_captions_in_capitals_take_names_only_after_chevrons_or_when_they_come_back() -> None:
    text = srt(
        ("01,000", "02,000", ">> ANN LEE: GO."),
        ("02,000", "03,000", "THE THING IS: IT WORKS."),
        ("03,000", "04,000", "OK."),
    )
    assert [speaker for speaker, _ in said(text, "a.srt")] == ["Ann Lee", "Ann Lee", "Ann Lee"]


@pytest.mark.parametrize(
    ("body", "turns"),
    [
        ("00:01.000 --> 00:02.000\n \nThe lake.\n", ["The lake."]),
        ("00:01.000 --> 00:02.000\n\nThe lake.\n", ["The lake."]),
        ("00:01.000 --> 00:02.000\nThe\n\t\nlake.\n", ["The lake."]),
        ("00:01.000 --> 00:02.000\n \n\n00:02.000 --> 00:03.000\nThe lake.\n", ["The lake."]),
        ("00:01.000 --> 00:02.000\n\none\n00:02.000 --> 00:03.000\nThe lake.\n", ["The lake."]),
        ("00:01.000 --> 00:02.000\nThe lake.\n \nNOTE by hand\n", ["The lake."]),
    ],
)
def test_a_blank_line_ends_a_cue_unless_its_words_go_on(body: str, turns: list[str]) -> None:
    assert [text for _, text in said(f"WEBVTT\n\n{body}", "a.vtt")] == turns


def test_a_name_before_every_cue_does_not_cut_the_sentence() -> None:
    said_twice = vtt(
        ("01.000", "02.000", "Ann Lee: Good evening and"),
        ("02.000", "03.000", "Ann Lee: welcome."),
        ("03.000", "04.000", "Bob Ray: Thank you"),
        ("04.000", "05.000", "Ann Lee: Now,"),
        ("05.000", "06.000", ">> the ferry."),
        ("06.000", "07.000", "UNIDENTIFIED MALE: It"),
        ("07.000", "08.000", "UNIDENTIFIED MALE: floats."),
    )
    assert said(said_twice, "a.vtt") == [
        ("Ann Lee", "Good evening and welcome."),
        ("Bob Ray", "Thank you"),
        ("Ann Lee", "Now,"),
        (None, "the ferry."),
        ("Unidentified Male", "It"),
        ("Unidentified Male", "floats."),
    ]


def test_a_number_without_a_blank_line_above_it_is_the_next_cues() -> None:
    cues = ("1", "00:01.000 --> 00:02.000", "Why?", "2", "00:02.000 --> 00:03.000", "It is", "42")
    text = "\n".join(["WEBVTT", "", *cues, "00:03.000 --> 00:04.000", "miles."])
    assert timed(text, "a.vtt") == [(1000, 2000, "Why?"), (2000, 4000, "It is 42 miles.")]
