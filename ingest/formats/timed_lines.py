"""Text with times at its lines: speech-to-text dumps, and what Otter, Zoom, Teams, Rev and YouTube let one copy.

    00:05.560 - 00:11.680:  text          *00:05.560- 00:08.740* : text        [00:00.000 --> 00:05.000] text
    [00:01:02] Speaker 1: text            00:01:02 Ann Lee: (text below)       (00:12) text
    Ann Lee  0:12 (text below)            Speaker 1 (00:12): text              0:12 (text below)
    00:00:05:12 - 00:00:09:03 (Speaker 1 and text below)

Frames, the fourth part of a time code, are dropped. What is said lasts until the next time where no end is told; when
the last words end is then not known. Times of day, "10:30 a.m.", are none of these. A time that cannot be is an error
with its line, and so are ranges that end before they start where they are more than one in ten; a few, or ends up to a
second early, are taken for a slip and told. Times that run backwards stay as they are, and that is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, pairwise, zip_longest
from pathlib import Path
from typing import NamedTuple

from ingest.clock import parse_clock
from ingest.errors import Malformed
from ingest.formats.document import NOTHING, Document, Metadata, Speech
from ingest.formats.labels import LabelStyle, learn
from ingest.formats.machine.times import SLIP_MS
from ingest.formats.machine.words import Segment, document
from ingest.formats.paragraphs import blocks
from ingest.formats.timed_head import read_head
from ingest.formats.timings import has_timings

_FRAMES = r"(?<=\d\d:\d\d:\d\d)[:;]\d\d"
_CLOCK = rf"(?:\d{{1,3}}:[0-5]?\d|\d{{1,3}}):[0-5]\d(?:{_FRAMES}|[.,]\d{{1,3}})?(?!\d|[:;.,]\d)"
_START = rf"(?P<start>{_CLOCK})"
_NAME = r"(?P<name>[^\W\d_][^:\[\](){}\n]{0,60}?)"
_NO_HOUR = r"(?! ?[AaPp]\.?[Mm]\b)"
_S = r"\s{0,9}"
_KINDS = {
    "range": re.compile(
        rf"\*?{_S}[\[(]?{_S}{_START}{_S}(?:-+>|[-–—]|to){_S}(?P<end>{_CLOCK}){_NO_HOUR}{_S}[\])]?{_S}\*?{_S}:?(?P<rest>.*)"
    ),
    "bracketed": re.compile(rf"[\[(]{_START}[\])]{_S}[:–—-]?(?P<rest>.*)"),
    "named": re.compile(rf"{_NAME}{_S}[\[(]{_START}[\])]{_S}:(?P<rest>.*)"),
    "heading": re.compile(rf"{_NAME}{_S}[:|,–—-]?\s{{1,9}}[\[(]?{_START}[\])]?(?P<rest>)"),
    "bare": re.compile(rf"{_START}{_NO_HOUR}(?!{_S}(?:-+>|[-–—])\s?\d+:)(?:{_S}[|–—-]\s|\s|$)(?P<rest>.*)"),
}
_FRAME = re.compile(_FRAMES)
_BROKEN = {
    "range": re.compile(r"\s*\*?[\[(]?\d{1,3}:[\w:.,]{2,12}\s?(?:-+>|[-–—])\s?\d+:"),
    "bracketed": re.compile(r"\s*[\[(]\d{1,3}:[\w:.,]{2,12}[\])]"),
}
# One mark in so many must be of the kind: bare times are the likeliest to be said.
_LEAST = {"range": 5, "bracketed": 5, "named": 5, "heading": 5, "bare": 2}
_VOICE = re.compile(r"\[?(?P<label>(?:speaker|spk)[ _-]?\d{1,3})\]?\s*:\s*(?P<rest>.*)", re.IGNORECASE)
_CREDIT = re.compile(r"\s*(?:transcribed|transcript(?:ion)? (?:by|created)) .{0,20}https?://\S+\s*$", re.IGNORECASE)
_LONGEST_HEAD = 15
_LEAST_SOUND = 10
_LATEST_FIRST_MS = 60_000
_REMEDY = "Mend the time, or take the line out."


class Mark(NamedTuple):
    """A line with a time: which kind of it, the times in milliseconds, a name written with it, and the rest."""

    kind: str
    start_ms: int
    end_ms: int | None
    name: str | None
    rest: str

    @property
    def ends_early(self) -> bool:
        """Whether it ends so long before it starts that this is no slip."""
        return self.end_ms is not None and self.end_ms < self.start_ms - SLIP_MS


@dataclass(slots=True)
class _Entry:
    """What is said from one time on: the mark, and the lines below it."""

    mark: Mark
    line: int
    below: list[str] = field(default_factory=list)


def sniff(text: str) -> int:
    """3 when times stand at the lines or paragraphs and run forwards, else 0."""
    if has_timings(text):
        return 0
    every = text.split("\n")
    lines = list(dropwhile(lambda line: not _mark(line), every))
    marks = [mark for mark in map(_mark, lines) if mark]
    if not marks or not _is_sure(marks):
        return 0
    spoken = sum(map(bool, map(str.strip, lines)))
    above = sum(map(bool, map(str.strip, every))) - spoken
    tops = [bool(_mark(block[0])) for block in blocks(lines)]
    dense = 10 * len(marks) >= 4 * spoken or 10 * sum(tops) >= 6 * len(tops)
    backwards = sum(other.start_ms < one.start_ms for one, other in pairwise(marks))
    return 3 if dense and 10 * backwards <= len(marks) and above <= max(_LONGEST_HEAD, spoken) else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of lines with times; `stated` wins over what is above them.

    Raises Malformed, with the line, for a time that cannot be.
    """
    lines = text.split("\n")
    kinds = _kinds([mark for mark in map(_mark, lines) if mark])
    above, entries = _entries(lines, kinds, path)
    head = read_head(above)
    facts = stated.or_else(head.metadata)
    _refuse_untrustworthy(entries, path)
    found = document([_segments(entries, facts.duration_ms or 0)], facts)
    before = tuple(Speech(" ".join(block)) for block in blocks(head.lines))
    return replace(found, speeches=before + found.speeches)


