"""SubStation Alpha: actors, what is only seen, columns in any order, and broken times."""

from __future__ import annotations

import pytest

from ingest.errors import EmptyFile, Malformed, UnknownFormat
from tests.ingest.formats.reading import read, said, timed

HEAD = "[Script Info]\nTitle: Frost\n\n[Events]\n"
FORMAT = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"


def event(text: str, *, name: str = "", style: str = "Default", effect: str = "", times: str = "1.00,2.00") -> str:
    start, end = times.split(",")
    return f"Dialogue: 0,0:00:0{start},0:00:0{end},{style},{name},0,0,0,{effect},{text}\n"


def words(*events: str) -> list[str]:
    return [text for _, text in said(HEAD + FORMAT + "".join(events), "a.ass")]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("{\\i1}The{\\i0} {\\c&H00FF00&}lake{comment}", "The lake"),
        ("The\\Nlake\\nis\\hfrozen", "The lake is frozen"),
        ("{\\k20}Fro{\\kf35}zen {\\ko10}lake", "Frozen lake"),
        ("{\\p1}m 0 0 l 9 9{\\p0}The lake", "The lake"),
        ("The lake{\\p2\\pos(1,2)}m 0 0 l 9 9", "The lake"),
        ("{\\pos(10,20)\\pbo3}The lake", "The lake"),
        ("Yes, no, and perhaps", "Yes, no, and perhaps"),
        ("A {brace left open", "A {brace left open"),
        ("C:\\temp is full", "C:\\temp is full"),
    ],
)
def test_override_tags_are_taken_off(written: str, read_as: str) -> None:
    assert words(event(written)) == [read_as]


@pytest.mark.parametrize(
    "seen",
    [
        event("PIER 4", style="Signs"),
        event("PIER 4", style="Sign - top"),
        event("la la", style="OP_Romaji"),
        event("la la", style="Karaoke"),
        event("la", effect="fx"),
        event("storm", effect="Banner;5;0"),
        event("storm", effect="Scroll up;0;100;5"),
        event("{\\p1}m 0 0 l 9 9"),
        event("hm").replace("Dialogue:", "Comment:"),
        event("[siren]"),
    ],
)
def test_what_is_only_seen_is_left_out(seen: str) -> None:
    assert words(event("The lake."), seen) == ["The lake."]


def test_a_file_without_words_is_empty() -> None:
    with pytest.raises(EmptyFile):
        words(event("{\\p1}m 0 0 l 9 9"), event("[siren]"), event("la", effect="fx"))


@pytest.mark.parametrize("style", ["Signature", "Topic", "Edward", "Ed", "Songwriter", "Default"])
def test_styles_that_only_sound_like_signs_are_speech(style: str) -> None:
    assert words(event("The lake.", times="0.00,1.00"), event("It is frozen.", style=style)) == [
        "The lake.",
        "It is frozen.",
    ]


def test_a_file_of_nothing_but_signs_is_read() -> None:
    assert words(event("PIER 4.", style="Signs")) == ["PIER 4."]


def test_a_line_laid_over_itself_is_said_once_and_a_repeated_one_twice() -> None:
    layers = [event("{\\blur3}Stop!"), event("Stop!")]
    assert words(*layers, event("Stop!", times="2.00,3.00")) == ["Stop!", "Stop!"]


@pytest.mark.parametrize("nobody", ["", "NTP", "Default", " "])
def test_actors_are_speakers(nobody: str) -> None:
    text = event("We skate.", name="Ann Lee") + event("Who?", name=nobody, times="2.00,3.00")
    assert said(HEAD + FORMAT + text, "a.ass") == [("Ann Lee", "We skate."), (None, "Who?")]


def test_labels_and_dashes_part_the_words_of_lines_without_an_actor() -> None:
    text = event("ANN LEE: We skate.") + event("- Who?\\N- We.", times="2.00,3.00")
    assert said(HEAD + FORMAT + text, "a.ass") == [("Ann Lee", "We skate."), (None, "Who?"), (None, "We.")]


def test_columns_are_where_the_format_line_says() -> None:
    text = HEAD + "Format: Actor, End, Start, Text\nDialogue: Ann,0:00:02.00,0:00:01.00,Yes, we skate.\n"
    assert timed(text, "a.ass") == [(1000, 2000, "Yes, we skate.")]
    assert read(text, "a.ass").speakers == ("Ann",)


def test_the_older_format_is_read() -> None:
    text = (
        "[Script Info]\nScriptType: v4.00\n[Events]\n"
        "Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: Marked=0,0:00:01.00,0:00:02.00,*Default,NTP,0000,0000,0000,!Effect,We skate.\n"
    )
    assert timed(text, "a.ssa") == [(1000, 2000, "We skate.")]


@pytest.mark.parametrize("title", ["Untitled", "<untitled>", "Default Aegisub file", ""])
def test_a_title_nobody_gave_is_none(title: str) -> None:
    text = (HEAD + FORMAT + event("We skate.")).replace("Frost", title)
    assert read(text, "ice.ass").title == "Ice"
    assert read(HEAD + FORMAT + event("We skate."), "ice.ass").title == "Frost"


@pytest.mark.parametrize(
    ("times", "cause"), [("3.00,2.00", "ends before it starts"), ("x.00,2.00", "cannot be read"), ("9.00,", "cannot")]
)
def test_broken_times_are_told_with_their_line(times: str, cause: str) -> None:
    with pytest.raises(Malformed, match=cause) as caught:
        words(event("We skate."), event("Broken.", times=times))
    assert caught.value.line == (HEAD + FORMAT).count("\n") + 2


def test_a_line_cut_off_is_told() -> None:
    with pytest.raises(Malformed, match="cannot be read"):
        words("Dialogue: 0,0:00:01.00\n")


def test_a_heading_alone_is_no_transcript() -> None:
    with pytest.raises(UnknownFormat, match="SubStation"):
        read("[Script Info]\nTitle: Frost\n", "a.ass")
