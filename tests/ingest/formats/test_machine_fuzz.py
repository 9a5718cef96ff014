"""Any JSON at all, and good transcripts spoilt anywhere, are a sound transcript or a clear error."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import Malformed
from ingest.formats import parse_bytes
from ingest.formats.document import NOTHING, Document
from ingest.formats.machine import SERVICES, Service
from ingest.formats.machine.tree import Node
from tests.ingest.formats.test_properties import assert_sound, assert_sound_transcript
from tests.ingest.formats.test_properties import read as outcome_of

KEYS = st.sampled_from(
    """segments chunks words text start end speaker timestamp transcription offsets timestamps from to utterances
    results channels alternatives transcript punctuated_word paragraphs sentences transcripts items type content
    start_time end_time speaker_labels channel_labels startTime endTime speakerTag resultEndTime response
    recognizedPhrases phrases nBest display offsetInTicks durationInTicks offsetMilliseconds monologues elements
    value ts end_ts speakers id name body events tStartMs dDurationMs segs utf8 aAppend utt title date duration
    language metadata status audio_url seconds nanos""".split()
)
LEAF = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(0, 100),
    st.floats(),
    st.text(st.characters(codec=None), max_size=12),
    st.sampled_from(["1.5s", "0:01", "PT1S", "A", "SPEAKER_00", "Hello there.", " on", ".", "x" * 300]),
)
TREE = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=5),
    max_leaves=25,
)

GOOD: dict[str, Any] = {
    "whisperx": {"language": "en", "segments": [
        {"start": 0.1, "end": 2.2, "text": " In 2023. Did it?", "speaker": "SPEAKER_00", "words": [
            {"word": "In", "start": 0.1, "end": 0.2, "speaker": "SPEAKER_00"}, {"word": "2023."},
            {"word": "Did", "start": 1.1, "end": 1.2, "speaker": "SPEAKER_01"}, {"word": "it?"}]},
        {"start": 2.5, "end": 4, "text": "Yes."}]},
    "rows": [[1, 0, 0.0, 2.0, " The lake is frozen.", [50364], 0.0]],
    "chunks": {"text": "a", "chunks": [{"timestamp": [0.0, 2.0], "text": " The lake"}]},
    "whisper.cpp": {"transcription": [
        {"timestamps": {"from": "00:00:00,000", "to": "00:00:02,500"}, "offsets": {"from": 0, "to": 2500},
         "text": "No"}]},
    "assemblyai": {"text": "Yes. No.", "audio_url": "https://example.org", "punctuate": True, "utterances": [
        {"speaker": "A", "start": 100, "end": 2000, "text": "Yes. No.", "words": [
            {"text": "Yes.", "start": 100, "end": 200}, {"text": "No.", "start": 300, "end": 2000}]}]},
    "deepgram": {"metadata": {"duration": 3.5}, "results": {"channels": [{"alternatives": [
        {"transcript": "Yes.",
         "words": [{"word": "yes", "punctuated_word": "Yes.", "start": 0.1, "end": 0.2, "speaker": 0}],
         "paragraphs": {"paragraphs": [{"speaker": 0, "sentences": [{"text": "Yes.", "start": 0, "end": 1}]}]}}
    ]}] * 2}},
    "aws": {"results": {"transcripts": [{"transcript": "Yes."}], "speaker_labels": {"segments": [
        {"speaker_label": "spk_0", "items": [{"start_time": "0.1", "speaker_label": "spk_0"}]}]}, "items": [
        {"type": "pronunciation", "start_time": "0.1", "end_time": "0.4", "alternatives": [{"content": "Yes"}]},
        {"type": "punctuation", "alternatives": [{"content": "."}]}]}},
    "google": {"results": [{"alternatives": [{"transcript": "Yes.", "words": [
        {"startTime": "0.1s", "endTime": "0.2s", "word": "Yes.", "speakerTag": 1}]}], "resultEndTime": "2s"}] * 2},
    "azure": {"source": "https://example.org", "durationInTicks": 5, "recognizedPhrases": [
        {"recognitionStatus": "Success", "channel": 0, "speaker": 1, "offsetInTicks": 7e5, "durationInTicks": 1e7,
         "nBest": [{"display": "Yes.", "displayWords": [
             {"displayText": "Yes.", "offsetInTicks": 7e5, "durationInTicks": 1e6}]}]}]},
    "rev": {"speakers": [{"id": 0, "name": "Ann Lee"}], "monologues": [{"speaker": 0, "elements": [
        {"type": "text", "value": "Hi", "ts": 0.5, "end_ts": 0.7}, {"type": "punct", "value": "."}]}]},
    "podcast": {"version": "1.0.0", "segments": [{"speaker": "Ann", "startTime": 0.5, "endTime": 0.75, "body": "Hi."}]},
    "json3": {"events": [{"tStartMs": 0, "id": 1}, {"tStartMs": 80, "dDurationMs": 400, "segs": [
        {"utf8": "good"}, {"utf8": " day", "tOffsetMs": 90}]},
        {"tStartMs": 90, "aAppend": 1, "segs": [{"utf8": "\n"}]}]},
    "turns": {"title": "Frost", "turns": [{"speaker": "ANN LEE", "text": "Yes.", "start": 1}]},
    "speechmatics": {"job": {"duration": 3}, "results": [
        {"type": "word", "start_time": 0.1, "end_time": 0.2, "alternatives": [{"content": "Yes", "speaker": "S1"}]},
        {"type": "punctuation", "attaches_to": "previous", "alternatives": [{"content": "."}]}]},
    "utt": {"date": "2001-12-10", "speaker": ["LEE"], "utt": ["Yes."]},
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_the_good_ones_are_good(name: str) -> None:
    assert_sound_transcript(parse_bytes(json.dumps(GOOD[name]).encode(), "a.json"))


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.title)
@settings(max_examples=150, deadline=None)
@given(value=TREE)
def test_no_value_fails_a_recogniser_or_escapes_a_reader(service: Service, value: object) -> None:
    root = Node(value, Path("a.json"))
    if service.recognise(root):
        with suppress(Malformed):
            assert_sound_times(service.read(root, NOTHING))


@settings(max_examples=300, deadline=None)
@given(TREE)
def test_any_json_is_a_sound_transcript_or_a_clear_error(value: object) -> None:
    assert_sound(outcome_of(json.dumps(value).encode(), "a.json"), "a.json")


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_good_transcript_spoilt_in_one_place(name: str, data: st.DataObject) -> None:
    value = copy.deepcopy(GOOD[name])
    spoil(value, data)
    assert_sound(outcome_of(json.dumps(value).encode(), "a.json"), "a.json")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_good_transcript_with_its_text_spoilt(name: str, data: st.DataObject) -> None:
    text = json.dumps(GOOD[name])
    place = data.draw(st.integers(0, len(text)))
    gone = data.draw(st.integers(0, 5))
    spoilt = text[:place] + data.draw(st.sampled_from(["", '"', "{", "]", ",", "9" * 5000, "1e999", "\\ud800", "\x00"]))
    assert_sound(outcome_of((spoilt + text[place + gone :]).encode(), "a.json"), "a.json")


def spoil(value: Any, data: st.DataObject) -> None:
    """Puts another value in the place of one somewhere inside."""
    places: list[tuple[Any, Any]] = []

    def walk(inner: Any) -> None:
        for key in list(inner) if isinstance(inner, dict) else range(len(inner)):
            places.append((inner, key))
            if isinstance(inner[key], dict | list):
                walk(inner[key])

    walk(value)
    inner, key = data.draw(st.sampled_from(places))
    inner[key] = data.draw(TREE)


def assert_sound_times(document: Document) -> None:
    for speech in document.speeches:
        assert (speech.start_ms is None) == (speech.end_ms is None)
        assert 0 <= (speech.start_ms or 0) <= (speech.end_ms or 0)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"segments": [{"start": n, "end": n + 1, "text": "on and"} for n in range(30_000)]}),
        json.dumps({"segments": [{"start": 0, "end": 1, "text": "on and " * 60_000}]}),
        json.dumps([{"start": 0, "end": 1, "text": "a. " * 50_000, "words": [{"word": "a.", "start": 0}] * 50_000}]),
        json.dumps({"segments": [{"start": n, "end": n, "text": "x", "speaker": f"S {n}"} for n in range(20_000)]}),
        json.dumps({"events": [{"tStartMs": n, "aAppend": 1, "segs": [{"utf8": "x"}]} for n in range(20_000)]}),
        '{"segments": ' + "[" * 200_000,
        "[" * 100_000 + "1" + "]" * 100_000,
        '{"a": "' + "\\" * 400_000 + '"}',
        "{" + ", ".join(f'"{n}": 1' for n in range(60_000)) + ', "7": 2}',
    ],
    ids=range(9),
)
def test_hostile_json_is_read_in_the_end(text: str) -> None:
    assert_sound(outcome_of(text.encode(), "a.json"), "a.json")