def _mark(line: str) -> Mark | None:
    line = line.strip()
    for kind, form in _KINDS.items():
        match = form.fullmatch(line) if ":" in line[:200] else None
        start = _clock_ms(match["start"]) if match else None
        if match and start is not None:
            parts = match.groupdict()
            name = parts.get("name")
            if name is None or _is_name(name):
                end = _clock_ms(parts["end"]) if parts.get("end") else None
                return Mark(kind, start, end, name and " ".join(name.split()), parts["rest"].strip())
    return None


def _clock_ms(clock: str) -> int | None:
    return parse_clock(_FRAME.sub("", clock))


def _is_name(name: str) -> bool:
    return len(name) <= 80 and _is_named(f"{name.strip()}:")


def _is_named(rest: str) -> bool:
    label = LabelStyle().match(rest, opening=True, announced=True)
    return bool(label and label.text) or bool(_VOICE.fullmatch(rest))


def _is_sure(marks: Sequence[Mark]) -> bool:
    """Whether the marks are times of a recording: two of a kind, or three bare ones that begin near zero."""
    often = Counter(mark.kind for mark in marks)
    plain = often.pop("bare", 0) > 2 and marks[0].start_ms <= _LATEST_FIRST_MS
    return plain or max(often.values(), default=0) > 1


def _kinds(marks: Sequence[Mark]) -> frozenset[str]:
    """The kinds of mark the file uses; one that is rare beside the others is a chance likeness."""
    often = Counter(mark.kind for mark in marks)
    return frozenset(kind for kind, times in often.items() if _LEAST[kind] * times >= len(marks))


