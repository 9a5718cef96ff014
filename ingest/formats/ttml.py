"""Timed text in XML (TTML, DFXP, IMSC, EBU-TT): paragraphs with times; `ttm:agent` names the speaker.

Times count from the element around; a paragraph without an end lasts until the next, and paragraphs are put in
order of time. Regions, styles, ruby and metadata between the words are left out. Of translations side by side
English is read if it is there, else the first. Mended: times that would lie beyond the end of the element
around, which were meant from the start of the recording.

ttconv is not used here: it drops the agents' names, shows a paragraph whose time is broken from second 0
without a word, and knows neither line numbers nor the namespaces of DFXP's drafts. pysubs2 reads no frames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from ingest.formats.captions import document
from ingest.formats.cue import Cue, words_of
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.timings import broken, timed, with_sound_ends
from ingest.formats.ttml_time import Rates
from ingest.formats.xml_tree import Node, read_xml

_ROOT = re.compile(r"<(?:[\w.-]{1,30}:)?tt[\s>]")
_NAMESPACE = re.compile(r"/ns/ttml\b|/ttaf1\b")
_BEGIN = re.compile(r"\bbegin\s*=")
_SILENT = frozenset(("metadata", "desc", "title", "copyright", "agent", "name", "actor", "set"))
_RUBY = frozenset(("text", "textContainer", "delimiter"))
_TITLES = ("title", "documentOriginalEpisodeTitle", "documentOriginalProgrammeTitle")

Parts = tuple[tuple[str | None, str], ...]


class _Times(NamedTuple):
    """Stated milliseconds, counted from the begin of what is around; None is not stated."""

    begin: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds inside an element: its begin and end in the recording, who speaks, in which language."""

    begin: int | None = None
    end: int | None = None
    agent: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph that has words, as it is stated. `shown` are its times as written."""

    times: _Times
    around: _Around
    parts: Parts
    shown: str
    line: int

    @property
    def is_beyond(self) -> bool:
        """Whether it would begin after what is around it ends, unless it counts from the recording's start."""
        begin, around = self.times.begin, self.around
        if begin is None or around.begin is None or around.end is None:
            return False
        return begin < around.end <= around.begin + begin


def sniff(text: str) -> int:
    """3 for XML whose root is <tt>, in the namespace of timed text or with times."""
    head = text[:20_000].lstrip()
    found = _ROOT.search(head) if head.startswith("<") else None
    return 3 if found and (_NAMESPACE.search(head) or _BEGIN.search(text)) else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of TTML text. Raises Malformed, with the line, for broken XML and broken times."""
    root = read_xml(text, path)
    voices = {agent.attributes.get("id", ""): _name(agent) for agent in root.find("agent")}
    reader = _Reader(Rates.of(root.attributes), voices, path)
    around = _Around(language=root.attributes.get("lang", ""))
    found = [each for body in root.elements if body.name == "body" for each in reader.paragraphs(body, around)]
    cues = _in_one_language(list(_placed(found, path)))
    return document(cues, stated.or_else(Metadata(title=_title(root))))


def _title(root: Node) -> str | None:
    """The title in the document's head; further down a title is one of a part."""
    heads = [each for each in root.elements if each.name == "head"]
    titles = (each.text for name in _TITLES for head in heads for each in head.find(name))
    return next(filter(None, titles), None)


