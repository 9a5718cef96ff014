"""What the reader is given of a passage: its head, each turn after who speaks, and where the sentences lie in that.

Training makes its sheets the same way, so that what is learned is what will be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from ingest.passages import head
from ingest.transcript import Transcript, Turn
from rag.results import Hit
from rag.spans import spans_within

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """The sentences of one turn, and who says them as far as it is known."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text to read; `spans` are its sentences, in characters of it."""

    text: str
    spans: tuple[Span, ...]


def laid_out(title: str, turns: tuple[Said, ...]) -> Sheet:
    """The title on a line, then each turn on one, its speaker before it."""
    pieces = list(_pieces(title, turns))
    ends = list(accumulate(len(text) for text, _ in pieces))
    spans = [(end - len(text), end - 1) for end, (text, is_sentence) in zip(ends, pieces, strict=True) if is_sentence]
    return Sheet("".join(text for text, _ in pieces), tuple(spans))


def _pieces(title: str, turns: tuple[Said, ...]) -> Iterator[tuple[str, bool]]:
    if title:
        yield f"{title}\n", False
    for turn in turns:
        if turn.name:
            yield f"{turn.name}: ", False
        last = len(turn.sentences) - 1
        for at, sentence in enumerate(turn.sentences):
            yield sentence + ("\n" if at == last else " "), True


def sheet_of(hit: Hit, transcript: Transcript) -> tuple[Sheet, tuple[Span, ...]]:
    """The sheet of a passage found, and its sentences' places in the transcript, in the same order."""
    told, spans = heard(hit, transcript)
    return laid_out(head(hit.title, hit.published, hit.source), told), spans


def heard(hit: Hit, transcript: Transcript) -> tuple[tuple[Said, ...], tuple[Span, ...]]:
    """The turns of a passage found, as far as they are in it, and the places of their sentences."""
    turns = transcript.turns[hit.passage.first_turn : hit.passage.last_turn + 1]
    places = [(turn, list(spans_within(turn, hit.passage))) for turn in turns]
    told = tuple(Said(_name(turn), tuple(transcript.text[a:b] for a, b in spans)) for turn, spans in places if spans)
    return told, tuple(span for _, spans in places for span in spans)


def _name(turn: Turn) -> str:
    return ", ".join(part for part in (turn.speaker, turn.role) if part)
