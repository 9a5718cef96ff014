"""Recordings (MP3, MP4, WAV, WebM, …) as documents with times, once `ingest.transcribe` has heard the words in them.

Who speaks is not heard, so the turns have no speakers.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from ingest.errors import EmptyFile
from ingest.formats.captions import document
from ingest.formats.cue import Cue
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.timings import Timing
from ingest.magic import HEAD, kind_of
from ingest.transcribe import Transcriber, hear, whisper_for

SUFFIXES = frozenset(
    """
    .mp3 .m4a .aac .wav .flac .ogg .oga .opus .mp4 .m4v .mov .webm .mkv .avi .wma .wmv .mpg .mpeg .aiff .aif
    """.split()
)


def is_recording(head: bytes) -> bool:
    """Whether the first bytes of a file are a recording's."""
    kind = kind_of(head[:HEAD])
    return kind is not None and kind.family == "recording"


def read(data: bytes, path: Path, stated: Metadata = NOTHING, transcriber: Transcriber | None = None) -> Document:
    """The document of a recording's bytes. Raises as `read_file`."""
    return _document(BytesIO(data), data, path, stated, transcriber)


def read_file(path: Path, head: bytes, transcriber: Transcriber | None = None, stated: Metadata = NOTHING) -> Document:
    """The document of a recording of any size; `head` is how it begins. No transcriber means the one set up here.

    Raises BinaryFile (none is), Malformed (it cannot be played) and EmptyFile (nobody speaks).
    """
    return _document(path, head, path, stated, transcriber)


def _document(
    recording: Path | BytesIO, head: bytes, path: Path, stated: Metadata, transcriber: Transcriber | None = None
) -> Document:
    kind = kind_of(head[:HEAD])
    stretches = hear(recording, path, transcriber or whisper_for(path, kind.name if kind else "a recording"))
    if not stretches:
        raise EmptyFile(path, "is a recording in which no words were heard.", "Give one in which somebody speaks.")
    cues = [Cue(Timing(each.start_ms, each.end_ms, 0), ((None, each.text),)) for each in stretches]
    return document(cues, stated)
