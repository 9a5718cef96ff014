"""whisper.cpp: `transcription`, a list of segments with `offsets` in milliseconds and `timestamps` as clock times."""

from __future__ import annotations

from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import milliseconds, seconds, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, document


def recognise(root: Node) -> bool:
    """Whether the first segment has offsets or timestamps."""
    first = root["transcription"].value
    segment = first[0] if isinstance(first, list) and first else None
    return isinstance(segment, dict) and bool({"offsets", "timestamps"} & segment.keys())


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be."""
    return document([map(_segment, root["transcription"].each())], stated)


def _segment(node: Node) -> Segment:
    clock = node["timestamps"]
    offsets, reader = (node["offsets"], milliseconds) if node["offsets"] else (clock, seconds)
    when = span(reader(offsets["from"]), reader(offsets["to"]), node)
    return Segment(node["text"].text(), *when, node["speaker"].name())
