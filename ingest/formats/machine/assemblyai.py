"""AssemblyAI: times in milliseconds; `utterances` where speakers A, B, … are told apart, else words.

Its endpoints for sentences and paragraphs are read too. https://www.assemblyai.com/docs (transcript object)
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.errors import Malformed
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import milliseconds, seconds, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, Word, document

_LISTS = ("utterances", "sentences", "paragraphs", "words")
_OWN_KEYS = frozenset(("audio_url", "language_model", "acoustic_model", "speech_model", "speaker_labels", "punctuate"))


def recognise(root: Node) -> bool:
    """Whether it has keys of AssemblyAI's, or text with times that are whole numbers (Whisper's are not)."""
    if not isinstance(root.value, dict):
        return False
    if "text" in root.value and len(_OWN_KEYS & root.value.keys()) > 1:
        return True
    return any(_in_milliseconds(root.value.get(name)) for name in _LISTS)


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be, and for a job that was not finished."""
    status = root["status"].value
    if status in ("queued", "processing", "error"):
        remedy = "Ask AssemblyAI for it again when its status is completed."
        raise Malformed(root.path, f"is a job of AssemblyAI that was not finished: its status is {status}.", remedy)
    url = root["audio_url"].text().strip()
    facts = stated.or_else(Metadata(media_url=url or None, duration_ms=seconds(root["audio_duration"]) or None))
    lists = (root[name] for name in _LISTS[:-1] if root[name].value)
    found = next(lists, None)
    whole = Segment(root["text"].text(), words=tuple(_words(root["words"])))
    return document([map(_segment, found.each()) if found else [whole]], facts)


def _in_milliseconds(value: object) -> bool:
    sample = [each for each in value[:20] if isinstance(each, dict)] if isinstance(value, list) else []
    times = [each.get(key) for each in sample for key in ("start", "end")]
    whole = all(isinstance(time, int) for time in times) and all(isinstance(each.get("text"), str) for each in sample)
    return bool(sample) and whole and sample[-1]["end"] >= 100


def _segment(node: Node) -> Segment:
    when = span(milliseconds(node["start"]), milliseconds(node["end"]), node)
    return Segment(node["text"].text(), *when, node["speaker"].name(), tuple(_words(node["words"])))


def _words(nodes: Node) -> Iterator[Word]:
    for node in nodes.each():
        when = span(milliseconds(node["start"]), milliseconds(node["end"]), node)
        yield Word(node["text"].text().strip(), *when, node["speaker"].name())
