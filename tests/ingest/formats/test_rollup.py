"""Roll-up captions: each spoken word once, real repeats kept, ordinary captions left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.formats.reading import read, timed
from tests.ingest.formats.rolling import PAUSE_MS, SHOWN_MS, Shown, as_srt, as_vtt, by_broadcast, by_youtube

WORD = st.sampled_from(["no", "no", "yes", "we", "will", "row", "ferry,", "sail."])
LINES = st.lists(st.lists(WORD, min_size=1, max_size=4).map(" ".join), min_size=4, max_size=24)
HEIGHT = st.sampled_from([2, 3])
PLACES = st.sets(st.integers(2, 11).map(lambda n: 2 * n))
CHANT = ["Row the ferry!", "Row the ferry!", "Row it home.", "Row the ferry!"]


def words(text: str, name: str) -> str:
    return " ".join(read(text, name).text.split())


@settings(max_examples=200, deadline=None)
@given(LINES, HEIGHT)
def test_automatic_captions_have_each_word_once(lines: list[str], height: int) -> None:
    shown = by_youtube(lines, height)
    assert words(as_vtt(shown), "a.vtt") == " ".join(lines)
    assert words(as_srt(shown), "a.srt") == " ".join(lines)


@settings(max_examples=200, deadline=None)
@given(LINES, HEIGHT, PLACES)
def test_broadcast_captions_have_each_word_once(lines: list[str], height: int, cleared: set[int]) -> None:
    twice = [*lines, *lines]
    assert words(as_srt(by_broadcast(lines, height)), "a.srt") == " ".join(lines)
    assert words(as_srt(by_broadcast(twice, height, cleared)), "a.srt") == " ".join(twice)


@pytest.mark.parametrize("shown", [by_youtube(CHANT), by_broadcast(CHANT, 2), by_broadcast(CHANT, 3)])
def test_a_word_has_the_time_of_its_first_appearance(shown: list[Shown]) -> None:
    starts = [each.start_ms for each in shown if each.end_ms - each.start_ms == SHOWN_MS]
    assert timed(as_srt(shown), "a.srt") == [
        (start, start + SHOWN_MS, line) for start, line in zip(starts, CHANT, strict=True)
    ]


def test_a_line_said_again_after_a_pause_is_said_again() -> None:
    shown = by_broadcast(["One.", "Two.", "Three.", "Three.", "Four.", "Five."], 2, cleared=[3])
    start = 3 * SHOWN_MS + PAUSE_MS
    said = [(begin, text) for begin, _, text in timed(as_srt(shown), "a.srt")]
    assert said[2:4] == [(2 * SHOWN_MS, "Three."), (start, "Three.")]


def test_a_screen_shown_again_or_losing_its_upper_line_says_nothing() -> None:
    shown = by_broadcast(["One.", "Two.", "Three.", "Four."], 2)
    last = shown[-1]
    again = [last._replace(start_ms=last.end_ms, end_ms=last.end_ms + 500)]
    fewer = [Shown(last.end_ms + 500, last.end_ms + 900, last.lines[1:])]
    assert words(as_srt([*shown, *again, *fewer]), "a.srt") == "One. Two. Three. Four."


def test_an_editor_that_takes_blanks_off_line_ends_takes_no_words_away() -> None:
    text = as_vtt(by_youtube(["so will the ferry sail", "on monday", "no"]))
    assert words(text.replace("\n \n", "\n\n"), "a.vtt") == "so will the ferry sail on monday no"


def test_remarks_roll_up_with_the_words_and_are_left_out() -> None:
    lines = ["good evening", "[Music]", "the ferry is back", "[Applause]", "after eleven weeks"]
    assert words(as_vtt(by_youtube(lines)), "a.vtt") == "good evening the ferry is back after eleven weeks"


def test_speakers_of_rolled_up_captions_are_found() -> None:
    lines = [">> ANN LEE: GOOD EVENING.", "THE FERRY IS BACK.", ">> IS IT?", ">> LEE: IT IS."]
    turns = read(as_srt(by_broadcast(lines, 3)), "a.srt").turns
    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Ann Lee", "GOOD EVENING."),
        ("Ann Lee", "THE FERRY IS BACK."),
        (None, "IS IT?"),
        ("Ann Lee", "IT IS."),
    ]


@pytest.mark.parametrize("step", [1, 2, 6])
def test_lines_that_grow_are_read_when_they_are_full(step: int) -> None:
    lines = ["THE FERRY IS BACK", "IN SERVICE ON MONDAY.", "BACK IN SERVICE."]
    shown: list[Shown] = []
    for place, line in enumerate(lines):
        for size in [*range(step, len(line), step), len(line)]:
            start = 100 * len(shown)
            shown.append(Shown(start, start + 100, [*lines[:place][-1:], line[:size]]))
    first = next(each.start_ms for each in shown if each.lines[:-1] == lines[1:2])
    turns = timed(as_srt(shown), "a.srt")
    assert [text for _, _, text in turns] == ["THE FERRY IS BACK IN SERVICE ON MONDAY.", "BACK IN SERVICE."]
    assert turns[1][:2] == (first, shown[-1].end_ms)


def ordinary(*cues: str) -> str:
    return as_srt(Shown(n * SHOWN_MS, (n + 1) * SHOWN_MS, cue.split("\n")) for n, cue in enumerate(cues))


@pytest.mark.parametrize(
    "cues",
    [
        ["No.", "No.", "No.", "No.", "No.", "No."],
        ["Row the ferry,\nrow it home.", "Row the ferry,\nrow it home.", "Row the ferry,\nrow it home."],
        ["We sail.", "We sail.\nWe sail at noon.", "And then?", "Then we\nsail.", "Good.", "We\nsee."],
        ["One\ntwo", "two\nthree", "four\nfive", "six\nseven", "eight\nnine", "ten\neleven", "eleven\ntwelve"],
        ["One\ntwo", "two\nthree", "three\nfour"],
    ],
    ids=["chant", "refrain", "once", "two of six", "too few to tell"],
)
def test_ordinary_captions_that_repeat_a_line_are_left_alone(cues: list[str]) -> None:
    assert words(ordinary(*cues), "a.srt") == " ".join(" ".join(cues).split())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([1, 2]), min_size=4, max_size=30), st.sets(st.integers(1, 7)))
def test_ordinary_captions_keep_every_line(heights: list[int], repeats: set[int]) -> None:
    cues, number = list[str](), 0
    for place, height in enumerate(heights):
        lines = [f"line{number + n}" for n in range(height)]
        number += height
        again = place % 4 == 3 and place // 4 in repeats
        cues.append("\n".join([cues[-1].split("\n")[-1], *lines] if again else lines))
    assert words(ordinary(*cues), "a.srt") == " ".join(" ".join(cues).split())
