"""JSON of each speech-to-text service, in the shape its documentation gives: who says what, when."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from ingest.errors import EmptyFile, Malformed, UnknownFormat
from ingest.transcript import Transcript
from tests.ingest.formats.reading import read

Said = tuple[str | None, int | None, int | None, str]

WORDS = (("The", 0.1, 0.2), ("lake", 0.3, 0.5), ("is", 0.6, 0.7), ("frozen.", 0.8, 1.25), ("Skate!", 1.5, 2.0))
TEXT = "The lake is frozen. Skate!"
TURNS: list[Said] = [(None, 100, 1250, "The lake is frozen."), (None, 1500, 2000, "Skate!")]


def heard(value: object) -> Transcript:
    return read(json.dumps(value), "talk.json")


def said(value: object) -> list[Said]:
    return [(turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in heard(value).turns]


def seconds(start: str, end: str, text: str, **more: Any) -> list[dict[str, Any]]:
    return [{start: a, end: b, text: word, **more} for word, a, b in WORDS]


class TestWhisper:
    def test_segments_are_joined_until_a_sentence_ends_with_one(self) -> None:
        segments = [
            {"id": 0, "start": 0.0, "end": 2.5, "text": " The lake is", "avg_logprob": -0.2, "tokens": [1, 2]},
            {"id": 1, "start": 2.5, "end": 4.0, "text": " frozen. It is cold.", "no_speech_prob": 0.1},
            {"id": 2, "start": 4.0, "end": 5.12, "text": " Skate!"},
        ]
        transcript = heard({"text": " The lake …", "segments": segments, "language": "en", "duration": 6.5})
        assert [(turn.start_ms, turn.end_ms, turn.text) for turn in transcript.turns] == [
            (0, 4000, "The lake is frozen. It is cold."),
            (4000, 5120, "Skate!"),
        ]
        assert (transcript.duration_ms, transcript.format) == (6500, "json")

    def test_words_give_each_sentence_its_own_time(self) -> None:
        words = [{"word": f" {word}", "start": a, "end": b, "probability": 0.9} for word, a, b in WORDS]
        segment = {"start": 0.0, "end": 2.5, "text": f" {TEXT}", "words": words}
        assert said({"text": TEXT, "segments": [segment]}) == TURNS
        assert said([segment]) == TURNS

    def test_words_alone_as_the_api_gives_them(self) -> None:
        assert said({"text": TEXT, "duration": 2.2, "words": seconds("start", "end", "word")}) == TURNS

    def test_a_word_in_pieces_stays_one_where_the_text_does_not_tell(self) -> None:
        words = [
            {"word": " five", "start": 0, "end": 1},
            {"word": "-year", "start": 1, "end": 2},
            {"word": " plan.", "start": 2, "end": 3},
        ]
        assert said({"segments": [{"start": 0, "end": 3, "text": "", "words": words}]})[0][3] == "five-year plan."

    def test_whisperx_speakers_change_inside_a_segment_and_numbers_have_no_times(self) -> None:
        words = [
            {"word": "In", "start": 0.1, "end": 0.2, "speaker": "SPEAKER_00"},
            {"word": "2023."},
            {"word": "Did", "start": 1.1, "end": 1.2, "speaker": "SPEAKER_01"},
            {"word": "it?", "start": 1.3, "end": 2.2, "speaker": "SPEAKER_01"},
        ]
        segment = {"start": 0.1, "end": 2.2, "text": "In 2023. Did it?", "speaker": "SPEAKER_00", "words": words}
        transcript = heard({"segments": [segment], "word_segments": words, "language": "en"})
        assert [(turn.label, turn.speaker, turn.start_ms, turn.end_ms, turn.text) for turn in transcript.turns] == [
            ("SPEAKER_00", "Speaker 1", 100, 1100, "In 2023."),
            ("SPEAKER_01", "Speaker 2", 1100, 2200, "Did it?"),
        ]

    def test_faster_whisper_rows_and_transformers_chunks(self) -> None:
        row = [1, 0, 0.0, 2.0, " The lake is frozen.", [50364, 440], 0.0, -0.2, 1.1, 0.01, None]
        assert said([row]) == [(None, 0, 2000, "The lake is frozen.")]
        chunks = [{"timestamp": [0.0, 2.0], "text": " The lake"}, {"timestamp": [2.0, None], "text": " is frozen."}]
        assert said({"text": "…", "chunks": chunks}) == [(None, 0, 2000, "The lake is frozen.")]

    def test_diarised_segments_of_the_api(self) -> None:
        segments = [
            {"type": "transcript.text.segment", "start": 0.0, "end": 1.0, "text": "Is it frozen?", "speaker": "A"},
            {"type": "transcript.text.segment", "start": 1.0, "end": 2.0, "text": "Yes.", "speaker": "B"},
        ]
        assert said({"task": "transcribe", "segments": segments}) == [
            ("Speaker 1", 0, 1000, "Is it frozen?"),
            ("Speaker 2", 1000, 2000, "Yes."),
        ]

    def test_names_written_in_by_people_are_read_as_names(self) -> None:
        segments = [
            {"start": 0, "end": 1, "text": "Good evening.", "speaker": "ANN LEE, HOST"},
            {"start": 1, "end": 2, "text": "Hello.", "speaker": "SPEAKER_01"},
            {"start": 2, "end": 3, "text": "Welcome.", "speaker": "LEE"},
        ]
        assert [speaker for speaker, *_ in said({"segments": segments})] == ["Ann Lee", "Speaker 2", "Ann Lee"]

    def test_nobody_speaking_is_an_empty_file(self) -> None:
        with pytest.raises(EmptyFile):
            heard({"segments": [{"start": 0, "end": 30, "text": " [Music]"}]})


def test_whisper_cpp() -> None:
    segments = [
        {"timestamps": {"from": "00:00:00,000", "to": "00:00:02,500"}, "offsets": {"from": 0, "to": 2500},
         "text": " The lake is"},
        {"timestamps": {"from": "00:00:02,500", "to": "00:00:04,000"}, "text": " frozen."},
    ]  # fmt: skip
    value = {"systeminfo": "AVX", "params": {"language": "en"}, "result": {"language": "en"}, "transcription": segments}
    assert said(value) == [(None, 0, 4000, "The lake is frozen.")]


class TestAssemblyAI:
    @staticmethod
    def words(speaker: str | None = None) -> list[dict[str, Any]]:
        return [{"text": w, "start": int(a * 1000), "end": int(b * 1000), "confidence": 0.9, "speaker": speaker}
                for w, a, b in WORDS]  # fmt: skip

    def test_words_in_milliseconds(self) -> None:
        value = {"id": "x", "status": "completed", "audio_url": "https://example.org/a.mp3", "text": TEXT,
                 "words": self.words(), "utterances": None, "audio_duration": 3}  # fmt: skip
        transcript = heard(value)
        assert said(value) == TURNS
        assert (transcript.media_url, transcript.duration_ms) == ("https://example.org/a.mp3", 3000)

    def test_utterances_of_speakers(self) -> None:
        value = {"text": TEXT, "utterances": [
            {"speaker": "A", "start": 100, "end": 2000, "text": TEXT, "words": self.words("A")},
            {"speaker": "B", "start": 2100, "end": 2500, "text": "Yes.", "words": []},
        ]}  # fmt: skip
        assert said(value) == [
            ("Speaker 1", 100, 1250, "The lake is frozen."),
            ("Speaker 1", 1500, 2000, "Skate!"),
            ("Speaker 2", 2100, 2500, "Yes."),
        ]

    def test_a_job_that_is_not_done_is_told(self) -> None:
        with pytest.raises(Malformed, match="status is processing"):
            heard({"status": "processing", "audio_url": "https://example.org/a.mp3", "text": None, "punctuate": True})


class TestDeepgram:
    @staticmethod
    def words(**more: Any) -> list[dict[str, Any]]:
        return [
            {"word": w.lower().strip(".!"), "punctuated_word": w, "start": a, "end": b, **more} for w, a, b in WORDS
        ]

    @staticmethod
    def response(*alternatives: Mapping[str, Any], **results: Any) -> dict[str, Any]:
        channels = [{"alternatives": [alternative]} for alternative in alternatives]
        return {"metadata": {"duration": 25.9, "channels": len(channels)}, "results": {"channels": channels, **results}}

    def test_words_with_speakers(self) -> None:
        yes = {"word": "yes", "punctuated_word": "Yes.", "start": 2.1, "end": 2.4, "speaker": 1}
        value = self.response({"transcript": f"{TEXT} Yes.", "words": [*self.words(speaker=0), yes]})
        assert said(value) == [
            ("Speaker 1", 100, 1250, "The lake is frozen."),
            ("Speaker 1", 1500, 2000, "Skate!"),
            ("Speaker 2", 2100, 2400, "Yes."),
        ]
        assert heard(value).duration_ms == 25_900

    def test_paragraphs_or_utterances_where_there_are_no_words(self) -> None:
        times = ((0.1, 1.25, "The lake is frozen."), (1.5, 2, "Skate!"))
        sentences = [{"text": text, "start": start, "end": end} for start, end, text in times]
        paragraphs = {"transcript": TEXT, "paragraphs": [{"sentences": sentences, "speaker": 0}]}
        by_speaker = [("Speaker 1", *turn[1:]) for turn in TURNS]
        assert said(self.response({"transcript": TEXT, "words": [], "paragraphs": paragraphs})) == by_speaker
        utterances = [{"start": 0.1, "end": 2, "channel": 0, "transcript": TEXT, "words": self.words(), "speaker": 0}]
        assert said(self.response({"transcript": TEXT}, utterances=utterances)) == by_speaker

    def test_bare_text_has_the_recordings_length_to_go_by(self) -> None:
        (turn,) = heard(self.response({"transcript": TEXT})).turns
        assert (turn.text, turn.start_ms, turn.end_ms, turn.interpolated) == (TEXT, 0, 25_900, True)

    def test_channels_are_told_apart_and_put_in_order_of_time(self) -> None:
        other = [{"word": "really", "punctuated_word": "Really?", "start": 1.3, "end": 1.4}]
        value = self.response({"transcript": TEXT, "words": self.words()}, {"transcript": "Really?", "words": other})
        assert said(value) == [
            ("Channel 1", 100, 1250, "The lake is frozen."),
            ("Channel 2", 1300, 1400, "Really?"),
            ("Channel 1", 1500, 2000, "Skate!"),
        ]


class TestAws:
    @staticmethod
    def items(words: Sequence[tuple[str, float, float]], **more: Any) -> Iterator[dict[str, Any]]:
        for word, start, end in words:
            bare = word.rstrip(".!?")
            yield {"type": "pronunciation", "start_time": str(start), "end_time": str(end),
                   "alternatives": [{"confidence": "0.99", "content": bare}], **more}  # fmt: skip
            if bare != word:
                yield {"type": "punctuation", "alternatives": [{"confidence": "0.0", "content": word[-1]}], **more}

    def test_times_are_text_and_marks_are_items(self) -> None:
        results = {"transcripts": [{"transcript": TEXT}], "items": list(self.items(WORDS))}
        assert said({"jobName": "lake", "accountId": "1", "status": "COMPLETED", "results": results}) == TURNS

    def test_the_text_is_put_together_where_the_transcript_does_not_fit(self) -> None:
        assert said({"results": {"transcripts": [{"transcript": "***"}], "items": list(self.items(WORDS))}}) == TURNS

    @pytest.mark.parametrize("new", [True, False])
    def test_speakers_at_items_or_in_segments(self, new: bool) -> None:
        one, other = WORDS[:4], WORDS[4:]
        voices = [{"speaker_label": f"spk_{n}", "start_time": "0", "end_time": "9", "items": [
            {"speaker_label": f"spk_{n}", "start_time": str(start)} for _, start, _ in words
        ]} for n, words in enumerate((one, other))]  # fmt: skip
        labels = [{"speaker_label": "spk_0"}, {"speaker_label": "spk_1"}] if new else [{}, {}]
        items = [*self.items(one, **labels[0]), *self.items(other, **labels[1])]
        results = {"transcripts": [{"transcript": TEXT}], "items": items}
        value = {"results": results | ({} if new else {"speaker_labels": {"speakers": 2, "segments": voices}})}
        assert said(value) == [("Speaker 1", *TURNS[0][1:]), ("Speaker 2", *TURNS[1][1:])]

    def test_channels(self) -> None:
        channels = [{"channel_label": f"ch_{n}", "items": list(self.items(words))}
                    for n, words in enumerate((WORDS, [("Really?", 1.3, 1.4)]))]  # fmt: skip
        value = {"results": {"transcripts": [], "channel_labels": {"channels": channels}, "items": []}}
        assert [(turn[0], turn[3]) for turn in said(value)] == [
            ("Channel 1", "The lake is frozen."),
            ("Channel 2", "Really?"),
            ("Channel 1", "Skate!"),
        ]


class TestGoogle:
    @staticmethod
    def v1(speaker: int = 0, words: Sequence[tuple[str, float, float]] = WORDS) -> list[dict[str, Any]]:
        tag = {"speakerTag": speaker} if speaker else {}
        return [{"startTime": f"{a:.3f}s", "endTime": f"{b:.3f}s", "word": word, **tag} for word, a, b in words]

    def test_words_in_seconds_with_an_s(self) -> None:
        results = [{"alternatives": [{"transcript": TEXT, "confidence": 0.9, "words": self.v1()}],
                    "resultEndTime": "2.5s", "languageCode": "en-us"}]  # fmt: skip
        assert said({"results": results}) == TURNS
        assert said({"name": "1", "done": True, "response": {"@type": "x", "results": results}}) == TURNS

    def test_words_in_seconds_and_nanos(self) -> None:
        words = [{"startTime": {"seconds": "1", "nanos": 300_000_000}, "endTime": {"seconds": 2}, "word": "Yes."}]
        assert said({"results": [{"alternatives": [{"transcript": "Yes.", "words": words}]}]}) == [
            (None, 1300, 2000, "Yes.")
        ]

    def test_the_last_result_says_all_again_with_speakers(self) -> None:
        first = {"alternatives": [{"transcript": "The lake is frozen.", "words": self.v1(words=WORDS[:4])}]}
        second = {"alternatives": [{"transcript": " Skate!", "words": self.v1(words=WORDS[4:])}]}
        again = {"alternatives": [{"words": self.v1(1, WORDS[:4]) + self.v1(2, WORDS[4:])}]}
        assert said({"results": [first, second, again]}) == [
            ("Speaker 1", *TURNS[0][1:]),
            ("Speaker 2", *TURNS[1][1:]),
        ]

    def test_v2_labels_every_result_and_leaves_zero_out(self) -> None:
        no = {"endOffset": "0.5s", "word": "No.", "speakerLabel": "1"}
        yes = {"startOffset": "1s", "endOffset": "1.5s", "word": "Yes.", "speakerLabel": "2"}
        one = {"alternatives": [{"transcript": "No.", "words": [no]}]}
        two = {"alternatives": [{"transcript": " Yes.", "words": [yes]}]}
        expected: list[Said] = [("Speaker 1", 0, 500, "No."), ("Speaker 2", 1000, 1500, "Yes.")]
        assert said({"results": [one, two]}) == expected
        batch = {"gs://bucket/a.wav": {"transcript": {"results": [one, two]}}}
        assert said({"results": batch}) == expected

    def test_results_without_words_last_from_one_end_to_the_next(self) -> None:
        results = [
            {"alternatives": [{"transcript": "No."}], "resultEndTime": "2s"},
            {"alternatives": [{"transcript": " Yes."}], "resultEndTime": "3.5s"},
        ]
        assert said({"results": results}) == [(None, 0, 2000, "No."), (None, 2000, 3500, "Yes.")]


class TestAzure:
    @staticmethod
    def phrase(text: str, start: int, length: int, **more: Any) -> dict[str, Any]:
        best = {"confidence": 0.9, "lexical": text.lower(), "itn": text.lower(), "maskedITN": "", "display": text}
        return {"recognitionStatus": "Success", "channel": 0, "offset": f"PT{start / 1e7}S", "duration": "PT1S",
                "offsetInTicks": float(start), "durationInTicks": float(length), "nBest": [best], **more}  # fmt: skip

    def test_ticks_are_a_ten_thousandth_of_a_millisecond(self) -> None:
        value = {"source": "https://store.example.org/a.wav?sig=secret", "durationInTicks": 30_000_000,
                 "recognizedPhrases": [self.phrase("Is it frozen?", 700_000, 15_900_000, speaker=1),
                                       self.phrase("Yes.", 20_000_000, 5_000_000, speaker=2)]}  # fmt: skip
        assert said(value) == [("Speaker 1", 70, 1660, "Is it frozen?"), ("Speaker 2", 2000, 2500, "Yes.")]
        assert (heard(value).media_url, heard(value).duration_ms) == ("https://store.example.org/a.wav", 3000)

    def test_display_words_give_sentences_their_times(self) -> None:
        phrase = self.phrase(TEXT, 0, 25_000_000)
        phrase["nBest"][0]["displayWords"] = [
            {"displayText": word, "offsetInTicks": a * 1e7, "durationInTicks": (b - a) * 1e7} for word, a, b in WORDS
        ]
        assert said({"recognizedPhrases": [phrase]}) == TURNS

    def test_what_was_not_recognised_is_left_out_and_iso_times_do(self) -> None:
        failed = {"recognitionStatus": "Failure", "offsetInTicks": 0, "durationInTicks": 0, "nBest": []}
        iso = {"recognitionStatus": "Success", "offset": "PT1M0.5S", "duration": "PT2S", "nBest": [{"display": "Yes."}]}
        assert said({"recognizedPhrases": [failed, iso]}) == [(None, 60_500, 62_500, "Yes.")]

    def test_fast_transcription(self) -> None:
        phrases = [{"speaker": 1, "offsetMilliseconds": 40, "durationMilliseconds": 960, "text": "Yes. No.", "words": [
            {"text": "Yes.", "offsetMilliseconds": 40, "durationMilliseconds": 200},
            {"text": "No.", "offsetMilliseconds": 500, "durationMilliseconds": 500}]}]  # fmt: skip
        value = {"durationMilliseconds": 2000, "combinedPhrases": [{"text": "Yes. No."}], "phrases": phrases}
        assert said(value) == [("Speaker 1", 40, 240, "Yes."), ("Speaker 1", 500, 1000, "No.")]


class TestRev:
    def test_elements_are_words_and_the_marks_between(self) -> None:
        elements = [
            {"type": "text", "value": "Hi", "ts": 0.5, "end_ts": 0.75, "confidence": 1.0},
            {"type": "punct", "value": ", "},
            {"type": "text", "value": "all", "ts": 0.8, "end_ts": 1.0},
            {"type": "punct", "value": "."},
        ]
        answer = [{"type": "text", "value": "Hello", "ts": 1.25, "end_ts": 1.5}, {"type": "punct", "value": "."}]
        value = {"monologues": [{"speaker": 0, "elements": elements}, {"speaker": 1, "elements": answer}]}
        assert said(value) == [("Speaker 1", 500, 1000, "Hi, all."), ("Speaker 2", 1250, 1500, "Hello.")]

    def test_human_transcripts_have_names_and_clock_times(self) -> None:
        element = {"type": "text", "value": "Hello.", "timestamp": "00:00:01,250", "end_timestamp": "00:00:01,500"}
        value = {"speakers": [{"id": 0, "name": "Ann Lee"}, {"id": 1, "name": "Speaker 2"}],
                 "monologues": [{"speaker": n, "elements": [element]} for n in (0, 1)]}  # fmt: skip
        assert said(value) == [("Ann Lee", 1250, 1500, "Hello."), ("Speaker 2", 1250, 1500, "Hello.")]


def test_speechmatics() -> None:
    def result(kind: str, content: str, start: float, end: float, speaker: str) -> dict[str, Any]:
        more = {"attaches_to": "previous", "is_eos": True} if kind == "punctuation" else {}
        return {"type": kind, "start_time": start, "end_time": end, **more,
                "alternatives": [{"confidence": 1.0, "content": content, "speaker": speaker}]}  # fmt: skip

    results = [
        result("word", "Is", 0.1, 0.2, "S1"),
        result("word", "it", 0.3, 0.4, "S1"),
        result("punctuation", "?", 0.4, 0.4, "S1"),
        result("word", "Yes", 1.0, 1.2, "UU"),
        result("punctuation", ".", 1.2, 1.2, "UU"),
    ]
    config = {"transcription_config": {"language": "en", "diarization": "speaker"}}
    value = {"format": "2.9", "job": {"duration": 3}, "metadata": config, "results": results}
    assert said(value) == [("Speaker 1", 100, 400, "Is it?"), (None, 1000, 1200, "Yes.")]
    assert (heard(value).duration_ms, heard(value).language) == (3000, "en")


def test_elevenlabs() -> None:
    words = [
        {"text": "Yes.", "start": 0.1, "end": 0.4, "type": "word", "speaker_id": "speaker_0"},
        {"text": " ", "start": 0.4, "end": 0.5, "type": "spacing", "speaker_id": "speaker_0"},
        {"text": "No.", "start": 0.5, "end": 0.9, "type": "word", "speaker_id": "speaker_1"},
    ]
    value = {"language_code": "en", "text": "Yes. No.", "words": words}
    assert said(value) == [("Speaker 1", 100, 400, "Yes."), ("Speaker 2", 500, 900, "No.")]


def test_one_object_of_text_and_facts_is_read_as_the_text_it_holds() -> None:
    value = {"headline": "Frost", "date": "2001-12-10", "body": "ANN LEE, HOST: Hello.\n\nBOB RAY, MAYOR: Hi."}
    transcript = heard(value)
    assert (transcript.title, str(transcript.published), transcript.speakers) == (
        "Frost",
        "2001-12-10",
        ("Ann Lee", "Bob Ray"),
    )
    with pytest.raises(UnknownFormat, match="an object with the keys text"):
        heard({"text": "The lake is frozen."})


def test_languages_are_read_wherever_they_are_stated() -> None:
    segments = [{"start": 0, "end": 1, "text": "Oui."}]
    assert heard({"segments": segments, "language": "french"}).language == "fr"
    assert heard({"segments": segments, "language": 5}).language is None
    aws = {"language_code": "fr-FR", "transcripts": [{"transcript": "Oui."}], "items": []}
    assert heard({"results": aws}).language == "fr-FR"


def test_podcast_namespace_joins_words_and_knows_names() -> None:
    segments = [
        {"speaker": "Ann Lee", "startTime": 0.5, "endTime": 0.75, "body": "The"},
        {"speaker": "Ann Lee", "startTime": 1, "endTime": 1.25, "body": "lake."},
        {"speaker": "Ann Lee", "startTime": 1.5, "endTime": 2.0, "body": "Skate!"},
        {"startTime": 2.75, "body": "Nooo\n"},
    ]
    assert said({"version": "1.0.0", "segments": segments}) == [
        ("Ann Lee", 500, 1250, "The lake."),
        ("Ann Lee", 1500, 2000, "Skate!"),
        (None, 2750, 2750, "Nooo"),
    ]


@pytest.mark.parametrize(
    "value",
    [
        [{"speaker": "ANN LEE, HOST", "text": "Good evening. Sit."}, {"speaker": "RAY", "text": "Hi."}],
        {"turns": [{"speaker": "ANN LEE, HOST", "text": "Good evening. Sit."}, {"speaker": "RAY", "text": "Hi."}]},
        {"speaker": ["ANN LEE, HOST", "RAY"], "utt": ["Good evening. Sit.", "Hi."]},
    ],
)
def test_lists_of_who_says_what(value: object) -> None:
    assert said(value) == [("Ann Lee", None, None, "Good evening. Sit."), ("Ray", None, None, "Hi.")]


def test_facts_beside_a_list_of_turns_are_read() -> None:
    value = {"title": "Frost", "date": "2001-12-10", "program": "Valley Today", "speaker": ["LEE"], "utt": ["Hi."]}
    transcript = heard(value)
    assert (transcript.title, str(transcript.published)) == ("Frost", "2001-12-10")


@pytest.mark.parametrize(
    ("value", "described"),
    [
        ({"name": "x", "version": "1"}, "an object with the keys name, version"),
        ([{"a": 1}], "a list of which the first member is an object with the keys a"),
        ({}, "an empty object"),
        ([], "a list"),
    ],
)
def test_other_json_is_refused_by_its_looks(value: object, described: str) -> None:
    with pytest.raises(UnknownFormat) as caught:
        heard(value)
    assert caught.value.cause.endswith(f"it looks like JSON of another kind, {described}.")
    assert "Deepgram" in caught.value.remedy
