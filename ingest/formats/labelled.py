"""Talk with a label before each speaker: "STEVE INSKEEP, HOST: …", "MS. PSAKI:  …", "Q    …", "Speaker 1: …".

Hard-wrapped lines are joined and blank lines part paragraphs. Stage directions on lines of their own are
left out, and so is the header above the first label, which is read for title, programme, date and
duration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ingest.formats.cast import Cast
from ingest.formats.directions import ends_scene, is_direction, is_unspoken
from ingest.formats.document import Document, Metadata, Speech
from ingest.formats.header import read_before
from ingest.formats.labels import Label, LabelStyle, learn
from ingest.formats.paragraphs import blocks, ends_closed, is_wrapped
from ingest.formats.prose import not_prose
from ingest.formats.script import quoted_head
from ingest.spelling import Spelling, is_shouted

_STAMP = re.compile(r"\s*\[\d{1,2}:\d\d(?::\d\d)?\]\s*")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph; `label` where one stands before it, `aside` where it is a note and nobody's speech."""

    text: str
    label: str | None = None
    aside: bool = False


class _Talk(NamedTuple):
    """Everything said under one label, paragraphs separated by \\n."""

    label: str | None
    text: str


def sniff(text: str) -> int:
    """2 when lines begin with labels, more of them than quote somebody as in a script; else 0."""
    lines = text.split("\n")
    style = learn(lines)
    quoted = sum(quoted_head(line.strip()) is not None for line in lines)
    return 2 if style.sure and style.lines > quoted and not not_prose(text) else 0


def parse(text: str, path: Path) -> Document:
    """The document of clean text with labels. Nothing in it is malformed."""
    del path
    return read(text, Metadata())


def read(text: str, stated: Metadata) -> Document:
    """The same for a text whose metadata was stated elsewhere."""
    lines = [_STAMP.sub("", line, count=1) for line in text.split("\n")]
    style = learn(lines)
    first = next((place for place, line in enumerate(lines) if _label(style, line)), len(lines))
    header = read_before(lines[:first])
    facts = stated.or_else(header.metadata)
    talks = list(_talks(_paragraphs([*header.lines, "", *lines[first:]], style)))
    cast = Cast(facts.title, Spelling.of(talk.text for talk in talks), [talk.label for talk in talks if talk.label])
    return Document(facts, tuple(_speech(talk, cast) for talk in talks))


def _label(style: LabelStyle, line: str) -> str | None:
    found = style.match(line, opening=True)
    return found.text if found else None


def _paragraphs(lines: Sequence[str], style: LabelStyle) -> Iterator[_Paragraph]:
    spoken = ["" if is_direction(line.strip()) else line for line in lines]
    wrapped = is_wrapped(spoken, lambda line: style.match(line, opening=True))
    for block in blocks(lines):
        parts: list[tuple[Label | None, list[str]]] = []
        for place, line in enumerate(block):
            above = block[place - 1] if place else ""
            opening = not (place and wrapped) or ends_closed(above) or is_direction(above)
            found = style.match(line, opening=opening)
            if found or not parts or not wrapped or _stands_alone(line) or _stands_alone(above):
                parts.append((found, [found.rest if found else line]))
            else:
                parts[-1][1].append(line)
        for found, texts in parts:
            yield _paragraph(found, " ".join(texts))


def _paragraph(found: Label | None, text: str) -> _Paragraph:
    if found is None:
        return _Paragraph(text)
    return _Paragraph(text, found.text, aside=found.text is None)


def _stands_alone(line: str) -> bool:
    """Whether a line amid wrapped ones is a stage direction: "(CROSSTALK)". "(inaudible)" may be a word."""
    return line[:1] in "([" and is_shouted(line.strip("()[]")) and is_unspoken(line)


def _talks(paragraphs: Iterable[_Paragraph]) -> Iterator[_Talk]:
    """What is said from one label to the next. After a clip or a note it is nobody's until the next label."""
    label: str | None = None
    texts: list[str] = []
    for paragraph in paragraphs:
        marked = paragraph.label is not None or paragraph.aside
        direction = not marked and is_direction(paragraph.text)
        if marked or (direction and ends_scene(paragraph.text)):
            yield _Talk(label, "\n".join(texts))
            label, texts = paragraph.label, []
        if not direction:
            texts.append(paragraph.text)
    yield _Talk(label, "\n".join(texts))


def _speech(talk: _Talk, cast: Cast) -> Speech:
    if talk.label is None:
        return Speech(talk.text)
    person = cast.person(talk.label)
    return Speech(talk.text, label=talk.label, speaker=person.speaker, role=person.role, shared=person.shared)
