"""JSON transcripts of speech-to-text services: which service wrote one is told by its shape, from `SERVICES`.

Names that a machine gives to voices (SPEAKER_00) become "Speaker 1" and are nobody in particular. Scores,
alternatives and tokens are not kept. JSON of none of these shapes is refused with what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.errors import UnknownFormat
from ingest.formats.columns import facts_of, guess_columns
from ingest.formats.content import Content
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.json_text import clean_json
from ingest.formats.machine import (
    assemblyai,
    aws,
    azure,
    deepgram,
    google,
    podcast,
    rev,
    speechmatics,
    turns,
    whisper,
    whisper_cpp,
    youtube,
)
from ingest.formats.machine.tree import Node, load
from ingest.languages import language_tag

_LANGUAGE = (
    ("language",),
    ("language_code",),
    ("results", "language_code"),
    ("results", "languageCode"),
    ("result", "language"),
    ("metadata", "transcription_config", "language"),
    ("recognizedPhrases", "locale"),
    ("phrases", "locale"),
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:\{|\]\s*$|\[\s*-?\d))")


@dataclass(frozen=True, slots=True)
class Service:
    """A service we read. `recognise` never fails, whatever it is given; `read` may raise Malformed."""

    title: str
    recognise: Callable[[Node], bool]
    read: Callable[[Node, Metadata], Document]


SERVICES = (
    Service("podcast transcripts", podcast.recognise, podcast.read),
    Service("YouTube", youtube.recognise, youtube.read),
    Service("whisper.cpp", whisper_cpp.recognise, whisper_cpp.read),
    Service("Deepgram", deepgram.recognise, deepgram.read),
    Service("Google", google.recognise, google.read),
    Service("AWS Transcribe", aws.recognise, aws.read),
    Service("Azure", azure.recognise, azure.read),
    Service("Rev", rev.recognise, rev.read),
    Service("Speechmatics", speechmatics.recognise, speechmatics.read),
    Service("AssemblyAI", assemblyai.recognise, assemblyai.read),
    Service("Whisper and WhisperX", whisper.recognise, whisper.read),
    Service("lists of speaker and text", turns.recognise, turns.read),
)


def sniff(text: str) -> int:
    """3 for anything that begins as JSON does: whether it is a transcript is told when it is parsed."""
    return 3 if _JSON.match(text[:4000]) else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document | Content:
    """The document of JSON text, or the text in it where it is one object of text and facts such as a title.

    Raises Malformed (broken JSON, times that cannot be), TooLarge, and UnknownFormat for JSON that is none of
    the transcripts we know.
    """
    root = load(text, path)
    document = transcribed(root, stated) or _content(root.value)
    if document is None:
        known = ", ".join(each.title for each in SERVICES)
        cause = f"is no transcript: it looks like JSON of another kind, {_described(root.value)}."
        raise UnknownFormat(path, cause, f"Supported is JSON of {known}.")
    return document


def transcribed(root: Node, stated: Metadata = NOTHING) -> Document | None:
    """The document of what a service wrote, with its language; None for anything else. Raises Malformed."""
    service = service_of(root)
    if service is None:
        return None
    document = service.read(root, stated)
    language = next(filter(None, (_language(root, keys) for keys in _LANGUAGE)), None)
    return replace(document, metadata=document.metadata.or_else(Metadata(language=language)))


def service_of(root: Node) -> Service | None:
    """The service that wrote it, None if we know none."""
    return next((each for each in SERVICES if each.recognise(root)), None)


def _content(value: object) -> Content | None:
    keys = {str(key): each for key, each in value.items()} if isinstance(value, dict) else {}
    columns = guess_columns(keys)
    text, facts = keys.get(columns.get("text", "")), facts_of(keys, columns)
    return Content(clean_json(text), stated=facts) if isinstance(text, str) and facts.stated else None


def _language(root: Node, keys: tuple[str, ...]) -> str | None:
    for key in keys:
        root = (root.first() if isinstance(root.value, list) else root)[key]
    return language_tag(root.value) if isinstance(root.value, str) and len(root.value) < 40 else None


def _described(value: object) -> str:
    """ "an object with the keys name, version", "an empty list"."""
    if isinstance(value, dict):
        names = [" ".join(clean_json(str(key)[:30]).split()) for key in list(value)[:6]]
        return f"an object with the keys {', '.join(names)}" if names else "an empty object"
    if isinstance(value, list):
        first = value[0] if value else None
        return f"a list of which the first member is {_described(first)}" if isinstance(first, dict) else "a list"
    return "a single value"
