"""AWS Transcribe: times in seconds as text; `items` are words and marks; voices are told in three places.

Each item may have a speaker_label (since 2022), `speaker_labels.segments` names the voice by start times
(before), or each channel has items of its own.
https://docs.aws.amazon.com/transcribe/latest/dg/diarization-output-batch.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingest.errors import Malformed
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import seconds, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, Word, document, on_channel, written


def recognise(root: Node) -> bool:
    """Whether it has results with transcripts or items."""
    results = root["results"].value
    return isinstance(results, dict) and bool({"transcripts", "items"} & results.keys())


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for times that cannot be, and for a job that was not finished."""
    status = root["status"].value
    if status in ("IN_PROGRESS", "QUEUED", "FAILED"):
        cause = f"is a job of AWS Transcribe that was not finished: its status is {status}."
        raise Malformed(root.path, cause, "Fetch it again when its status is COMPLETED.")
    results = root["results"]
    channels = list(results["channel_labels"]["channels"].each())
    if len(channels) > 1:
        return document(map(_channel, channels), stated)
    text = " ".join(each["transcript"].text() for each in results["transcripts"].each())
    words = tuple(_words(results["items"], _voices(results["speaker_labels"])))
    return document([[Segment(text, words=words)]], stated)


def _channel(node: Node) -> Iterator[Segment]:
    number = (node["channel_label"].name() or "").removeprefix("ch_")
    words = tuple(_words(node["items"], {}))
    yield on_channel(Segment(written(words), words=words), int(number) + 1 if number.isdecimal() else number)


def _voices(labels: Node) -> Mapping[int | None, str | None]:
    """The voice of each word by its start, in milliseconds."""
    return {
        seconds(item["start_time"]): item["speaker_label"].name() or segment["speaker_label"].name()
        for segment in labels["segments"].each()
        for item in segment["items"].each()
    }


def _words(nodes: Node, voices: Mapping[int | None, str | None]) -> Iterator[Word]:
    label = None
    for node in nodes.each():
        mark = node["type"].value == "punctuation"
        text = node["alternatives"].first()["content"].text().strip()
        when = span(seconds(node["start_time"]), seconds(node["end_time"]), node)
        label = label if mark else node["speaker_label"].name() or voices.get(when.start_ms)
        yield Word(text, *when, label, glued=mark)
