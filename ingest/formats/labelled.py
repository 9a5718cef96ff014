"""Talk with a label before each speaker: "STEVE INSKEEP, HOST: …", "MS. PSAKI:  …", "Q    …", "Speaker 1: …".

Hard-wrapped lines are joined and blank lines part paragraphs. Stage directions on lines of their own are
left out, and so is the header above the first label, which is read for title, programme, date and
duration. Times that stand in the talk here and there are left out too and used, see `stamps`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from ingest.formats.cast import Cast
from ingest.formats.directions import ends_scene, is_direction, is_unspoken, parts_stories
from ingest.formats.document import NOTHING, Document, Metadata, Speech
from ingest.formats.header import read_before
from ingest.formats.labels import Label, LabelStyle, learn
from ingest.formats.paragraphs import blocks, ends_closed, is_wrapped
from ingest.formats.prose import not_prose
from ingest.formats.script import quoted_head
from ingest.formats.stamps import Stamps, Times, without_stamps
from ingest.spelling import Spelling, is_shouted


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph; `label` where one stands before it, `aside` where it is a note and nobody's speech."""

    text: str
    label: str | None = None
    aside: bool = False


class _Talk(NamedTuple):
    """Everything said under one label, paragraphs separated by \\n. `opens_story` after a break or a rule."""

    label: str | None
    text: str
    opens_story: bool = False


def sniff(text: str) -> int:
    """2 when lines begin with labels, more of them than quote somebody as in a script; else 0."""
    lines = text.split("\n")
    style = learn(lines)
    quoted = sum(quoted_head(line.strip()) is not None for line in lines)
    return 2 if style.sure and style.lines > quoted and not not_prose(text) else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of clean text with labels; `stated` wins over its header. Nothing in it is malformed."""
    del path
    written = text.split("\n")
    lines = [without_stamps(line) for line in written]
    style = learn(lines)
    first = next((place for place, line in enumerate(lines) if _label(style, line)), len(lines))
    header = read_before(lines[:first])
    facts = stated.or_else(header.metadata)
    stamps = Stamps.of(text)
    spoken = stamps.marked(written, first, partial(_label_end, style))[first:] if stamps.clocks else lines[first:]
    talks = list(_talks(_paragraphs([*header.lines, "", *spoken], style)))
    aired = facts.published_at.time() if facts.published_at else None
    times = stamps.times([talk.text for talk in talks], aired)
    talks = [talk._replace(text=stamps.bare(talk.text)) for talk in talks]
    cast = Cast(facts.title, Spelling.of(talk.text for talk in talks), [talk.label for talk in talks if talk.label])
    speeches = (_speech(talk, cast, time) for talk, time in zip_longest(talks, times))
    return Document(facts, tuple(speeches))


def _label_end(style: LabelStyle, line: str) -> int:
    """Where the words begin after the label, if the line has one."""
    found = style.match(line, opening=True)
    return line.rindex(found.rest) if found and found.text and found.rest else len(line) if found else 0


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
    """What is said from one label to the next. After a clip or a note it is nobody's until the next label.

    A rule amid what one label stands before parts nothing.
    """
    label: str | None = None
    texts: list[str] = []
    opens = parts = False
    for paragraph in paragraphs:
        marked = paragraph.label is not None or paragraph.aside
        direction = not marked and is_direction(paragraph.text)
        parts = parts or (direction and parts_stories(paragraph.text))
        if marked or (direction and ends_scene(paragraph.text)):
            yield _Talk(label, "\n".join(texts), opens)
            label, texts, opens, parts = paragraph.label, [], parts, False
        if not direction:
            texts.append(paragraph.text)
            parts = False
    yield _Talk(label, "\n".join(texts), opens)


def _speech(talk: _Talk, cast: Cast, time: Times | None) -> Speech:
    timed = Speech(talk.text, opens_story=talk.opens_story)
    if time:
        timed = replace(timed, start_ms=time.start_ms, end_ms=time.end_ms, estimated=time.estimated)
    if talk.label is None:
        return timed
    person = cast.person(talk.label)
    return replace(timed, label=talk.label, speaker=person.speaker, role=person.role, shared=person.shared)
