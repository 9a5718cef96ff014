"""Whisper and its kin: openai-whisper, the OpenAI API, WhisperX, faster-whisper, whisper-timestamped, Transformers.

Segments in seconds under `segments` (or `chunks`, with a `timestamp` of two), or a bare list of them; words,
where there are any, give exact times, and WhisperX gives each a speaker. faster-whisper's segments may be
rows of values instead of objects. ElevenLabs writes words in the same way, with a speaker_id.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import seconds, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, Word, document

_ROW = ("id", "seek", "start", "end", "text")
_LISTS = ("segments", "chunks", "words")


def recognise(root: Node) -> bool:
    """Whether it is Whisper's: segments with start and text, chunks with a timestamp, or words with a start."""
    return any(_is_segment(each.first().value) for each in _lists(root))


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be."""
    found = next(each for each in _lists(root) if _is_segment(each.first().value))
    facts = stated.or_else(Metadata(duration_ms=seconds(root["duration"]) or None))
    if not root["segments"] and found.where.endswith(".words"):
        return document([[Segment(root["text"].text(), words=tuple(_words(found)))]], facts)
    return document([map(_segment, found.each())], facts)


def _lists(root: Node) -> Iterator[Node]:
    for each in (root, *(root[name] for name in _LISTS)):
        if isinstance(each.value, list) and each.value:
            yield each


def _is_segment(value: object) -> bool:
    if isinstance(value, list):
        return len(value) >= 5 and isinstance(value[4], str) and all(isinstance(n, int | float) for n in value[:4])
    if not isinstance(value, dict) or not isinstance(value.get("text", value.get("word")), str):
        return False
    return "start" in value or isinstance(value.get("timestamp"), list)


def _segment(node: Node) -> Segment:
    if isinstance(node.value, list):
        node = Node(dict(zip(_ROW, node.value, strict=False)), node.path, node.where)
    times = list(node["timestamp"].each()) if node["timestamp"] else [node["start"], node["end"]]
    if len(times) != 2:
        raise node["timestamp"].malformed("should have a list of two times")
    when = span(seconds(times[0]), seconds(times[1]), node)
    return Segment(node["text"].text(), *when, node["speaker"].name(), tuple(_words(node["words"])))


def _words(nodes: Node) -> Iterator[Word]:
    """Words; where most have a space before them, one without is the end of the word before: " five", "-year"."""
    found = [(node["word"].text() or node["text"].text(), node) for node in nodes.each()]
    spaced = 2 * sum(raw[:1].isspace() for raw, _ in found) > len(found)
    for raw, node in found:
        when = span(seconds(node["start"]), seconds(node["end"]), node)
        label = node["speaker"].name() or node["speaker_id"].name()
        yield Word(raw.strip(), *when, label, glued=spaced and not raw[:1].isspace())
