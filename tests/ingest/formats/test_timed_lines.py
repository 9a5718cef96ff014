"""Text with times at its lines: each way to write them, names beside them, and what is none of it."""

from __future__ import annotations

from contextlib import suppress
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import Malformed, TranscriptError
from tests.ingest.formats.reading import read, said, timed
from tests.ingest.formats.test_properties import assert_sound
from tests.ingest.formats.test_properties import read as outcome_of

Spoken = list[tuple[str | None, int | None, int | None, str]]

TALK: Spoken = [
    ("Ann Lee", 2000, 5000, "Is it frozen?"),
    ("Speaker 2", 5000, 9000, "Yes. Skate!"),
    ("Ann Lee", 9000, 9000, "So."),
]


def heard(text: str) -> Spoken:
    return [(turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in read(text).turns]


@pytest.mark.parametrize(
    "text",
    [
        "00:05.560 - 00:11.680:  The lake is frozen.\n00:11.680 - 00:13.000:  Skate!\n",
        "*00:05.560- 00:11.680* : The lake is frozen.\n*00:11.680- 00:13.000* : Skate!\n",
        "[00:05.560 --> 00:11.680]  The lake is frozen.\n[00:11.680 --> 00:13.000]  Skate!\n",
        "00:00:05,560 – 00:00:11,680 The lake is frozen.\n\n00:00:11,680 – 00:00:13,000 Skate!",
        "(0:05.560 to 0:11.680) The lake is frozen.\n(0:11.680 to 0:13.000) Skate!",
        "00:05.560 - 00:11.680\nThe lake\nis frozen.\n00:11.680 - 00:13.000\nSkate!",
    ],
)
def test_ranges(text: str) -> None:
    assert timed(text, "talk.txt") == [(5560, 11_680, "The lake is frozen."), (11_680, 13_000, "Skate!")]
    assert read(text).format == "timed_lines"


@pytest.mark.parametrize(
    "text",
    [
        "[00:00:02] Ann Lee: Is it frozen?\n[00:00:05] Speaker 2: Yes. Skate!\n[00:00:09] Ann Lee: So.",
        "00:02 Ann Lee: Is it frozen?\n00:05 Speaker 2: Yes. Skate!\n00:09 Ann Lee: So.",
        "00:00:02 Ann Lee:\nIs it frozen?\n\n00:00:05 Speaker 2:\nYes.\nSkate!\n\n00:00:09 Ann Lee:\nSo.\n",
        "Ann Lee  0:02\nIs it frozen?\n\nSpeaker 2  0:05\nYes. Skate!\n\nAnn Lee  0:09\nSo.\n",
        "Ann Lee (00:02): Is it frozen?\n\nSpeaker 2 (00:05): Yes. Skate!\n\nAnn Lee (00:09): So.\n",
        "Ann Lee (00:02):\nIs it frozen?\n\nSpeaker 2 (00:05):\nYes. Skate!\n\nAnn Lee (00:09):\nSo.\n",
        "Ann Lee: [00:00:02]\nIs it frozen?\nSpeaker 2: [00:00:05]\nYes. Skate!\nAnn Lee: [00:00:09]\nSo.\n",
        "[00:00:02] Ann Lee\nIs it frozen?\n\n[00:00:05] Speaker 2\nYes. Skate!\n\n[00:00:09] Ann Lee\nSo.\n",
    ],
)
def test_names_and_times_in_every_order(text: str) -> None:
    assert heard(text) == TALK


def test_what_is_said_lasts_until_the_next_time_and_to_the_stated_end() -> None:
    text = "Frost\n\nDuration: 0:20\n\n(0:02) The lake is frozen.\n(0:05) Skate!\n"
    assert timed(text, "talk.txt") == [(2000, 5000, "The lake is frozen."), (5000, 20_000, "Skate!")]
    assert (read(text).title, read(text).duration_ms) == ("Frost", 20_000)


def test_sentences_over_several_lines_are_one_turn() -> None:
    text = "[0:00] The lake\n[0:03] is frozen\n[0:05] again. But\n[0:08] thin.\n"
    assert timed(text, "talk.txt") == [(0, 8000, "The lake is frozen again. But thin.")]


def test_plain_times_over_lines_as_one_copies_them_from_a_player() -> None:
    assert timed("0:00\nthe lake\n0:03\nis frozen.\n1:02:03\nskate!\n", "talk.txt") == [
        (0, 3_723_000, "the lake is frozen."),
        (3_723_000, 3_723_000, "skate!"),
    ]


def test_an_export_of_otter() -> None:
    text = (
        "Weekly call\nTue, Mar 14, 2023 10:02AM • 45:12\n\nSUMMARY KEYWORDS\nbudget, council\n\nSPEAKERS\n"
        "Ann Lee, Speaker 2\n\nAnn Lee  00:00\nGood evening.\nAnd welcome.\n\nSpeaker 2  00:12\nThanks. At\n"
        "10:30 we go.\n\nTranscribed by https://otter.ai\n"
    )
    transcript = read(text)
    assert (transcript.title, str(transcript.published)) == ("Weekly call", "2023-03-14")
    assert transcript.duration_ms == (45 * 60 + 12) * 1000
    assert heard(text) == [
        ("Ann Lee", 0, 12_000, "Good evening. And welcome."),
        ("Speaker 2", 12_000, 2_712_000, "Thanks. At 10:30 we go."),
    ]


def test_paragraphs_below_a_time_stay_paragraphs() -> None:
    text = "Ann Lee  0:00\nGood evening.\n\nAnd welcome.\n\nBob Ray  0:12\nHi.\n"
    assert [text for _, text in said(text)] == ["Good evening.\nAnd welcome.", "Hi."]


def test_a_name_holds_until_the_next_and_may_change_between_times() -> None:
    text = (
        "[0:00:00] ANN LEE: Good evening.\n[0:00:05] All is well.\nBOB RAY: Is it?\n"
        "[0:00:09] ANN LEE: It is.\n[0:00:12] BOB RAY: Good.\n"
    )
    assert heard(text) == [
        ("Ann Lee", 0, 5000, "Good evening."),
        ("Ann Lee", 5000, 9000, "All is well."),
        ("Bob Ray", 5000, 9000, "Is it?"),
        ("Ann Lee", 9000, 12_000, "It is."),
        ("Bob Ray", 12_000, 12_000, "Good."),
    ]


def test_labels_of_machines_are_nobody_in_particular() -> None:
    text = "[00:00.000 --> 00:05.000] [SPEAKER_01]: The lake\n[00:05.000 --> 00:06.000] SPEAKER_01: is frozen."
    (turn,) = read(text).turns
    assert (turn.label, turn.speaker, turn.text) == ("SPEAKER_01", "Speaker 2", "The lake is frozen.")


def test_a_word_and_a_colon_is_no_name_where_times_have_none() -> None:
    text = "(00:02) Hello there.\n(00:05) Remember: vote.\n(00:09) Bye."
    assert [speaker for speaker, _ in said(text)] == [None, None, None]


def test_ends_a_little_early_are_mended_and_times_running_backwards_stay() -> None:
    middle = "".join(f"00:{n}.0 - 00:{n}.9 On.\n" for n in range(10, 20))
    turns = timed(f"00:09.0 - 00:08.5 One.\n{middle}00:01 - 00:02 Ten.", "talk.txt")
    assert turns[0] == (9000, 9000, "One.")
    assert turns[-1] == (1000, 2000, "Ten.")


@pytest.mark.parametrize(
    ("text", "cause", "line"),
    [
        ("[00:00:02] One.\n[00:75:05] Two.\n[00:00:09] Three.", "cannot be read: '[00:75:05] Two.'", 2),
        ("[00:00:02] One.\n[00:00:0x] Two.\n[00:00:09] Three.", "cannot be read", 2),
        ("00:02 - 00:05 One.\n\n00:09 - 00:06 Two.", "ends before it starts", 3),
        ("00:02 - 00:05 One.\n00:05 - 00:99 Two.\n00:09 - 00:10 Three.", "cannot be read", 2),
    ],
)
def test_a_broken_time_is_told_with_its_line(text: str, cause: str, line: int) -> None:
    with pytest.raises(Malformed) as caught:
        read(text)
    assert cause in caught.value.cause
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("10:30 The mayor arrives.\n10:45 She speaks to the press.\n11:00 She leaves the hall.", "script"),
        ("10:30 a.m. She arrives.\n10:45 a.m. She speaks.\n11:00 a.m. She leaves.", "script"),
        ("03:04\nThe lake is frozen.\n\nIt was closed.", "script"),
        ("ANN LEE: Hello.\n\n[00:05:10] BOB RAY: Hi.\n\nANN LEE: At 10:30?\n\nBOB RAY: Yes.", "labelled"),
        ("1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "subrip"),
        ("The match was close.\n\n3:04 - 2:10 was the final time, he said.", "script"),
        ("The lake is frozen.\n\n" * 20 + "(1:02) he said.\n(1:04) she said.", "script"),
        ("The score was 3:04 - 2:10 at the end, he said.\nThen 1:15.", "script"),
    ],
)
def test_other_texts_with_times_are_none_of_it(text: str, form: str) -> None:
    assert read(text).format == form


