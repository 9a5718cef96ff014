"""Markdown transcripts: YAML front matter, then a body in the manner of labelled talk or of a script."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.formats import labelled, script
from ingest.formats.document import Document
from ingest.formats.front_matter import has_front_matter, take_front_matter
from ingest.formats.markup import plain_text

_MARKED_UP = re.compile(r"^(?:#{1,6} \S|\*\*[^*\n]{1,100}:\*\*|\*\*[^*\n]{1,100}\*\*:)", re.MULTILINE)


def sniff(text: str) -> int:
    """3 with front matter, 2 with headings or labels in bold, else what the body would be as plain text."""
    if has_front_matter(text):
        return 3
    body = max(labelled.sniff(text), script.sniff(text))
    return max(body, 2) if body and _MARKED_UP.search(text) else body


def parse(text: str, path: Path) -> Document:
    """The document of Markdown text. Raises Malformed when the front matter is broken."""
    stated, body = take_front_matter(text, path)
    plain = plain_text(body)
    read = labelled.read if labelled.sniff(plain) else script.read
    return read(plain, stated)
