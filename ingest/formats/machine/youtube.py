"""YouTube's own captions: json3, timedtext XML (srv1, srv2, srv3), and the list of youtube-transcript-api.

An event is shown until the next one begins or its time is over, and is a cue of `captions`, which knows ">>"
and names. Automatic captions stand there word by word and never twice; what is appended to a line goes on
it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from ingest.formats.captions import document
from ingest.formats.cue import Cue
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.json_text import clean_json
from ingest.formats.machine.times import milliseconds, seconds
from ingest.formats.machine.tree import Node
from ingest.formats.timings import Timing
from ingest.formats.xml_tree import Node as Element
from ingest.formats.xml_tree import read_xml

_ROOT = re.compile(r"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--[^<>]{0,500}-->\s*)?<(?:timedtext|transcript)[\s>]")


class Event(NamedTuple):
    """A line of captions as it appears: `appended` to what is there, or new. Times are milliseconds."""

    start_ms: int
    length_ms: int | None
    text: str
    appended: bool = False


def recognise(root: Node) -> bool:
    """Whether it is json3, with events that have a tStartMs, or a list of text, start and duration."""
    events = root["events"].value
    if isinstance(events, list):
        return any(isinstance(event, dict) and "tStartMs" in event for event in events[:20])
    first = root.value[0] if isinstance(root.value, list) and root.value else None
    return isinstance(first, dict) and {"text", "start", "duration"} <= first.keys()


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document of JSON captions. Raises Malformed for times that cannot be."""
    listed = isinstance(root.value, list)
    events = map(_listed, root.each()) if listed else map(_json3, root["events"].each())
    return _document(list(events), stated)


def sniff(text: str) -> int:
    """3 for timedtext XML."""
    return 3 if _ROOT.match(text[:2000]) else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of timedtext XML. Raises Malformed for broken XML and for times that cannot be."""
    return _document([_xml(each, path) for each in _elements(read_xml(text, path))], stated)


def _json3(node: Node) -> Event:
    text = html.unescape("".join(_raw(segment["utf8"]) for segment in node["segs"].each()))
    start, length = milliseconds(node["tStartMs"]), milliseconds(node["dDurationMs"])
    return Event(start or 0, length, text, bool(node["aAppend"].value))


def _listed(node: Node) -> Event:
    return Event(seconds(node["start"]) or 0, seconds(node["duration"]), html.unescape(_raw(node["text"])))


def _raw(node: Node) -> str:
    """The text with its line ends, which part speakers here."""
    node.text()
    return clean_json(node.value) if isinstance(node.value, str) else ""


def _elements(root: Element) -> Iterator[Element]:
    for each in root.elements:
        if each.name in ("p", "text"):
            yield each
        else:
            yield from _elements(each)


def _xml(element: Element, path: Path) -> Event:
    """srv1 has start and dur in seconds, srv2 and srv3 have t and d in milliseconds."""
    stated = Node(element.attributes, path, f"<{element.name}> in line {element.line}")
    start = seconds(stated["start"]) if stated["start"] else milliseconds(stated["t"])
    length = seconds(stated["dur"]) if stated["dur"] else milliseconds(stated["d"])
    appended = "1" in (stated["a"].value, stated["append"].value)
    return Event(start or 0, length, clean_json(html.unescape(_verbatim(element))), appended)


def _verbatim(element: Element) -> str:
    return "".join(each if isinstance(each, str) else _verbatim(each) for each in element.children)


def _document(events: Sequence[Event], stated: Metadata) -> Document:
    lines = list(_lines(events))
    cues = [_cue(line, following) for line, following in zip_longest(lines, lines[1:])]
    return document(cues, stated)


def _lines(events: Sequence[Event]) -> Iterator[Event]:
    """The events that say something, those joined that go on inside a word."""
    line: Event | None = None
    spaced = True
    for event in events:
        goes_on = event.appended and line and not spaced and not event.text[:1].isspace()
        spaced = event.text[-1:].isspace() if event.text else spaced
        if goes_on and line and event.text:
            end = event.start_ms + (event.length_ms or 0)
            line = line._replace(text=line.text + event.text, length_ms=max(0, end - line.start_ms))
        elif event.text.strip():
            if line:
                yield line
            line = event
    if line:
        yield line


def _cue(line: Event, following: Event | None) -> Cue:
    after = following.start_ms if following and following.start_ms > line.start_ms else None
    own = line.start_ms + line.length_ms if line.length_ms is not None else None
    end = min((time for time in (after, own) if time is not None), default=line.start_ms)
    return Cue(Timing(line.start_ms, end, 0), ((None, line.text.strip()),))
