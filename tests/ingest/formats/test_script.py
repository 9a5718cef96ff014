"""Broadcast scripts: who is quoted, what is narration, and what stands above."""

from __future__ import annotations

import pytest

from tests.ingest.formats.reading import read, said

NEWS = "The bridge was closed on Monday, the council said."
HO = "KEVIN HO, PRESIDENT HUAWEI"


def test_narration_has_no_speaker_and_a_quote_has_one() -> None:
    turns = read(f'{NEWS}\n{HO} "We stay."\nThat was all.').turns
    assert [(turn.speaker, turn.role, turn.label, turn.text) for turn in turns] == [
        (None, None, None, NEWS),
        ("Kevin Ho", "President Huawei", HO, "We stay."),
        (None, None, None, "That was all."),
    ]


@pytest.mark.parametrize(
    ("quoted", "text"),
    [
        ('"We stay."', "We stay."),
        ("“We stay.”", "We stay."),
        ("”We stay.“", "We stay."),
        ('“We stay."', "We stay."),
        ("„We stay.“", "We stay."),
        ("«We stay.»", "We stay."),
        ('"We stay.', "We stay."),
        (': "We stay."', "We stay."),
        ('"We stay".', "We stay."),
        ('"He said "no" to me."', 'He said "no" to me.'),
        ('"He said “no” to me."', "He said “no” to me."),
        ('"He said "no.""', 'He said "no."'),
        ("\"They say, 'It was the wind.' Maybe.\"", "They say, 'It was the wind.' Maybe."),
        ('"He said "no" to me', 'He said "no" to me'),
        ('"A NATO, ALLY "quote" in it."', 'A NATO, ALLY "quote" in it.'),
    ],
)
def test_quotation_marks_are_no_part_of_a_quote_and_inner_ones_stay(quoted: str, text: str) -> None:
    assert said(f"{NEWS}\n{HO} {quoted}\n{NEWS}") == [(None, NEWS), ("Kevin Ho", text), (None, NEWS)]


@pytest.mark.parametrize(
    ("after", "narration"),
    [
        ('"We stay." And he left.', "And he left."),
        ('"We stay", he said.', "he said."),
        ('"He said "no to me." And he left.', "And he left."),
    ],
)
def test_words_after_the_quote_are_narration(after: str, narration: str) -> None:
    turns = said(f"{NEWS}\n{HO} {after}")
    assert [speaker for speaker, _ in turns] == [None, "Kevin Ho", None]
    assert turns[2][1] == narration


@pytest.mark.parametrize(
    "line",
    [
        'NATO "will not" send troops, officials say.',
        'US FEDERAL RESERVE "will not" move, it said.',
        'NORTH KOREA, CHINA "will not" attend, officials say.',
        'BBC "Panorama" has the story.',
        "The word \"KEVIN HO, PRESIDENT 'quoted'\" stands here.",
        '"Huge market" is how analysts put it.',
        "KEVIN HO, PRESIDENT OF HUAWEI arrived on Monday.",
        'Kevin Ho, president of Huawei, said "we stay" on Monday.',
        "WASHINGTON: The president spoke.",
    ],
)
def test_what_only_looks_like_a_quoted_speaker_is_narration(line: str) -> None:
    assert said(f"{NEWS}\n{line}") == [(None, f"{NEWS}\n{line}")]


def test_a_surname_is_the_person_named_before_with_the_role() -> None:
    turns = read(f'{NEWS}\n{HO} "One."\n{NEWS}\nHO "Two." He laughed.\n{NEWS}\nKEVIN HO "Four."').turns
    assert [(turn.speaker, turn.role) for turn in turns if turn.speaker] == [("Kevin Ho", "President Huawei")] * 3


def test_a_surname_of_two_people_is_nobody_in_particular() -> None:
    turns = read(f'{NEWS}\nJIM XU, VP ONE "A."\nANN XU, VP TWO "B."\nXU "C."').turns
    assert (turns[-1].speaker, turns[-1].role) == ("Xu", None)


def test_a_role_stated_anew_is_the_role_from_then_on() -> None:
    turns = read(f'{NEWS}\nANN LEE, MAYOR "A."\n{NEWS}\nANN LEE, FORMER MAYOR "B."\n{NEWS}\nLEE "C."').turns
    assert [turn.role for turn in turns if turn.speaker] == ["Mayor", "Former Mayor", "Former Mayor"]


@pytest.mark.parametrize(
    "lines",
    [
        '"First part.\n"Second part."',
        '"First part."\n"Second part."',
        "“First part.\n“Second part.”",
        '"First part.\nSecond part."',
        '"First part.\n\nSecond part."',
    ],
)
def test_a_quote_goes_on_in_the_next_line(lines: str) -> None:
    assert said(f"{NEWS}\n{HO} {lines}\n{NEWS}") == [
        (None, NEWS),
        ("Kevin Ho", "First part.\nSecond part."),
        (None, NEWS),
    ]


def test_an_unclosed_quote_does_not_swallow_the_narration() -> None:
    assert said(f'{NEWS}\n{HO} "First part.\n{NEWS}')[-1] == (None, NEWS)


def test_two_people_may_be_quoted_in_one_line() -> None:
    line = 'ANN LEE, MAYOR "A." BOB RAY, MP "B." So it goes.'
    assert said(f"{NEWS}\n{line}") == [
        (None, NEWS),
        ("Ann Lee", "A."),
        ("Bob Ray", "B."),
        (None, "So it goes."),
    ]


@pytest.mark.parametrize(
    ("top", "title", "duration_ms"),
    [
        ("3:04\n", None, 184_000),
        ("03:04\n", None, 184_000),
        ("1:02:33\n", None, 3_753_000),
        ("TRT 3:04\n", None, 184_000),
        ("Duration: 3:04\n", None, 184_000),
        ("3:04\nHuawei turns\n", "Huawei turns", 184_000),
        ("Huawei turns\n3:04\n", "Huawei turns", 184_000),
        ("Huawei turns\n\n", "Huawei turns", None),
        ("HUAWEI TURNS TO THE EU\n3:04\n", "Huawei Turns to the EU", 184_000),
        ("", None, None),
        ("0:00\n", None, None),
    ],
)
def test_the_top_states_title_and_length(top: str, title: str | None, duration_ms: int | None) -> None:
    transcript = read(f"{top}{NEWS}\n{NEWS}", "000_3ee6ce2fcd9e73fe.txt")
    assert transcript.title == title or (title is None and transcript.title == NEWS)
    assert transcript.duration_ms == duration_ms
    assert transcript.text == f"{NEWS}\n{NEWS}"


def test_a_quoted_speaker_on_top_is_no_title() -> None:
    assert said(f'{HO} "We stay"\n{NEWS}')[0] == ("Kevin Ho", "We stay")


def test_hard_wrapped_lines_are_joined() -> None:
    text = 'The bridge has been closed for\nsome time. ANN LEE said\nso.\n\nBOB RAY, MP "It was\nnot safe."'
    assert said(text) == [
        (None, "The bridge has been closed for some time. ANN LEE said so."),
        ("Bob Ray", "It was not safe."),
    ]


def test_many_quotes_in_one_line_are_read_up_to_a_hundred() -> None:
    line = 'ANN LEE, MAYOR "A." BOB RAY, MP "B." ' * 60
    turns = said(f"{NEWS}\n{line}")
    assert len([speaker for speaker, _ in turns if speaker]) == 100
    assert turns[-1][0] is None
