"""Speechmatics (json-v2): `results`, a list of words and marks, each with alternatives that have `content`.

Voices are S1, S2, … and UU for one that was not told from others.
https://docs.speechmatics.com (batch output)
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import seconds, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, Word, document, written


def recognise(root: Node) -> bool:
    """Whether results have alternatives with content."""
    results = root["results"].value
    first = results[0] if isinstance(results, list) and results else None
    choices = first.get("alternatives") if isinstance(first, dict) else None
    best = choices[0] if isinstance(choices, list) and choices else None
    return isinstance(best, dict) and "content" in best


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be."""
    words = tuple(_words(root["results"]))
    facts = stated.or_else(Metadata(duration_ms=seconds(root["job"]["duration"]) or None))
    return document([[Segment(written(words), words=words)]], facts, first=1)


def _words(nodes: Node) -> Iterator[Word]:
    for node in nodes.each():
        best = node["alternatives"].first()
        when = span(seconds(node["start_time"]), seconds(node["end_time"]), node)
        mark = node["type"].value == "punctuation" and node["attaches_to"].value in (None, "previous", "both")
        yield Word(best["content"].text().strip(), *when, best["speaker"].name(), glued=mark)
