"""Markdown transcripts: YAML front matter, then a body in any manner of plain text or captions.

Marks are taken off and the words go to the reader that a text file of them would have gone to, so that times, ">>" and
labels mean the same here. Captions that somebody pasted keep their own tags. With a heading a story begins, except
among lines with times.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from ingest.errors import Malformed
from ingest.formats import closed_captions, labelled, script, subrip, timed_lines, webvtt
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.front_matter import has_front_matter, take_front_matter
from ingest.formats.markup import plain_text, unfenced, with_breaks

_BOLD = r"\*\*(?:[^*\n]{1,100}:\*\*|[^*\n]{1,100}\*\*:|[\[(]?\d{1,2}:\d\d)"
_LINKED = r"\[[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\]\("
_MARKED_UP = re.compile(rf"^(?:#{{1,6}} \S|(?:[-*+] )?(?:{_BOLD}|{_LINKED}))", re.MULTILINE)
_BULLET = re.compile(r"^[-*+][ \t]+(?=[\[(]?\d{1,2}:\d\d)", re.MULTILINE)


class _Body(Protocol):
    """A reader of text: how much it looks like its own, and the document of it."""

    def sniff(self, text: str, /) -> int: ...

    def parse(self, text: str, path: Path, stated: Metadata, /) -> Document: ...


_CAPTIONS: tuple[_Body, ...] = (webvtt, subrip)
_PLAIN: tuple[_Body, ...] = (timed_lines, closed_captions, labelled, script)


def sniff(text: str) -> int:
    """3 with front matter, 2 at least with headings or with labels or times in bold, else what the words would be."""
    if has_front_matter(text):
        return 3
    if not _MARKED_UP.search(text):
        return max(labelled.sniff(text), script.sniff(text))
    body = max(each.sniff(_plain(text)) for each in _PLAIN)
    return max(body, 2) if body else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of Markdown text; `stated` wins over its front matter.

    Raises Malformed, with the line, when the front matter is broken or a time in the body cannot be.
    """
    own, body = take_front_matter(text, path)
    words, reader = _read_by(body)
    try:
        return reader.parse(words, path, stated.or_else(own))
    except Malformed as error:
        above = text.count("\n") - body.count("\n")
        known = error.line is not None and words.count("\n") == body.count("\n")
        raise Malformed(path, error.cause, error.remedy, above + (error.line or 0) if known else None) from error


def _read_by(body: str) -> tuple[str, _Body]:
    """The words of the body, and whose they are: of two that they look like alike, the first; else a script."""
    bare = unfenced(body)
    captions = next((each for each in _CAPTIONS if each.sniff(bare)), None)
    if captions:
        return bare, captions
    plain = _plain(body)
    looks = [(each.sniff(plain), each) for each in _PLAIN]
    most = max(found for found, _ in looks)
    reader = next(each for found, each in looks if found == most) if most else script
    return (plain if reader is timed_lines else _plain(with_breaks(body))), reader


def _plain(body: str) -> str:
    return _BULLET.sub("", plain_text(body))
