"""The JSON transcript of Podcasting 2.0: `segments` with startTime and endTime in seconds, speaker and body.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/transcripts/transcripts.md
"""

from __future__ import annotations

from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import seconds, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, document


def recognise(root: Node) -> bool:
    """Whether the first segment has a body."""
    segments = root["segments"].value
    first = segments[0] if isinstance(segments, list) and segments else None
    return isinstance(first, dict) and "body" in first


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be."""
    return document([map(_segment, root["segments"].each())], stated)


def _segment(node: Node) -> Segment:
    when = span(seconds(node["startTime"]), seconds(node["endTime"]), node)
    return Segment(node["body"].text(), *when, node["speaker"].name())