def _entries(lines: Sequence[str], kinds: frozenset[str], path: Path) -> tuple[list[str], list[_Entry]]:
    above: list[str] = []
    entries: list[_Entry] = []
    for place, line in enumerate(lines):
        mark = _mark(line)
        if mark and mark.kind in kinds:
            entries.append(_Entry(mark, place + 1))
        elif not mark and any(kind in kinds and form.match(line[:200]) for kind, form in _BROKEN.items()):
            raise Malformed(path, f"has a time that cannot be read: {line.strip()[:80]!r}.", _REMEDY, place + 1)
        elif not _CREDIT.match(line[:300]):
            (entries[-1].below if entries else above).append(line)
    return above, _with_names_beside(entries)


def _with_names_beside(entries: list[_Entry]) -> list[_Entry]:
    """The entries, with the name beside the time where most have nothing there and a name that comes back below."""
    below = [next(filter(None, map(str.strip, entry.below)), "") for entry in entries]
    heads = [head for entry, head in zip(entries, below, strict=True) if not entry.mark.rest and _is_name(head)]
    if 2 * len(heads) <= len(entries) or len(set(heads)) == len(heads):
        return entries
    return [
        _Entry(entry.mark._replace(rest=head), entry.line, entry.below[entry.below.index(head) + 1 :])
        if not entry.mark.rest and head in heads and entry.below[0].strip() == head
        else entry
        for entry, head in zip(entries, below, strict=True)
    ]


def _refuse_untrustworthy(entries: Sequence[_Entry], path: Path) -> None:
    """Raises Malformed where more than one line in ten ends well before it starts."""
    early = [entry for entry in entries if entry.mark.ends_early]
    if len(early) * _LEAST_SOUND > len(entries):
        raise Malformed(path, "has a time that ends before it starts.", _REMEDY, early[0].line)


def _segments(entries: Sequence[_Entry], duration_ms: int) -> Iterator[Segment]:
    names = _Names.of(entries)
    label: str | None = None
    for entry, following in zip_longest(entries, entries[1:]):
        end = _end(entry, following.mark.start_ms if following else duration_ms)
        name, rest, below = names.read(entry)
        label, texts = name or label, [rest]
        for block in blocks([*below, ""]):
            for line in block:
                found = names.style.match(line, opening=True)
                if found and found.text:
                    yield Segment("\n".join(filter(None, texts)), entry.mark.start_ms, end, label)
                    label, texts = found.text, [found.rest]
                else:
                    texts[-1] = f"{texts[-1]} {line}".strip()
            texts.append("")
        yield Segment("\n".join(filter(None, texts)), entry.mark.start_ms, end, label)


def _end(entry: _Entry, following_ms: int) -> int:
    start, end = entry.mark.start_ms, entry.mark.end_ms
    return max(start, following_ms) if end is None else end


class _Names(NamedTuple):
    """How the file names speakers beside its times.

    `announced` says that most times have a name and a colon after them, so that any name there is one;
    `alone` that names stand there without a colon, and what they say is below.
    """

    style: LabelStyle
    announced: bool
    alone: bool

    @classmethod
    def of(cls, entries: Sequence[_Entry]) -> _Names:
        """What the entries have in common."""
        rests = [entry.mark.rest for entry in entries if not entry.mark.name]
        style = learn([*rests, *(line for entry in entries for line in entry.below)])
        named = sum(_is_named(each) for each in rests)
        heads = [entry.mark.rest for entry in entries if any(map(str.strip, entry.below)) and _is_name(entry.mark.rest)]
        alone = 2 * len(heads) > len(entries) and len(set(heads)) < len(heads)
        return cls(style, announced=2 * named >= len(rests), alone=alone)

    def read(self, entry: _Entry) -> tuple[str | None, str, Sequence[str]]:
        """Who speaks in the entry, if it says so, the words beside the time and the lines below."""
        mark = entry.mark
        if mark.name:
            return mark.name, mark.rest, entry.below
        voice = _VOICE.fullmatch(mark.rest)
        if voice:
            return voice["label"], voice["rest"], entry.below
        if self.alone and _is_name(mark.rest):
            return mark.rest, "", entry.below
        found = self.style.match(mark.rest, opening=True, announced=self.announced)
        return (found.text, found.rest, entry.below) if found and found.text else (None, mark.rest, entry.below)