PIECE = st.sampled_from(
    ["[00:01] ", "(0:02)", "00:00:03", "00:04.5 - 00:05.5", "*00:06- 00:07* :", "[00:08 --> 00:09]", "Ann Lee: ",
     "Ann Lee", "Speaker 1", "SPEAKER_00:", "  0:10", "\n", "\n\n", "on and ", "12:75", "a.m.", ":", " ", "•",
     "SPEAKERS", "-->", "é"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECE, max_size=30).map("".join))
def test_any_lines_are_a_sound_transcript_or_a_clear_error(text: str) -> None:
    assert_sound(outcome_of(text.encode(), "a.txt"), "a.txt")


SPOKEN = st.tuples(st.integers(0, 3000), st.integers(0, 30_000), st.sampled_from(["On.", "No, no.", "In 2023?"]))


@given(st.lists(SPOKEN, min_size=2))
def test_ranges_written_out_are_read_back(spoken: list[tuple[int, int, str]]) -> None:
    times = [0, *accumulate(gap + length for gap, length, _ in spoken)]
    cues = [(end - length, end, text) for end, (_, length, text) in zip(times[1:], spoken, strict=True)]
    lines = [f"{clock(start)} - {clock(end)}:  {text}" for start, end, text in cues]
    assert timed("\n".join(lines), "talk.txt") == cues


