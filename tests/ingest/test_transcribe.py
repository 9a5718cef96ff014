"""Recordings: what to install is told for real; what a model hears becomes a transcript, by a model that is a fake."""

from __future__ import annotations

import math
import struct
import sys
import wave
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pytest

from ingest.errors import BinaryFile, EmptyFile, Malformed
from ingest.formats import parse
from ingest.formats.recording import is_recording, read
from ingest.formats.source import MAX_BYTES
from ingest.transcribe import MODEL_VARIABLE, Stretch, Transcriber, Whisper, can_transcribe, hear, whisper_for
from tests.ingest.sound import outcome


def tone(seconds: float = 0.1) -> bytes:
    """A WAV file with a tone in it."""
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        heights = (int(9000 * math.sin(place / 3)) for place in range(int(8000 * seconds)))
        file.writeframes(b"".join(struct.pack("<h", height) for height in heights))
    return out.getvalue()


class Segment(NamedTuple):
    start: float
    end: float
    text: str


class FakeModel:
    """A model with faster-whisper's one method, which hears what it was told to, bit by bit, as that one does."""

    def __init__(self, *segments: Segment) -> None:
        self._segments = segments
        self.heard: list[str | BinaryIO] = []

    def transcribe(self, audio: str | BinaryIO, *, vad_filter: bool) -> tuple[Iterable[Segment], object]:
        """What faster-whisper's does."""
        assert vad_filter
        self.heard.append(audio)
        return (segment for segment in self._segments), object()


class Deaf:
    """A Transcriber that cannot play what it is given."""

    def transcribe(self, recording: str | BinaryIO) -> Iterable[Stretch]:
        del recording
        raise ValueError("Invalid data found when processing input")


SEGMENTS = (Segment(0.0, 2.5004, " Good evening and"), Segment(2.5, 4.0, " welcome."), Segment(9.0, 10.25, " Hello."))


def test_what_was_heard_becomes_turns_with_times(tmp_path: Path) -> None:
    path = tmp_path / "2024-03-12_morning-tide.wav"
    path.write_bytes(tone())
    model = FakeModel(*SEGMENTS)
    transcript = parse(path, transcriber=Whisper(model))
    assert transcript.format == "recording"
    assert transcript.title == "Morning tide"
    assert transcript.duration_ms == 10_250
    assert [(turn.start_ms, turn.end_ms, turn.speaker, turn.text) for turn in transcript.turns] == [
        (0, 4000, None, "Good evening and welcome."),
        (9000, 10_250, None, "Hello."),
    ]
    assert model.heard == [str(path)]


def test_a_recording_may_be_larger_than_a_transcript(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with path.open("wb") as file:
        file.write(tone())
        file.truncate(MAX_BYTES + 1)
    assert parse(path, transcriber=Whisper(FakeModel(*SEGMENTS))).text == "Good evening and welcome.\n\nHello."


def test_the_id_is_of_the_place_and_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    whisper = Whisper(FakeModel(*SEGMENTS))
    path.write_bytes(tone())
    first = parse(path, transcriber=whisper).id
    assert parse(path, transcriber=whisper).id == first
    path.write_bytes(tone(0.2))
    assert parse(path, transcriber=whisper).id != first


def test_bytes_are_heard_as_a_file() -> None:
    model = FakeModel(*SEGMENTS)
    assert len(read(tone(), Path("a.wav"), transcriber=Whisper(model)).speeches) == 2
    assert isinstance(model.heard[0], BytesIO)


def test_times_that_run_backwards_inside_a_stretch_end_where_they_begin() -> None:
    assert list(Whisper(FakeModel(Segment(2, 1, "Hello."))).transcribe("a")) == [Stretch(2000, 2000, "Hello.")]


def test_silence_is_empty() -> None:
    with pytest.raises(EmptyFile, match="no words were heard"):
        read(tone(), Path("a.wav"), transcriber=Whisper(FakeModel(Segment(0, 1, "  "))))


def test_what_cannot_be_played_is_told() -> None:
    deaf: Transcriber = Deaf()
    with pytest.raises(Malformed, match=r"a\.wav: is a recording that cannot be played \(Invalid data") as caught:
        hear(Path("a.wav"), Path("a.wav"), deaf)
    assert caught.value.remedy


@pytest.fixture
def without_extra() -> None:
    if find_spec("faster_whisper") is not None:
        pytest.skip("faster-whisper is installed here")


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(tone())
    with pytest.raises(BinaryFile, match="is a WAV recording, and faster-whisper") as caught:
        parse(path)
    assert "pip install 'onrecord[media]'" in caught.value.remedy
    assert MODEL_VARIABLE in caught.value.remedy
    assert str(outcome(tone(), str(path))) == str(caught.value)
    assert not can_transcribe()


@pytest.fixture
def with_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package of the name on the path, so that the extra counts as installed; it loads no model."""
    package = tmp_path / "packages" / "faster_whisper.py"
    package.parent.mkdir()
    package.write_text(
        "class WhisperModel:\n"
        "    def __init__(self, folder, local_files_only):\n"
        "        assert local_files_only\n"
        "        if 'broken' in folder:\n"
        "            raise RuntimeError('Unable to open file model.bin')\n"
        "    def transcribe(self, audio, *, vad_filter):\n"
        "        return [], None\n"
    )
    monkeypatch.syspath_prepend(str(package.parent))
    yield
    sys.modules.pop("faster_whisper", None)


@pytest.mark.usefixtures("with_extra")
def test_without_a_model_it_is_said_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.wav"
    with pytest.raises(BinaryFile, match="no model is named to transcribe it") as caught:
        whisper_for(path, "a WAV recording")
    assert MODEL_VARIABLE in caught.value.remedy
    assert not can_transcribe()
    monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(BinaryFile, match=f"there is no model in {tmp_path / 'nowhere'}"):
        whisper_for(path, "a WAV recording")


@pytest.mark.usefixtures("with_extra")
@pytest.mark.parametrize("name", ["model", "broken-model"])
def test_a_model_is_loaded_from_its_folder_or_it_is_said_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "model.bin").touch()
    monkeypatch.setenv(MODEL_VARIABLE, str(folder))
    assert can_transcribe()
    if name == "model":
        assert isinstance(whisper_for(tmp_path / "a.wav", "a WAV recording"), Whisper)
    else:
        with pytest.raises(BinaryFile, match="cannot be loaded"):
            whisper_for(tmp_path / "a.wav", "a WAV recording")


@pytest.mark.parametrize(
    ("head", "heard"),
    [
        (tone(), True), (b"ID3\x04\0\0", True), (b"\0\0\0\x20ftypM4A ", True), (b"OggS", True), (b"fLaC", True),
        (b"\x1aE\xdf\xa3", True), (b"words", False), (b"%PDF-1.4", False), (b"\0\0\0\x20ftypheic", False), (b"", False),
    ],
)  # fmt: skip
def test_what_is_a_recording(head: bytes, heard: bool) -> None:
    assert is_recording(head) is heard
