"""Stamps in the middle of talk: times where they run forward, left out of the text wherever they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.transcript import Transcript
from tests.ingest.formats.reading import read
from tests.ingest.sound import assert_sound

MINUTE = 60_000
CLOCK = st.from_regex(r"[0-2]?[0-9]:[0-5][0-9](:[0-5][0-9])?", fullmatch=True, alphabet=st.characters(codec="ascii"))
AIRED = "EVENING DESK\n\nBridge Closed\n\nAired April 13, 2015 - 22:00 ET\n\n"


def words(seconds: int) -> str:
    """As many characters as a person says in so many seconds, at sixteen in one, in paragraphs of six seconds."""
    paragraph = "The bridge is shut now. " * 4
    return "\n\n".join([paragraph.strip() + "."] * (seconds // 6))


def show(first: str, second: str, third: str, head: str = AIRED) -> Transcript:
    return read(
        f"{head}[{first}]\n\nANN LEE, HOST: {words(60)} And that is why [{second}] the mayor came. {words(58)}\n\n"
        f"(COMMERCIAL BREAK)\n\n[{third}] BOB RAY, MAYOR: {words(30)}\n\nLEE: {words(30)}\n"
    )


def near(ms: int | None, expected: int) -> bool:
    return ms is not None and abs(ms - expected) < 5000


def test_times_of_day_count_from_when_the_programme_was_aired() -> None:
    talk = show("22:00:10", "22:01:10", "22:02:10")
    lee, ray, last = talk.turns
    assert (lee.start_ms, lee.interpolated) == (10_000, False)
    assert (ray.start_ms, ray.interpolated) == (2 * MINUTE + 10_000, False)
    assert last.interpolated
    assert near(last.start_ms, 2 * MINUTE + 40_000)
    assert near(last.end_ms, 3 * MINUTE + 10_000)
    assert near(lee.end_ms, 2 * MINUTE + 10_000)
    assert talk.duration_ms is None, "how long the programme was is not known"


def test_the_words_around_a_stamp_stay_apart_and_no_stamp_is_left() -> None:
    talk = show("22:00:10", "22:01:10", "22:02:10")
    assert "And that is why the mayor came." in talk.turns[0].text
    assert "[" not in talk.text
    assert "why the mayor" in show("22:00:10", "21:01:10", "20:02:10").text
    assert talk.text == show("22:00:10", "21:01:10", "20:02:10").text


@pytest.mark.parametrize(
    ("stamps", "head", "starts"),
    [
        (("22:00:10", "22:01:10", "22:02:10"), "", [0, 2 * MINUTE]),
        (("10:00:10", "10:01:10", "10:02:10"), AIRED, [10_000, 2 * MINUTE + 10_000]),
        (("23:59:30", "00:00:30", "00:01:30"), AIRED.replace("22:00", "23:30"), [1_770_000, 1_890_000]),
        (("12:59:30", "01:00:30", "01:01:30"), AIRED.replace("22:00", "12:30"), [1_770_000, 1_890_000]),
        (("00:00:10", "00:01:10", "00:02:10"), AIRED, [10_000, 2 * MINUTE + 10_000]),
        (("00:10", "01:10", "02:10"), "", [10_000, 2 * MINUTE + 10_000]),
        (("59:30", "1:00:30", "1:01:30"), "", [3_570_000, 3_690_000]),
    ],
    ids=["not-aired", "twelve-hours", "midnight", "noon", "from-the-start", "two-parts", "past-the-hour"],
)
def test_what_the_clock_counts_from(stamps: tuple[str, str, str], head: str, starts: list[int]) -> None:
    talk = show(*stamps, head=head)
    assert [turn.start_ms for turn in talk.turns[:2]] == starts
    assert not any(turn.interpolated for turn in talk.turns[:2])


def test_talk_before_the_first_stamp_makes_all_times_estimates_where_nothing_else_is_known() -> None:
    talk = read(
        f"ANN LEE: {words(120)}\n\n[15:03:27] BOB RAY: {words(60)}\n\n[15:04:27] ANN LEE: {words(60)}\n\n"
        f"[15:05:27] BOB RAY: {words(60)}\n"
    )
    assert all(turn.interpolated for turn in talk.turns)
    assert talk.turns[0].start_ms == 0
    assert near(talk.turns[1].start_ms, 2 * MINUTE)
    assert near(talk.turns[3].end_ms, 5 * MINUTE)


@pytest.mark.parametrize(
    "stamps",
    [
        ("22:00:10", "22:00:10", "22:00:10"),
        ("22:00:10", "21:01:10", "20:02:10"),
        ("22:00:10", "22:00:11", "22:00:12"),
        ("02:00:10", "09:01:10", "17:02:10"),
    ],
    ids=["all-the-same", "backwards", "faster-than-speech", "slower-than-speech"],
)
def test_stamps_that_make_no_sense_tell_nothing(stamps: tuple[str, str, str]) -> None:
    assert all(turn.start_ms is None for turn in show(*stamps).turns)


def test_two_stamps_are_too_few() -> None:
    text = f"[22:00:10] ANN LEE, HOST: {words(60)}\n\n[22:01:10] BOB RAY, MAYOR: {words(60)}\n"
    assert all(turn.start_ms is None for turn in read(text).turns)


def test_one_slip_in_ten_is_left_out() -> None:
    clocks = [f"22:{minute:02d}:10" for minute in range(12)]
    clocks[5] = "22:50:10"
    talks = (f"[{clock}] {('ANN LEE', 'BOB RAY')[n % 2]}: {words(60)}" for n, clock in enumerate(clocks))
    talk = read("\n\n".join(talks))
    assert [turn.start_ms for turn in talk.turns if not turn.interpolated] == [n * MINUTE for n in range(12) if n != 5]
    assert near(talk.turns[5].start_ms, 5 * MINUTE)


def test_a_break_is_right_before_the_stamp_that_follows_it() -> None:
    talk = read(
        f"{AIRED}[22:00:00] ANN LEE, HOST: {words(60)}\n\n[22:01:00] BOB RAY, MAYOR: {words(60)}\n\n"
        f"LEE: {words(30)}\n\n(COMMERCIAL BREAK)\n\n[22:06:00] LEE: {words(60)}\n\n[22:07:00] RAY: {words(30)}\n"
    )
    assert [turn.start_ms for turn in talk.turns if not turn.interpolated] == [0, MINUTE, 6 * MINUTE, 7 * MINUTE]
    assert near(talk.turns[2].start_ms, 2 * MINUTE)
    assert near(talk.turns[2].end_ms, 2 * MINUTE + 30_000)


def test_a_length_stated_elsewhere_does_not_spread_times_that_are_known() -> None:
    talk = show("22:00:10", "22:01:10", "22:02:10", head="TRT 10:00\n\n" + AIRED)
    assert talk.duration_ms == 10 * MINUTE
    assert talk.turns[1].start_ms == 2 * MINUTE + 10_000


def test_the_files_own_characters_are_never_taken_for_marks() -> None:
    own = "\U000f0000"
    stamped = f"[22:00] BOB RAY, MAYOR: {words(60)}\n\n[22:01] [22:02] LEE: {own}{words(60)}\n"
    talk = read(f"ANN LEE, HOST: {own} One.\n\n{stamped}")
    assert talk.text.count(own) == 2
    assert all(turn.start_ms is None for turn in talk.turns)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(CLOCK, st.sampled_from(["", "ANN: ", "Q   ", "\n\n", "(LAUGHTER)\n", ">> "])), max_size=20))
def test_any_stamps_leave_a_sound_transcript(stamps: list[tuple[str, str]]) -> None:
    body = "".join(f"It is. [{clock}] {label}The bridge is shut.\n" for clock, label in stamps)
    talk = read(f"ANN LEE, HOST: Hello.\n\nBOB RAY, MAYOR: Good evening.\n\n{body}")
    assert_sound(talk, "talk.txt")
    assert talk.text.isascii()
    assert talk.text.count("The bridge is shut.") == len(stamps)
