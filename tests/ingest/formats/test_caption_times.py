"""The times of captions in every format: kept exactly, put in order or not, mended or refused with their line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import Malformed
from tests.ingest.formats.caption_files import WRITERS, Cue
from tests.ingest.formats.reading import read, timed

NAMES = sorted(WRITERS)
WITH_ENDS = sorted(set(NAMES) - {"a.smi"})
SORTED = ["a.ass", "a.smi", "a.ttml"]
KEPT = ["a.sbv", "a.srt", "a.vtt"]
HOUR = 3_600_000


@st.composite
def cues(draw: st.DrawFn) -> list[Cue]:
    """Sentences one after the other, with times in hundredths of a second, as SubStation has them."""
    found, at = list[Cue](), 0
    for number in range(draw(st.integers(1, 12))):
        start = at + 10 * draw(st.integers(1, 500))
        at = start + 10 * draw(st.integers(1, 500))
        found.append((start, at, f"Sentence {number}\nof many ferries."))
    return found


@settings(max_examples=60, deadline=None)
@given(cues(), st.sampled_from(NAMES))
def test_what_is_written_is_read(cues: list[Cue], name: str) -> None:
    expected = [(start, end, text.replace("\n", " ")) for start, end, text in cues]
    assert timed(WRITERS[name](cues), name) == expected
    assert read(WRITERS[name](cues), name).duration_ms == cues[-1][1]


@pytest.mark.parametrize("name", WITH_ENDS)
def test_an_end_before_the_start_is_refused_with_its_line(name: str) -> None:
    text = WRITERS[name]([(1000, 2000, "One."), (4000, 3000, "Two.")])
    with pytest.raises(Malformed, match=r"ends before it starts.*Mend the time") as caught:
        read(text, name)
    assert caught.value.line
    assert any(mark in text.split("\n")[caught.value.line - 1] for mark in ("4000ms", "0:00:04"))


@pytest.mark.parametrize("name", NAMES)
def test_a_cue_without_length_stays_one(name: str) -> None:
    assert timed(WRITERS[name]([(1000, 1000, "One.")]), name) == [(1000, 1000, "One.")]


@pytest.mark.parametrize("name", WITH_ENDS)
def test_cues_may_overlap(name: str) -> None:
    cues = [(1000, 5000, "One."), (2000, 3000, "Two.")]
    assert timed(WRITERS[name](cues), name) == cues


@pytest.mark.parametrize("name", NAMES)
def test_days_of_recording_have_hours_beyond_99(name: str) -> None:
    cues = [(123 * HOUR, 123 * HOUR + 1000, "One.")]
    assert timed(WRITERS[name](cues), name) == cues


@pytest.mark.parametrize("name", KEPT)
def test_hours_that_no_recording_has_are_refused(name: str) -> None:
    with pytest.raises(Malformed, match="cannot be read"):
        read(WRITERS[name]([(1000, 2000, "One."), (1234 * HOUR, 1234 * HOUR + 1, "Two.")]), name)


@pytest.mark.parametrize("name", SORTED)
def test_the_order_of_time_wins_where_the_format_has_none(name: str) -> None:
    cues = [(5000, 6000, "Two."), (1000, 2000, "One.")]
    assert timed(WRITERS[name](cues), name) == cues[::-1]


@pytest.mark.parametrize("name", KEPT)
def test_the_files_order_stays_where_the_format_has_one(name: str) -> None:
    cues = [(5000, 6000, "Two"), (1000, 2000, "one")]
    assert timed(WRITERS[name](cues), name) == cues


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("{\\an8}The <i>lake</i>", "The lake"),
        ("Fish &amp; chips", "Fish & chips"),
        ("caf\u0065\u0301 \u200bאבג \u202bשלם\u202c", "café אבג שלם"),
        ("Straße – “so”", "Straße – “so”"),
        (">> We go.\n[applause]", "We go."),
    ],
)
def test_words_are_the_same_in_every_format(name: str, written: str, read_as: str) -> None:
    text = written.replace("<i>", "<span>").replace("</i>", "</span>") if name == "a.ttml" else written
    text = text.replace(">> ", "&gt;&gt; ") if name in ("a.ttml", "a.smi") else text
    assert timed(WRITERS[name]([(1000, 2000, text)]), name) == [(1000, 2000, read_as)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("spoil", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t, lambda t: "\n\n" + t])
def test_line_ends_marks_and_blank_lines_on_top_change_nothing(name: str, spoil: object) -> None:
    assert callable(spoil)
    cues = [(1000, 2000, "One\ntwo."), (3000, 4000, "Three.")]
    text = WRITERS[name](cues)
    assert timed(spoil(text), name) == timed(text, name) == [(1000, 2000, "One two."), (3000, 4000, "Three.")]
