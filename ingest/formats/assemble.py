"""Speeches and metadata to a Transcript: joined, numbered, placed and timed the same way for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from ingest.clock import interpolate
from ingest.errors import EmptyFile
from ingest.formats.document import Document, Metadata, Speech, settled
from ingest.formats.names import from_file_name, from_folder_name
from ingest.formats.titles import opening_words
from ingest.repairs import telling
from ingest.speakers import readable_role
from ingest.spelling import Spelling, is_shouted
from ingest.transcript import Transcript, Turn

_BETWEEN_TURNS = "\n\n"


def assemble(document: Document, *, path: Path, identity: str, form: str) -> Transcript:
    """The transcript of a parsed file. Raises EmptyFile when nobody says anything in it.

    Speech of one speaker under one label is one turn, unless it has times of its own or opens a story. If only the
    length of the recording is known, times are spread over the characters and marked as interpolated.
    """
    speeches = _joined(_said(document.speeches))
    if not speeches:
        raise EmptyFile(path, "has no words that anybody says.", "Give a file with the text of a broadcast.")
    text = _BETWEEN_TURNS.join(speech.text for speech in speeches)
    facts = _named(_told(document.metadata, speeches), path, text)
    return Transcript(
        id=identity,
        title=facts.title or "",
        source=facts.source,
        published=facts.published,
        url=facts.url,
        media_url=facts.media_url,
        duration_ms=facts.duration_ms,
        turns=_timed(speeches, len(text), facts.duration_ms),
        text=text,
        format=form,
        programme=facts.programme,
        language=facts.language,
        published_at=facts.published_at,
        origins={**facts.origins, **telling(document.mended)},
    )


def _said(speeches: Sequence[Speech]) -> list[Speech]:
    """The speeches that have words. That a story begins with one that has none is said of the next."""
    said: list[Speech] = []
    opens = False
    for speech in map(_tidy, speeches):
        opens = opens or speech.opens_story
        if speech.text:
            said.append(replace(speech, opens_story=opens))
            opens = False
    return said


def _tidy(speech: Speech) -> Speech:
    paragraphs = (" ".join(paragraph.split()) for paragraph in speech.text.split("\n"))
    return replace(speech, text="\n".join(filter(None, paragraphs)))


def _joined(speeches: Sequence[Speech]) -> list[Speech]:
    groups: list[list[Speech]] = []
    for speech in speeches:
        if groups and _continues(groups[-1][0], speech):
            groups[-1].append(speech)
        else:
            groups.append([speech])
    return [replace(group[0], text="\n".join(each.text for each in group), end_ms=group[-1].end_ms) for group in groups]


def _continues(one: Speech, other: Speech) -> bool:
    stated = any(time is not None for time in (one.start_ms, one.end_ms, other.start_ms, other.end_ms))
    same = (one.speaker, one.role, one.label) == (other.speaker, other.role, other.label)
    return same and not other.shared and not other.opens_story and (other.estimated or not stated)


def _timed(speeches: Sequence[Speech], length: int, duration_ms: int | None) -> tuple[Turn, ...]:
    turns = _turns(speeches)
    known = any(turn.start_ms is not None for turn in turns)
    return turns if known else interpolated(turns, length, duration_ms)


def _turns(speeches: Sequence[Speech]) -> tuple[Turn, ...]:
    lengths = (len(speech.text) + len(_BETWEEN_TURNS) for speech in speeches)
    starts = accumulate(lengths, initial=0)
    return tuple(
        Turn(
            index=index,
            speaker=speech.speaker,
            role=speech.role,
            start_ms=speech.start_ms,
            end_ms=speech.end_ms,
            text=speech.text,
            char_start=start,
            label=speech.label,
            interpolated=speech.estimated,
            opens_story=speech.opens_story,
        )
        for index, (speech, start) in enumerate(zip(speeches, starts, strict=False))
    )


def interpolated(turns: tuple[Turn, ...], length: int, duration_ms: int | None) -> tuple[Turn, ...]:
    """The turns with the length of the recording spread over the characters, unless times are stated or it is not."""
    if not duration_ms or any(turn.start_ms is not None and not turn.interpolated for turn in turns):
        return turns
    return tuple(
        replace(
            turn,
            start_ms=interpolate(turn.char_start, length, duration_ms),
            end_ms=interpolate(turn.char_end, length, duration_ms),
            interpolated=True,
        )
        for turn in turns
    )


def _told(facts: Metadata, speeches: Sequence[Speech]) -> Metadata:
    """The facts with their origins, where the parser did not tell: a length beside times is that of the times."""
    timed = facts.duration_ms is not None and any(speech.start_ms is not None for speech in speeches)
    length = Metadata(duration_ms=facts.duration_ms).told_by("times") if timed else Metadata()
    return replace(facts, origins={**length.origins, **facts.origins}).told_by("header")


def _named(facts: Metadata, path: Path, text: str) -> Metadata:
    """The facts, readable, and what the file does not state from its name, its folder's and its opening words."""
    headings = (facts.title, facts.source, facts.programme)
    loud = any(fact and is_shouted(fact) for fact in headings)
    spelling = Spelling.of(text.split("\n")) if loud or not facts.title else Spelling()
    title, source, programme = (_spelt(fact, spelling) for fact in headings)
    readable = replace(facts, title=title, source=source, programme=programme)
    file, folder = from_file_name(path, spelling), from_folder_name(path)
    known = readable.or_else(file.told_by("file name")).or_else(folder.told_by("folder name"))
    return settled(known.or_else(Metadata(title=opening_words(text)).told_by("opening words")))


def _spelt(fact: str | None, spelling: Spelling) -> str | None:
    """A heading in capitals as one reads it; a single word may be a name such as OPCW and stays."""
    return readable_role(fact, spelling) if fact and " " in fact else fact
