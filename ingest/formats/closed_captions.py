"""Closed captions of broadcasts as plain text, as television archives keep them: ">>" where the speaker changes.

    >> good evening. the bridge is open.
    >> bill: after two years. [ applause ] >> thank you. >>> in other news,

Lines may be wrapped anywhere; blank lines part paragraphs. Who speaks after a ">>" without a name is unknown, and
two of them are never taken for one. With a ">>>" and after a break a story begins. The words keep their case. No title
is guessed from the lines above the talk, for captions in capitals look like titles; "Title: …" and "Aired …" are read.
Captions with times are formats of their own, see `captions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.formats.cast import Cast
from ingest.formats.directions import is_direction, is_unspoken, parts_stories
from ingest.formats.document import NOTHING, Document, Metadata, Speech
from ingest.formats.header import read_top
from ingest.formats.labels import learn
from ingest.formats.paragraphs import blocks
from ingest.formats.prose import not_prose
from ingest.formats.speaker_marks import Line, Marks, raised
from ingest.spelling import Spelling

_MARK = re.compile(r"(?:^|(?<=[\s.?!…,;:)\]♪\"”’'–—-]))>>+(?!>)[ \t]*", re.MULTILINE)
_QUOTED_MAIL = re.compile(r"^>(?!>)", re.MULTILINE)
_FEWEST = 2


@dataclass(slots=True)
class _Talk:
    """What one speaker says until the next: paragraphs."""

    label: str | None
    opens: bool
    paragraphs: list[str]
    opens_story: bool = False


def sniff(text: str) -> int:
    """2 for prose with two marks of speakers or more, and no fewer than there are labels without a mark."""
    marks = len(_MARK.findall(text)) if ">>" in text else 0
    if marks < _FEWEST or text.startswith("---\n") or _QUOTED_MAIL.search(text) or not_prose(_MARK.sub("", text)):
        return 0
    unmarked = [line for line in text.split("\n") if ">>" not in line]
    return 2 if learn(unmarked).lines <= marks else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of closed captions without times; `stated` wins over their header. Nothing in it is malformed."""
    del path
    header = read_top(text.split("\n"), lambda _: True)
    facts = stated.or_else(header.metadata)
    paragraphs = ["\n".join(block) for block in blocks(header.lines)]
    talks = _talks([each for each in paragraphs if parts_stories(each) or not is_direction(each)])
    spelling = Spelling.of(paragraph for talk in talks for paragraph in talk.paragraphs)
    cast = Cast(facts.title, spelling, [raised(talk.label) for talk in talks if talk.label])
    return Document(facts, tuple(_speech(talk, cast) for talk in talks))


def _talks(paragraphs: Sequence[str]) -> list[_Talk]:
    talks: list[_Talk] = []
    for line in _lines(paragraphs):
        if line.opens or not talks:
            talks.append(_Talk(line.label, line.opens, [], line.opens_story))
        if not is_unspoken(line.text):
            talks[-1].paragraphs.append(line.text)
    return talks


def _lines(paragraphs: Sequence[str]) -> Iterator[Line]:
    marks = Marks.of(paragraphs)
    for paragraph in paragraphs:
        yield from marks.lines(paragraph)


def _speech(talk: _Talk, cast: Cast) -> Speech:
    """The speech; one that nobody is named for is nobody else's either."""
    text = "\n".join(talk.paragraphs)
    if talk.label is None:
        return Speech(text, shared=talk.opens, opens_story=talk.opens_story)
    person = cast.person(raised(talk.label))
    return Speech(
        text,
        label=talk.label,
        speaker=person.speaker,
        role=person.role,
        shared=person.shared,
        opens_story=talk.opens_story,
    )
