"""The packaged samples read as what they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.formats import parse
from ingest.samples import questions_path
from ingest.transcript import Transcript


@pytest.fixture(scope="module")
def transcripts(samples: tuple[Path, ...]) -> Mapping[str, Transcript]:
    return {path.name: parse(path) for path in samples}


def test_all_are_read_with_a_title_and_sound_turns(transcripts: Mapping[str, Transcript]) -> None:
    assert len(transcripts) >= 10
    assert {each.format for each in transcripts.values()} == {
        "script",
        "labelled",
        "markdown",
        "webvtt",
        "subrip",
    }
    for transcript in transcripts.values():
        assert "…" not in transcript.title
        assert all(transcript.text[turn.char_start : turn.char_end] == turn.text for turn in transcript.turns)


def test_no_mark_of_a_format_is_left_in_the_words(transcripts: Mapping[str, Transcript]) -> None:
    for transcript in transcripts.values():
        assert not any(mark in transcript.text for mark in ("-->", "<v", "WEBVTT", ">>", "---", "&amp;"))
        assert not any(turn.speaker and f"{turn.label}:" in turn.text for turn in transcript.turns)


def test_every_answer_of_the_sample_questions_is_in_the_words(transcripts: Mapping[str, Transcript]) -> None:
    missing = []
    for line in questions_path().read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for evidence in row["evidence"]:
            words = " ".join(transcripts[evidence["source"]].text.split())
            if " ".join(evidence["quote"].split()) not in words:
                missing.append((row["id"], evidence["quote"]))
    assert not missing


def test_the_huawei_sample(transcripts: Mapping[str, Transcript]) -> None:
    talk = transcripts["2018-04-19_huawei-turns-to-europe.txt"]
    assert talk.speakers == ("Mara Lindqvist", "Tobias Archer", "Ines Carvalho")
    assert talk.duration_ms == 182_000
    assert talk.turns[3].role == "Former VP Networks Calder Rural Telephone"
    assert talk.turns[-1].end_ms == 182_000
    assert all(turn.interpolated for turn in talk.turns)


def test_nobody_is_somebody_else_in_the_interview(transcripts: Mapping[str, Transcript]) -> None:
    talk = transcripts["dart-strikes-asteroid.txt"]
    people = {
        "Steve Halvorsen",
        "June Castellano",
        "Priya Raghunathan",
        "Unidentified Female",
        "Unidentified Male",
    }
    assert set(talk.speakers) == people
    assert talk.source == "World Desk Tonight"
