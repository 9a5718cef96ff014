"""Google Speech-to-Text, v1 and v2: `results`, each with alternatives whose words have times such as "1.300s".

In v1 with voices told apart, the last result says every word once more, with its speakerTag; then only that
one is read. v2 has a speakerLabel at each word and leaves a time of zero out. Long-running operations keep
the results under `response`, batches of v2 under the address of each file.
https://cloud.google.com/speech-to-text/docs/reference/rest
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import duration, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, Word, document, on_channel


def recognise(root: Node) -> bool:
    """Whether results have alternatives with a transcript or words, wherever they are kept."""
    return _results(root) is not None


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be."""
    results = _results(root)
    segments = list(_segments(results)) if results else []
    if len(segments) > 1 and _says_all_again(segments):
        segments = segments[-1:]
    bare = [each._replace(label=None) for each in segments]
    channels: dict[str | None, list[Segment]] = {}
    for segment, plain in zip(segments, bare, strict=True):
        channels.setdefault(segment.label, []).append(on_channel(plain, segment.label or "?"))
    return document(channels.values() if len(channels) > 1 else [bare], stated, first=1)


def _results(root: Node) -> Node | None:
    """The list of results, None where there is none of Google's."""
    several = root["results"].value
    batch = list(several) if isinstance(several, dict) and len(several) == 1 else []
    inner = root["results"][str(batch[0])] if batch else root
    for place in (root["results"], root["response"]["results"], inner["transcript"]["results"]):
        first = place.value[0] if isinstance(place.value, list) and place.value else None
        choices = first.get("alternatives") if isinstance(first, dict) else None
        best = choices[0] if isinstance(choices, list) and choices else None
        if isinstance(best, dict) and {"transcript", "words"} & best.keys():
            return place
    return None


def _segments(results: Node) -> Iterator[Segment]:
    """One segment a result. A result without times of words lasts from the end of the one before it."""
    last = 0
    for result in results.each():
        best = result["alternatives"].first()
        end = duration(_either(result, "resultEndTime", "resultEndOffset", "result_end_time"))
        when = span(last if end is not None else None, end, result)
        channel = _either(result, "channelTag", "channel_tag").name()
        words = tuple(_words(best["words"]))
        yield Segment(best["transcript"].text(), *when, channel, words)
        last = max(last, end or 0)


def _words(nodes: Node) -> Iterator[Word]:
    last = 0
    for node in nodes.each():
        start = duration(_either(node, "startTime", "startOffset", "start_time"))
        end = duration(_either(node, "endTime", "endOffset", "end_time"))
        if end is not None and start is None:
            start = min(last, end)
        when = span(start, end, node)
        last = when.end_ms or last
        tag = _either(node, "speakerTag", "speakerLabel", "speaker_tag").name()
        yield Word(node["word"].text().strip(), *when, None if tag == "0" else tag)


def _says_all_again(segments: Sequence[Segment]) -> bool:
    """Whether the last segment has a voice for each of its words, and is as long and as early as all before it."""
    last = segments[-1].words
    if not last or not all(word.label for word in last):
        return False
    starts = [segment.words[0].start_ms for segment in segments if segment.words]
    before = sum(len(segment.words) for segment in segments[:-1])
    return len(last) >= before and all((starts[-1] or 0) <= (start or 0) for start in starts)


def _either(node: Node, *keys: str) -> Node:
    return next((node[key] for key in keys if node[key]), node[keys[0]])
