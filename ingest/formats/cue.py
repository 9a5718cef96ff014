"""A cue of captions, and its words without the marks that captions carry: tags, places on the screen, entities."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from ingest.formats.timings import Timing
from ingest.text import clean

_TAG = re.compile(r"</?(?:i|b|u|s|font|v|c|span)(?:[.\s][^<>]{0,200})?>|\{\\[^{}]{0,200}\}", re.IGNORECASE)


class Cue(NamedTuple):
    """A cue: its time, and its words in order, each with the voice it is marked with if it is marked."""

    timing: Timing
    parts: tuple[tuple[str | None, str], ...]


def words_of(raw: str) -> str:
    """The words of a cue, line by line, without tags such as <i> and {\\an8}, entities spelt out."""
    return clean(html.unescape(_TAG.sub("", raw))).strip()
