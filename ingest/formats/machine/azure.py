"""Azure Speech: batch results (`recognizedPhrases`, in ticks of 100 ns) and fast transcription (`phrases`, in ms).

The display form of the best guess is the text. Words give times only where they are words of that form
(displayWords, or `words` of fast transcription): the plain `words` of a batch are without punctuation.
https://learn.microsoft.com/azure/ai-services/speech-service/batch-transcription-get
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import milliseconds, seconds, span, ticks
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, Word, document, on_channel

_PHRASE_KEYS = {"offsetMilliseconds", "durationMilliseconds"}


def recognise(root: Node) -> bool:
    """Whether it has recognised phrases, or phrases with offsets in milliseconds."""
    phrases = root["phrases"].value
    first = phrases[0] if isinstance(phrases, list) and phrases else None
    fast = isinstance(first, dict) and bool(_PHRASE_KEYS & first.keys())
    return fast or isinstance(root["recognizedPhrases"].value, list)


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be.

    The source's address is taken without its query, which may hold the key to a private store.
    """
    length = ticks(root["durationInTicks"]) or milliseconds(root["durationMilliseconds"])
    address = root["source"].text().strip().partition("?")[0]
    media = address if address.startswith(("http://", "https://")) else None
    facts = stated.or_else(Metadata(media_url=media, duration_ms=length or None))
    channels: dict[str | None, list[Segment]] = {}
    for phrase in (*root["recognizedPhrases"].each(), *root["phrases"].each()):
        if phrase["recognitionStatus"].value in (None, "Success"):
            channels.setdefault(phrase["channel"].name(), []).append(_phrase(phrase))
    if len(channels) > 1:
        named = enumerate(channels.values(), 1)
        found = [[on_channel(each, number) for each in segments] for number, segments in named]
        return document(found, facts, first=1)
    return document(channels.values(), facts, first=1)


def _phrase(node: Node) -> Segment:
    best = node["nBest"].first()
    text = best["display"].text() or best["lexical"].text() or node["text"].text()
    shown = best["displayWords"] if best["displayWords"] else node["words"]
    return Segment(text, *_when(node), (node["speaker"].name() or best["speaker"].name()), tuple(_words(shown)))


def _words(nodes: Node) -> Iterator[Word]:
    for node in nodes.each():
        yield Word((node["displayText"].text() or node["text"].text()).strip(), *_when(node))


def _when(node: Node) -> tuple[int | None, int | None]:
    start, length = ticks(node["offsetInTicks"]), ticks(node["durationInTicks"])
    if start is None:
        start, length = milliseconds(node["offsetMilliseconds"]), milliseconds(node["durationMilliseconds"])
    if start is None:
        start, length = seconds(node["offset"]), seconds(node["duration"])
    return span(start, None if start is None else start + (length or 0), node)
