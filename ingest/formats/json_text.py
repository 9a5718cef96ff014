"""Strings of JSON as clean text."""

from __future__ import annotations

import re

from ingest.text import clean

_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_json(text: str) -> str:
    """The string as clean text. Half a character, which only JSON's \\ud83d can write, becomes U+FFFD."""
    return clean(_SURROGATE.sub("\ufffd", text))
