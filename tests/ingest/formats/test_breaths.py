"""Speech without punctuation is cut where a cue or a pause ends it, within the bounds that sentences have."""

from __future__ import annotations

import json
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.breaths import Breath, are_phrases, in_breaths
from ingest.runs import RUN_WORDS
from tests.ingest.formats.caption_files import WRITERS, Cue
from tests.ingest.formats.reading import timed

PHRASES = (
    "so we are going to hear from the mayor",
    "and why they decided to close the bridge last night",
    "we have been talking to people on the north side",
    "it now takes them an hour and a half",
    "three times as long as it took before",
    "now the council says it will run extra buses",
)
# 55 words are cut into 29 and 26, those into 19 and 10 and into 9 and 17.
HALVED = [
    (0, 6000, f"{PHRASES[0]} {PHRASES[1]}"),
    (6000, 9000, PHRASES[2]),
    (9000, 12_000, PHRASES[3]),
    (12_000, 18_000, f"{PHRASES[4]} {PHRASES[5]}"),
]
ORDERED = ["a.ass", "a.sbv", "a.smi", "a.srt", "a.ttml", "a.vtt"]


def cues(*texts: str, gap: int = 0) -> list[Cue]:
    return [(n * 3000, n * 3000 + 3000 - gap, text) for n, text in enumerate(texts)]


@pytest.mark.parametrize("name", ORDERED)
def test_phrases_stay_whole_with_the_times_of_their_cues(name: str) -> None:
    assert timed(WRITERS[name](cues(*PHRASES)), name) == HALVED


def test_a_pause_is_a_better_place_than_the_middle() -> None:
    three = cues(*PHRASES[:3])
    assert [start for start, _, _ in timed(WRITERS["a.srt"](three), "a.srt")] == [0, 6000], "19 and 10 words"
    three[0] = (0, 2500, PHRASES[0])
    assert [start for start, _, _ in timed(WRITERS["a.srt"](three), "a.srt")] == [0, 3000], "9 and 20 words"


def test_cues_that_were_wrapped_at_a_width_are_left_to_be_cut_at_words() -> None:
    lines = wrap(" ".join(PHRASES), 26)
    assert not are_phrases(lines)
    assert len(timed(WRITERS["a.srt"](cues(*lines)), "a.srt")) == 1
    assert are_phrases(PHRASES)


def test_punctuated_speech_is_cut_at_its_sentences_only() -> None:
    said = [f"{phrase}," for phrase in PHRASES[:5]] + [f"{PHRASES[5]}."]
    assert [text for _, _, text in timed(WRITERS["a.srt"](cues(*said)), "a.srt")] == [" ".join(said)]


def test_lines_with_times_and_segments_of_machines_are_cut_at_their_ends_too() -> None:
    lines = "\n".join(f"*00:{n * 3:02d}.000- 00:{n * 3 + 3:02d}.000* :  {text}" for n, text in enumerate(PHRASES))
    segments = [{"start": n * 3.0, "end": n * 3.0 + 3, "text": f" {text}"} for n, text in enumerate(PHRASES)]
    assert timed(lines, "talk.txt") == HALVED
    assert timed(json.dumps({"segments": segments}), "a.json") == HALVED


def test_words_with_times_are_cut_at_pauses() -> None:
    said = " ".join(PHRASES).split()
    starts = [n * 0.4 + (1.0 if n >= 20 else 0) for n in range(len(said))]
    words = [{"word": word, "start": start, "end": start + 0.3} for word, start in zip(said, starts, strict=True)]
    text = json.dumps({"segments": [{"start": 0, "end": 60, "text": " ".join(said), "words": words}]})
    assert timed(text, "a.json")[0][2] == " ".join(said[:20])


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans(), st.booleans()), max_size=30))
def test_nothing_is_lost_and_what_is_short_or_has_no_place_is_not_cut(given: list[tuple[int, bool, bool]]) -> None:
    breaths = [Breath("word " * words, pauses, ends) for words, pauses, ends in given]
    parts = list(in_breaths(range(len(breaths)), breaths))
    assert [each for part in parts for each in part] == list(range(len(breaths)))
    if sum(words for words, _, _ in given) <= RUN_WORDS:
        assert len(parts) == 1
    for one in parts[:-1]:
        assert given[one[-1]][1] or given[one[-1]][2]


def test_a_long_evening_is_cut_in_good_time() -> None:
    many = [Breath("word", pauses=False, ends=True)] * 400
    assert sum(map(len, in_breaths(range(400), many))) == 400