def clock(ms: int) -> str:
    return f"{ms // 60_000:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


@pytest.mark.parametrize(
    "text",
    [
        "00:01" + " " * 200_000 + "- x",
        "A" + " " * 200_000 + "00:01\n" * 3,
        "[00:01] a\n" * 40_000,
        "Ann Lee  0:01\n" * 30_000,
        "00:01 - " * 60_000,
        "*" * 200_000 + "00:01",
        "[00:01] " + "a " * 200_000 + "\n[00:02] b",
    ],
    ids=range(7),
)
def test_hostile_texts_are_read_in_the_end(text: str) -> None:
    with suppress(TranscriptError):
        assert read(text).turns


def test_time_codes_with_frames_and_the_speaker_below() -> None:
    text = (
        "00:00:00:00 - 00:00:05:12\nSpeaker 1\nGood evening.\n\n00:00:05:12 - 00:00:09:03\nSpeaker 2\nHello.\n\n"
        "00:00:09;03 - 00:00:14;20\nSpeaker 1\nWhy is the bridge closed?\nSince when?\n"
    )
    assert timed(text, "talk.txt") == [
        (0, 5000, "Good evening."),
        (5000, 9000, "Hello."),
        (9000, 14_000, "Why is the bridge closed? Since when?"),
    ]
    assert [speaker for speaker, _ in said(text)] == ["Speaker 1", "Speaker 2", "Speaker 1"]
