"""Recordings to words with times, by a speech-to-text model on this machine: the optional extra "media".

The adapter is for faster-whisper (https://github.com/SYSTRAN/faster-whisper). Its tests run a fake model with the same
methods; the real one has not been run here, for there was no model to run.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from ingest.errors import BinaryFile, Malformed

MODEL_VARIABLE = "ONRECORD_WHISPER_MODEL"
_PACKAGE = "faster_whisper"
_INSTALL = "pip install 'onrecord[media]'"
HOW_TO_HEAR = f"To have recordings transcribed, run {_INSTALL} and name a model's folder in {MODEL_VARIABLE}."
_BROKEN = (ArithmeticError, LookupError, OSError, RuntimeError, ValueError)


class Stretch(NamedTuple):
    """Words spoken, from when to when, in milliseconds."""

    start_ms: int
    end_ms: int
    text: str


class Transcriber(Protocol):
    """Anything that hears words in a recording, given as a file's path or as an open file."""

    def transcribe(self, recording: str | BinaryIO) -> Iterable[Stretch]:
        """The words in order."""
        ...


class _Segment(Protocol):
    """What faster-whisper yields; times are seconds."""

    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...
    @property
    def text(self) -> str: ...


class WhisperModel(Protocol):
    """The one method of `faster_whisper.WhisperModel` that is used."""

    def transcribe(self, audio: str | BinaryIO, *, vad_filter: bool) -> tuple[Iterable[_Segment], object]:
        """Segments in order, made as they are asked for, and what the model says of the language."""
        ...


class Whisper:
    """A Transcriber over a faster-whisper model. Stretches without speech are left out before it listens."""

    def __init__(self, model: WhisperModel) -> None:
        self._model = model

    def transcribe(self, recording: str | BinaryIO) -> Iterator[Stretch]:
        """The words in order."""
        segments, _ = self._model.transcribe(recording, vad_filter=True)
        for segment in segments:
            start, end = round(segment.start * 1000), round(segment.end * 1000)
            yield Stretch(start, max(start, end), segment.text.strip())


def can_transcribe() -> bool:
    """Whether the extra is installed and a model is named, so that recordings are worth looking for."""
    return bool(os.environ.get(MODEL_VARIABLE)) and find_spec(_PACKAGE) is not None


def whisper_for(path: Path, kind: str) -> Transcriber:
    """The transcriber that this machine is set up with. `path` and `kind` ("an MP3 recording") are for the message.

    Raises BinaryFile, which says what to install or to set.
    """
    folder = os.environ.get(MODEL_VARIABLE, "")
    if find_spec(_PACKAGE) is None:
        remedy = f"Install it ({_INSTALL}) and name a model's folder in {MODEL_VARIABLE}, or give a transcript."
        raise BinaryFile(path, f"is {kind}, and faster-whisper, which would transcribe it, is not installed.", remedy)
    if not folder:
        remedy = f"Name the folder of a faster-whisper model in {MODEL_VARIABLE}, or give a transcript."
        raise BinaryFile(path, f"is {kind}, and no model is named to transcribe it.", remedy)
    if not (Path(folder).expanduser() / "model.bin").is_file():
        remedy = f"Name the folder of a faster-whisper model, one with a model.bin in it, in {MODEL_VARIABLE}."
        raise BinaryFile(path, f"is {kind}, and there is no model in {folder} to transcribe it.", remedy)
    try:
        return _loaded(str(Path(folder).expanduser()))
    except _BROKEN as error:
        cause = f"is {kind}, and the model in {folder} cannot be loaded ({error})."
        raise BinaryFile(path, cause, f"Check what {MODEL_VARIABLE} names.") from error


@lru_cache(maxsize=1)
def _loaded(folder: str) -> Transcriber:
    return Whisper(import_module(_PACKAGE).WhisperModel(folder, local_files_only=True))


def hear(recording: Path | BinaryIO, path: Path, transcriber: Transcriber) -> list[Stretch]:
    """The words in a recording. `path` is named in errors. Raises Malformed when it cannot be played."""
    source = str(recording) if isinstance(recording, Path) else recording
    try:
        return [stretch for stretch in transcriber.transcribe(source) if stretch.text]
    except _BROKEN as error:
        cause = f"is a recording that cannot be played ({str(error) or type(error).__name__})."
        raise Malformed(path, cause, "Convert it to WAV or MP3, or give a transcript.") from error
