"""Broadcast scripts: narration, and lines that quote a speaker named in capitals.

    03:04
    Huawei turns to Europe                                              (a title, if there is one)
    China's Huawei is pivoting towards Europe and Asia.
    KEVIN HO, PRESIDENT HUAWEI HANDSET PRODUCT LINE "The European area is the top number one area."

Narration has no speaker. Quotation marks are no part of a quote, and nothing inside a quote makes a
speaker. A text that is only narration is a script too.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from ingest.formats.cast import Cast
from ingest.formats.directions import is_direction, parts_stories
from ingest.formats.document import NOTHING, Document, Metadata, Speech
from ingest.formats.header import read_top
from ingest.formats.paragraphs import blocks, is_wrapped
from ingest.formats.prose import not_prose
from ingest.formats.quotation import MARKS, closing_mark, opens_with_mark, unquote
from ingest.speakers import readable_role, split_label
from ingest.spelling import Spelling, is_shouted

_LOOK_AHEAD = 6
_QUOTES_A_LINE = 100
_MARK = re.compile(f"[{MARKS}]")
_PLAIN = rf"[^{MARKS}\n]"
_NICKNAMED = rf"[^,{MARKS}\n]{{1,40}}?[\"“][^a-z.,{MARKS}\n]{{1,30}}[\"”]\s{_PLAIN}{{1,100}}?"
_HEAD = re.compile(rf"(?P<label>[^\W\d_](?:{_NICKNAMED}|{_PLAIN}{{1,160}}?))[\s:,–—-]*(?=[{MARKS}])")
_NAME = re.compile(r"(?:[^\W\d_]|[.,'’\"“” -])+")


class Piece(NamedTuple):
    """A paragraph and the label it is spoken under, None for narration. `opens_story` after a break or a rule."""

    label: str | None
    text: str
    opens_story: bool = False


def sniff(text: str) -> int:
    """2 when a speaker is quoted or the length leads, 1 for other prose, 0 for anything else."""
    if not_prose(text):
        return 0
    lines = [line.strip() for line in text.split("\n")]
    leads = read_top(lines[:3], bool).metadata.duration_ms
    return 2 if leads or any(quoted_head(line) for line in lines) else 1


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of a script's clean text; `stated` wins over its header. Nothing in a script is malformed."""
    del path
    header = read_top(text.split("\n"), lambda line: quoted_head(line.strip()) is not None)
    facts = stated.or_else(header.metadata)
    pieces = list(_pieces(list(_paragraphs(header.lines))))
    labels = [piece.label for piece in pieces if piece.label]
    cast = Cast(facts.title, Spelling.of(piece.text for piece in pieces), labels)
    return Document(facts, tuple(_speech(piece, cast) for piece in pieces))


def quoted_head(line: str, names: Container[str] = ()) -> tuple[str, str] | None:
    """Label and quotation of a line that quotes a named speaker, None of any other line.

    A name without a role needs to be one of `names`, or to be followed by nothing but a whole quoted
    sentence. Words quoted in the middle of a sentence are narration: `NATO "will not" send troops, it says`.
    """
    match = _HEAD.match(line) if line[:1].isupper() and _MARK.search(line, 0, 230) else None
    if not match or not is_shouted(match["label"]):
        return None
    label, quotation = match["label"], line[match.end() :]
    name, role = split_label(label)
    words = name.split()
    if len(words) > 6 or not _NAME.fullmatch(name):
        return None
    named = (role and len(words) > 1) or name.lower() in names
    acronym = len(words) == 1 and readable_role(name, Spelling()) == name
    quoted = not _is_fragment(quotation) if named else not acronym and _is_whole(quotation)
    return (label, quotation) if quoted else None


@dataclass(slots=True)
class _Scan:
    """Where the reading stands: the names met, who spoke last, and whether that quotation is still open."""

    names: set[str] = field(default_factory=set)
    label: str | None = None
    open: bool = False

    def step(self, text: str, ahead: Sequence[str]) -> tuple[Piece, str]:
        """The piece that the text begins with, and what is left of it."""
        head = quoted_head(text, self.names)
        if head:
            return self._quoted(*head)
        if self.label and opens_with_mark(text) and (self.open or _is_whole(text)):
            return self._quoted(self.label, text)
        if self.label and self.open and _closes((text, *ahead), self.names):
            return self._continued(self.label, text)
        self.label, self.open = None, False
        return Piece(None, text), ""

    def _quoted(self, label: str, quotation: str) -> tuple[Piece, str]:
        words = split_label(label).name.lower().split()
        self.names.update(" ".join(words[place:]) for place in range(len(words)))
        inner, rest, closed = unquote(quotation)
        self.label, self.open = (None if rest else label), not closed
        return Piece(label, inner), rest.lstrip(" ,;.")

    def _continued(self, label: str, text: str) -> tuple[Piece, str]:
        end = closing_mark(text)
        if end is None:
            return Piece(label, text), ""
        self.label, self.open = None, False
        return Piece(label, text[:end]), text[end + 1 :].lstrip(" ,;.")


def _pieces(paragraphs: Sequence[str]) -> Iterator[Piece]:
    scan, opens = _Scan(), False
    for place, paragraph in enumerate(paragraphs):
        opens = opens or parts_stories(paragraph)
        rest = "" if is_direction(paragraph) else paragraph
        ahead = paragraphs[place + 1 : place + _LOOK_AHEAD]
        for _ in range(_QUOTES_A_LINE):
            if not rest:
                break
            piece, rest = scan.step(rest, ahead)
            yield piece._replace(opens_story=opens)
            opens = False
        if rest:
            yield Piece(None, rest)


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    wrapped = is_wrapped(lines, quoted_head)
    for block in blocks(lines):
        paragraph: list[str] = []
        for line in block:
            if paragraph and (not wrapped or quoted_head(line)):
                yield " ".join(paragraph)
                paragraph = []
            paragraph.append(line)
        yield " ".join(paragraph)


def _is_whole(quotation: str) -> bool:
    """Whether the quotation is a sentence of its own, with nothing after it."""
    inner, rest, closed = unquote(quotation)
    begun = bool(inner) and not _begins_small(inner)
    return begun and not rest and (not closed or inner.endswith((".", "?", "!", "…")))


def _is_fragment(quotation: str) -> bool:
    """Whether the quotation is a few words of a sentence that goes on after it."""
    inner, rest, _ = unquote(quotation)
    return _begins_small(inner) and _begins_small(rest)


def _begins_small(text: str) -> bool:
    return next((char for char in text if char.isalnum()), "").islower()


def _closes(paragraphs: Iterable[str], names: Container[str]) -> bool:
    """Whether an open quotation ends in these paragraphs, before anybody else is quoted."""
    for paragraph in paragraphs:
        if opens_with_mark(paragraph) or quoted_head(paragraph, names):
            return False
        if closing_mark(paragraph) is not None:
            return True
    return False


def _speech(piece: Piece, cast: Cast) -> Speech:
    if piece.label is None:
        return Speech(piece.text, opens_story=piece.opens_story)
    person = cast.person(piece.label)
    spoken = Speech(piece.text, label=piece.label, speaker=person.speaker, role=person.role)
    return replace(spoken, opens_story=piece.opens_story)
