"""Rev and Rev AI: `monologues`, each a speaker with elements that are words with times or the marks between them.

Rev AI writes `ts` and `end_ts` in seconds, Rev's human transcripts `timestamp` and `end_timestamp` as clock
times. Names stand in `speakers` or `speaker_info`, where somebody wrote them in.
https://docs.rev.ai/api/asynchronous/transcripts
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import seconds, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, Word, document


def recognise(root: Node) -> bool:
    """Whether the first monologue has elements."""
    monologues = root["monologues"].value
    first = monologues[0] if isinstance(monologues, list) and monologues else None
    return isinstance(first, dict) and isinstance(first.get("elements"), list)


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be."""
    names = {each["id"].name(): each["name"].name() for each in root["speakers"].each()}
    return document([(_segment(each, names) for each in root["monologues"].each())], stated)


def _segment(node: Node, names: Mapping[str | None, str | None]) -> Segment:
    number = node["speaker"].name()
    label = node["speaker_info"]["display_name"].name() or names.get(number) or number
    text = "".join(element["value"].text() for element in node["elements"].each())
    return Segment(text, label=label, words=tuple(_words(node["elements"])))


def _words(nodes: Node) -> Iterator[Word]:
    for node in nodes.each():
        start = node["ts"] if node["ts"] else node["timestamp"]
        end = node["end_ts"] if node["end_ts"] else node["end_timestamp"]
        if node["type"].value != "punct":
            yield Word(node["value"].text().strip(), *span(seconds(start), seconds(end), node))
