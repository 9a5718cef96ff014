"""Texts that a question set brings along, as transcripts: one turn that nobody is named for, no times."""

from __future__ import annotations

import hashlib

from ingest.formats.titles import opening_words
from ingest.text import clean
from ingest.transcript import Transcript, Turn


def identity(*parts: str) -> str:
    """An id as those of transcripts are: the first 16 hexadecimal digits of a SHA-256."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def transcript(key: str, title: str, text: str, form: str) -> Transcript:
    """The text under the id `key`, tidied as every transcript is. One without words has no turns."""
    tidy = (" ".join(line.split()) for line in clean(text).split("\n"))
    words = "\n".join(filter(None, tidy))
    turns = (Turn(0, None, None, None, None, words, 0),) if words else ()
    return Transcript(key, title or opening_words(words), None, None, None, None, None, turns, words, form)
