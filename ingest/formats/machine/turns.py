"""JSON that says who says what and nothing else: a list of speaker and text, or two lists side by side.

    [{"speaker": "ANN LEE", "text": "Good evening."}, …]      also under "transcript", "turns", "dialogue", …
    {"speaker": ["ANN LEE", …], "utt": ["Good evening.", …]}  as in the MediaSum collection (Zhu et al. 2021)

Times in seconds are read where there are any. What the object states beside them, a title or a date, is read
by the names of its keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.formats.columns import facts_of, guess_columns
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.machine.times import seconds, span
from ingest.formats.machine.tree import Node
from ingest.formats.machine.words import Segment, document

_LISTS = ("transcript", "turns", "utterances", "dialogue", "dialog", "conversation", "segments", "monologues", "text")
_SPEAKERS = ("speaker", "speaker_name", "speakerName", "name")
_TEXTS = ("text", "utterance", "content", "body", "utt")
_SIDE_BY_SIDE = (("speaker", "utt"), ("speakers", "utterances"), ("speaker", "text"))


def recognise(root: Node) -> bool:
    """Whether there is a list of speaker and text, or two lists of the same length."""
    return _turns(root) is not None or _pair(root) is not None


def read(root: Node, stated: Metadata = NOTHING) -> Document:
    """The document. Raises Malformed for a speaker or a text that is none, and for times that cannot be."""
    values = root.value if isinstance(root.value, dict) else {}
    keys = {str(key): value for key, value in values.items() if isinstance(value, str | int)}
    facts = stated.or_else(facts_of(keys, guess_columns(keys)) if keys else NOTHING)
    turns, pair = _turns(root), _pair(root)
    if turns:
        return document([map(_segment, turns.each())], facts)
    return document([_side_by_side(*pair)] if pair else [], facts)


def _turns(root: Node) -> Node | None:
    for each in (root, *(root[name] for name in _LISTS)):
        first = each.value[0] if isinstance(each.value, list) and each.value else None
        if isinstance(first, dict) and _key(first, _TEXTS) and _key(first, _SPEAKERS):
            return each
    return None


def _key(found: dict[str, object], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if isinstance(found.get(name), str)), None)


def _pair(root: Node) -> tuple[Node, Node] | None:
    for speakers, texts in ((root[one], root[other]) for one, other in _SIDE_BY_SIDE):
        one, other = speakers.value, texts.value
        if isinstance(one, list) and isinstance(other, list) and len(one) == len(other) > 0:
            return speakers, texts
    return None


def _segment(node: Node) -> Segment:
    speaker = next((node[name] for name in _SPEAKERS if node[name]), node["speaker"])
    text = next((node[name] for name in _TEXTS if node[name]), node["text"])
    start = next((node[name] for name in ("start", "start_time", "startTime") if node[name]), node["start"])
    end = next((node[name] for name in ("end", "end_time", "endTime") if node[name]), node["end"])
    return Segment(text.text(), *span(seconds(start), seconds(end), node), speaker.name())


def _side_by_side(speakers: Node, texts: Node) -> Iterator[Segment]:
    for speaker, text in zip(speakers.each(), texts.each(), strict=True):
        yield Segment(text.text(), label=speaker.name())