def _name(agent: Node) -> str | None:
    names = {each.attributes.get("type", ""): each.text for each in agent.find("name")}
    both = " ".join(filter(None, (names.get("given"), names.get("family"))))
    return names.get("full") or both or next(filter(None, names.values()), None)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the elements of one document."""

    rates: Rates
    voices: Mapping[str, str | None]
    path: Path

    def paragraphs(self, node: Node, around: _Around) -> Iterator[_Paragraph]:
        """The paragraphs in an element, in the file's order."""
        inside = self._inside(node, around)
        if node.name == "p":
            yield from self._paragraph(node, around, inside.agent)
        elif node.name not in _SILENT:
            for child in node.elements:
                yield from self.paragraphs(child, inside)
                if node.attributes.get("timeContainer") == "seq":
                    inside = replace(inside, begin=(inside.begin or 0) + (self._times(child).end or 0))

    def _inside(self, node: Node, around: _Around) -> _Around:
        times, base = self._times(node), around.begin or 0
        return _Around(
            around.begin if times.begin is None else base + times.begin,
            around.end if times.end is None else base + times.end,
            node.attributes.get("agent", around.agent),
            node.attributes.get("lang", around.language),
        )

    def _times(self, node: Node) -> _Times:
        begin, end, dur = (self._milliseconds(node, key) for key in ("begin", "end", "dur"))
        ends = [each for each in (end, None if dur is None else (begin or 0) + dur) if each is not None]
        return _Times(begin, min(ends, default=None))

    def _milliseconds(self, node: Node, key: str) -> int | None:
        text = node.attributes.get(key)
        ms = None if text is None else self.rates.milliseconds(text)
        if text is not None and ms is None:
            raise broken("has times that cannot be read", f'{key}="{text}"', node.line - 1, self.path)
        return ms

    def _paragraph(self, node: Node, around: _Around, agent: str) -> Iterator[_Paragraph]:
        """The paragraph, if it has words. Without times it lasts from its first timed span to its last."""
        said = groupby(self._said(node, agent), key=lambda each: self._voice(each[0]))
        parts = tuple((voice, _rows("".join(text for _, text in each))) for voice, each in said)
        if any(text for _, text in parts):
            times = self._times(node)
            spans = [times, *(self._times(span) for span in node.find("span"))] if times.begin is None else [times]
            begin = min((each.begin for each in spans if each.begin is not None), default=None)
            end = max((each.end for each in spans if each.end is not None), default=None)
            shown = " ".join(f'{key}="{node.attributes.get(key, "")}"' for key in ("begin", "end"))
            yield _Paragraph(_Times(begin, end), around, parts, shown, node.line)

    def _said(self, node: Node, agent: str) -> Iterator[tuple[str, str]]:
        for child in node.children:
            if isinstance(child, str):
                yield agent, child.replace("\n", " ")
            elif child.name == "br":
                yield agent, "\n"
            elif child.name not in _SILENT and child.attributes.get("ruby") not in _RUBY:
                yield from self._said(child, child.attributes.get("agent", agent))

    def _voice(self, agents: str) -> str | None:
        return next(filter(None, map(self.voices.get, agents.split())), None)


def _rows(text: str) -> str:
    return "\n".join(" ".join(row.split()) for row in words_of(text).split("\n"))


def _placed(paragraphs: Sequence[_Paragraph], path: Path) -> Iterator[tuple[str, Cue]]:
    """The cues in order of time, each with its language."""
    absolute = any(each.is_beyond for each in paragraphs)
    bases = [0 if absolute else each.around.begin or 0 for each in paragraphs]
    starts = [_start(each, base) for each, base in zip(paragraphs, bases, strict=True)]
    known = sorted({start for start in starts if start is not None})
    following = dict(pairwise(known))
    cues = []
    for each, base, start in zip(paragraphs, bases, starts, strict=True):
        inherited = each.around.end if each.times.begin is None else None
        open_end = inherited or following.get(start or 0, start)
        end = open_end if each.times.end is None else base + each.times.end
        timing = timed(start, end, each.shown, each.line - 1, path)
        cues.append((each.around.language, Cue(timing, each.parts)))
    cues.sort(key=lambda cue: cue[1].timing.start_ms)
    timings = with_sound_ends([cue.timing for _, cue in cues], path)
    for timing, (language, cue) in zip(timings, cues, strict=True):
        yield language, cue._replace(timing=timing)


def _start(paragraph: _Paragraph, base: int) -> int | None:
    """Its begin, or that of what is around it; one that states only when it ends begins with what is around."""
    begin, end = paragraph.times
    if begin is None:
        return base if end is not None else paragraph.around.begin
    return base + begin


def _in_one_language(cues: Sequence[tuple[str, Cue]]) -> list[Cue]:
    """The cues without translations: languages that are shown during the chosen one, which is English or the first."""
    starts: dict[str, list[int]] = {}
    for language, cue in cues:
        starts.setdefault(language, []).append(cue.timing.start_ms)
    chosen = next((each for each in starts if each.lower().startswith("en")), next(iter(starts), ""))
    others = [each for each in starts if each != chosen]
    beside = {
        each for each in others if starts[each][0] <= starts[chosen][-1] and starts[chosen][0] <= starts[each][-1]
    }
    return [cue for language, cue in cues if language not in beside]
