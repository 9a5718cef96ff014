"""Deepgram: seconds; `results.channels`, one for each channel of the recording, and `results.utterances`.

Words are read first, for they have exact times; without them paragraphs, then utterances, then bare text.
https://developers.deepgram.com/docs (pre-recorded audio)
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import seconds, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, Word, document, on_channel


def recognise(root: Node) -> bool:
    """Whether it has results with channels or utterances."""
    results = root["results"].value
    return isinstance(results, dict) and bool({"channels", "utterances"} & results.keys())


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be."""
    facts = stated.or_else(Metadata(duration_ms=seconds(root["metadata"]["duration"]) or None))
    channels = list(root["results"]["channels"].each())
    found = [list(_channel(each["alternatives"].first())) for each in channels]
    utterances = list(map(_utterance, root["results"]["utterances"].each()))
    timed = any(segment.start_ms is not None or segment.words for each in found for segment in each)
    if utterances and not timed:
        found = [utterances]
    if len(found) > 1:
        found = [[on_channel(each, number) for each in segments] for number, segments in enumerate(found, 1)]
    return document(found, facts)


def _channel(best: Node) -> Iterator[Segment]:
    words = tuple(_words(best["words"]))
    sentences = [
        (paragraph, sentence)
        for paragraph in best["paragraphs"]["paragraphs"].each()
        for sentence in paragraph["sentences"].each()
    ]
    if words or not sentences:
        yield Segment(best["transcript"].text(), words=words)
        return
    for paragraph, sentence in sentences:
        when = span(seconds(sentence["start"]), seconds(sentence["end"]), sentence)
        yield Segment(sentence["text"].text(), *when, paragraph["speaker"].name())


def _utterance(node: Node) -> Segment:
    when = span(seconds(node["start"]), seconds(node["end"]), node)
    return Segment(node["transcript"].text(), *when, node["speaker"].name(), tuple(_words(node["words"])))


def _words(nodes: Node) -> Iterator[Word]:
    for node in nodes.each():
        when = span(seconds(node["start"]), seconds(node["end"]), node)
        text = node["punctuated_word"].text() or node["word"].text()
        yield Word(text.strip(), *when, node["speaker"].name())
