"""What all speech-to-text services share: words put into sentences, voices named, times mended or refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import Malformed, TooLarge
from ingest.formats.document import Metadata
from ingest.formats.machine.times import duration, milliseconds, seconds, span, ticks
from ingest.formats.machine.tree import Node, load
from ingest.formats.machine.voices import readable_voice
from ingest.formats.machine.words import Segment, Word, aligned, document, written
from tests.ingest.formats.reading import read

FILE = Path("talk.json")


def node(value: object) -> Node:
    return Node(value, FILE)


def words(text: str, start: int = 0, label: str | None = None) -> tuple[Word, ...]:
    """The words of the text, each lasting 100 milliseconds."""
    return tuple(Word(word, start + 100 * n, start + 100 * n + 100, label) for n, word in enumerate(text.split()))


def turns(*segments: Segment) -> list[tuple[str | None, int | None, int | None, str]]:
    found = document([segments], Metadata()).speeches
    return [(each.speaker, each.start_ms, each.end_ms, each.text) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "“The lake,” she said, “is frozen.”",
        "The (frozen) lake … is -5 °C.",
        "今日は元気です。",
        "U.S. Senator Lee paid 3.5 percent.",
    ],
)
def test_words_are_found_in_the_text_with_what_stands_around_them(text: str) -> None:
    found = re.findall(r"\w+", text)
    parts = aligned(text, [Word(word) for word in found])
    assert parts is not None
    assert "".join(parts) == text
    assert all(word in part for word, part in zip(found, parts, strict=True))


@pytest.mark.parametrize("other", ["The sea is frozen.", "The lake is", "The lake is frozen. Skate!", "is The lake"])
def test_words_of_another_text_are_not_found(other: str) -> None:
    assert aligned("The lake is frozen.", words(other)) is None


def test_text_from_words_has_spaces_where_the_script_has_them() -> None:
    assert written([Word("Hello"), Word(",", glued=True), Word("you"), Word(".", glued=True)]) == "Hello, you."
    assert written([Word("今日"), Word("は"), Word("。", glued=True)]) == "今日は。"
    assert written([Word("iPhone"), Word("は")]) == "iPhone は"


def test_a_sentence_has_the_times_of_its_first_and_last_word() -> None:
    text = "Mr. Lee of the U.S. Senate paid 3.5 percent. Why? No."
    found = turns(Segment(text, words=words(text)))
    assert found == [
        (None, 0, 900, "Mr. Lee of the U.S. Senate paid 3.5 percent."),
        (None, 900, 1000, "Why?"),
        (None, 1000, 1100, "No."),
    ]


def test_a_pause_of_more_than_two_seconds_and_time_running_backwards_part_turns() -> None:
    def two(start: int) -> list[str]:
        return [text for *_, text in turns(Segment("The lake", 5000, 6000), Segment("is frozen.", start, start + 500))]

    assert two(8000) == ["The lake is frozen."]
    assert two(8001) == ["The lake", "is frozen."]
    assert two(5000 - 1000) == ["The lake is frozen."]
    assert two(5000 - 1001) == ["The lake", "is frozen."]


def test_a_change_of_voice_parts_turns_even_inside_a_sentence() -> None:
    text = "The lake is frozen."
    mixed = (*words("The lake", 0, "A"), *words("is frozen.", 200, "B"))
    assert turns(Segment(text, words=mixed)) == [
        ("Speaker 1", 0, 200, "The lake"),
        ("Speaker 2", 200, 400, "is frozen."),
    ]


def test_speech_without_punctuation_is_cut_into_runs_of_words() -> None:
    text = " ".join(["on"] * 200)
    assert [len(turn[3].split()) for turn in turns(Segment(text, words=words(text)))] == [25] * 8
    lines = [Segment("on and on and", n * 1000, n * 1000 + 900) for n in range(40)]
    assert [len(turn[3].split()) for turn in turns(*lines)] == [80, 80]


def test_every_word_is_there_once_and_in_order() -> None:
    text = "No, no, no. It is - it is what it is. “No.” The 2nd of May, 7 p.m. on Friday … and then"
    found = turns(Segment(text, words=words(text)), Segment(" It is.", 9000, 9100))
    assert " ".join(turn[3] for turn in found) == f"{text} It is."


def test_segments_without_times_stay_whole_under_one_voice() -> None:
    found = turns(Segment("One. Two.", label="A"), Segment("Three.", label="A"), Segment("Four.", label="B"))
    assert found == [("Speaker 1", None, None, "One. Two. Three."), ("Speaker 2", None, None, "Four.")]


@pytest.mark.parametrize(
    ("label", "first", "shown"),
    [
        ("SPEAKER_00", 0, "Speaker 1"),
        ("SPEAKER_11", 0, "Speaker 12"),
        ("spk_0", 0, "Speaker 1"),
        ("0", 0, "Speaker 1"),
        ("1", 1, "Speaker 1"),
        ("S1", 1, "Speaker 1"),
        ("A", 0, "Speaker 1"),
        ("Speaker B", 0, "Speaker 2"),
        ("Speaker 1", 0, "Speaker 1"),
        ("speaker 3", 0, "Speaker 3"),
        ("Guest-1", 0, "Guest 1"),
        ("Channel 2, 0", 0, "Channel 2, Speaker 1"),
        ("Ann Lee", 0, None),
        ("Speaker Pelosi", 0, None),
    ],
)
def test_names_of_voices(label: str, first: int, shown: str | None) -> None:
    assert readable_voice(label, first) == shown


def test_voices_are_nobody_in_particular_and_never_two_at_once() -> None:
    labels = ["SPEAKER_00", "Speaker 1", "ANN LEE, HOST", "LEE", "UNKNOWN"]
    found = document([[Segment(f"Number {n}.", n, n + 1, label) for n, label in enumerate(labels)]], Metadata())
    assert [(each.speaker, each.role, each.shared) for each in found.speeches] == [
        ("SPEAKER_00", None, True),
        ("Speaker 1", None, True),
        ("Ann Lee", "Host", False),
        ("Ann Lee", "Host", False),
        (None, None, False),
    ]


@pytest.mark.parametrize(
    ("reader", "value", "ms"),
    [
        (seconds, 1.3, 1300),
        (seconds, "1.3", 1300),
        (seconds, "1.300s", 1300),
        (seconds, "00:00:01,300", 1300),
        (seconds, "1:02:03", 3_723_000),
        (seconds, "PT1H2M3.5S", 3_723_500),
        (seconds, 0, 0),
        (seconds, -0.4, 0),
        (seconds, None, None),
        (milliseconds, 1300, 1300),
        (ticks, 13_000_000, 1300),
        (duration, {"seconds": "1", "nanos": 300_000_000}, 1300),
        (duration, {}, 0),
    ],
)
def test_times_of_every_kind(reader: Any, value: object, ms: int | None) -> None:
    assert reader(node(value)) == ms


@pytest.mark.parametrize(
    "value",
    [
        float("nan"), float("inf"), -1.01, -5, 3_600_001, 10**400, 1e300, "", "soon", "1.2.3", "nan", "1e999", "PT",
        "0:75:00x", True, [], {}, [1], "9" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_its_place(value: object) -> None:
    with pytest.raises(Malformed, match=r"should have a time.* at \$") as caught:
        seconds(node(value))
    assert str(caught.value).startswith("talk.json: should have a time")


def test_an_end_before_its_start_is_let_through_up_to_a_second() -> None:
    assert span(1000, 2000, node({})) == (1000, 2000)
    assert span(2000, 1000, node({})) == (2000, 1000), "up to `words`, which tell it"
    assert span(None, 1000, node({})) == (1000, 1000)
    assert span(1000, None, node({})) == (1000, 1000)
    with pytest.raises(Malformed, match=re.escape("should not end at 0.999 s before it starts at 2 s at $")):
        span(2000, 999, node({}))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"end": "x"}, "$.segments[1].end"),
        ({"start": float("nan")}, "$.segments[1].start"),
        ({"start": 90.0}, "$.segments[1]"),
        ({"text": 7}, "$.segments[1].text"),
        ({"speaker": ["A"]}, "$.segments[1].speaker"),
        ({"speaker": "A" * 201}, "$.segments[1].speaker"),
        ({"words": 3}, "$.segments[1].words"),
        ({"words": [{"word": "a", "start": -7}]}, "$.segments[1].words[0].start"),
    ],
)
def test_an_error_names_the_place_in_the_tree(change: dict[str, object], place: str) -> None:
    segments = [{"start": 0, "end": 1, "text": "No."}, {"start": 1, "end": 2, "text": "Yes."} | change]
    with pytest.raises(Malformed, match=re.escape(f" at {place}, but has ")):
        read(json.dumps({"segments": segments}), "talk.json")


def test_scores_that_are_no_numbers_do_no_harm() -> None:
    text = '{"segments": [{"start": 0, "end": 1, "text": "No.", "avg_logprob": NaN, "compression_ratio": 1e999}]}'
    assert [turn.text for turn in read(text, "talk.json").turns] == ["No."]


@pytest.mark.parametrize(
    ("text", "cause", "line"),
    [
        ('{"segments": [\n{"start": 0,, "text": ""}]}', "is broken JSON", 2),
        ('{"segments": [', "is broken JSON", 1),
        ('{"text": "a"}\n{"text": "b"}', "several JSON values", 2),
        ('{"a": 1, "b": 2, "a": 3}', "the key 'a' twice", None),
        ('{"a": ' * 100_000, "nested too deeply", None),
        ('{"start": ' + "9" * 5000 + "}", "number too long", None),
    ],
)
def test_broken_json_is_told(text: str, cause: str, line: int | None) -> None:
    with pytest.raises(Malformed, match=cause) as caught:
        load(text, FILE)
    assert caught.value.line == line


def test_json_of_more_values_than_any_transcript_is_too_large() -> None:
    with pytest.raises(TooLarge, match="8,000,000 values"):
        load("[" + "{}," * 4_000_000 + "{}]", FILE)


def test_half_characters_and_line_ends_in_strings_are_cleaned() -> None:
    text = '{"segments": [{"start": 0, "end": 1, "text": "No\\n\\ud83d way\\u0000\\u200b.", "speaker": "A\\nB"}]}'
    (turn,) = read(text, "talk.json").turns
    assert (turn.text, turn.label) == ("No � way.", "A B")
