"""A passage as a language model was given it, and which of its sentences bear a claim out best.

Holds and ranks; the checks that decide are in `checks.py`. Evidence never runs over the end of a turn, so
that it has one speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.sentences import sentences
from ingest.transcript import Passage, Transcript, Turn
from rag.numbers import Number, numbers
from rag.results import Hit
from rag.stems import content_stems

_NUMBER_WEIGHT, _QUOTE_WEIGHT, _SENTENCE_COSTS = 2, 100, 1.5
_LONGEST_RUN = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A verbatim stretch of one turn: `transcript.text[start:end] == text`."""

    start: int
    end: int
    text: str
    turn: Turn
    stems: frozenset[str] = field(repr=False)
    numbers: tuple[Number, ...] = field(repr=False)
    sentences: int = 1

    @property
    def said_by(self) -> str:
        """Who speaks, and in what role; empty for narration."""
        return ", ".join(part for part in (self.turn.speaker, self.turn.role) if part)


@dataclass(frozen=True, slots=True)
class Given:
    """Passage `number` of the prompt, with everything a claim about it may be checked against.

    `speech` has what each turn contributes, `spans` every run of up to four sentences within a turn.
    `title`, `origin` (source and date) and `people` (who speaks, in what role) are known beside the words.
    """

    number: int
    hit: Hit
    transcript: Transcript
    text: str
    title: str
    origin: str
    people: str
    speech: tuple[Span, ...] = field(repr=False)
    spans: tuple[Span, ...] = field(repr=False)

    @property
    def facts(self) -> str:
        """All that is known beside the words spoken."""
        return f"{self.title}\n{self.origin}\n{self.people}"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a written sentence says, as it is compared. `quoted` are the words it puts in quotation marks."""

    text: str
    stems: frozenset[str]
    numbers: tuple[Number, ...]
    quoted: tuple[str, ...]


_SINGLE_QUOTED = re.compile(r"(?<!\w)‘([^‘’]+)’(?!\w)")
_PLAIN = {'"': "“”„‟«»", "'": "‘’\u201a\u201b", "-": "–—\u2011"}
_STRAIGHT = {ord(sign): plain for plain, signs in _PLAIN.items() for sign in signs}


def claim(text: str) -> Claim:
    """Reads a sentence, markers already taken off."""
    return Claim(
        text,
        content_stems(text),
        numbers(text, claims=True),
        (*_double_quoted(text), *_SINGLE_QUOTED.findall(text)),
    )


def given(number: int, hit: Hit, transcript: Transcript) -> Given:
    """The passage of the hit with its sentences found in the transcript."""
    passage = hit.passage
    turns = [
        turn for turn in transcript.turns if turn.char_start < passage.char_end and passage.char_start < turn.char_end
    ]
    speech = tuple(_speech(turn, passage, transcript) for turn in turns)
    spans = tuple(run for part in speech for run in _runs(part, transcript))
    text = transcript.text[passage.char_start : passage.char_end]
    people = "\n".join(dict.fromkeys(span.said_by for span in speech))
    return Given(number, hit, transcript, text, transcript.title, _origin(transcript), people, speech, spans)


def flattened(text: str) -> str:
    """For comparing quotes: curly signs straight, white space collapsed, nothing else changed."""
    return " ".join(text.translate(_STRAIGHT).split())


def holds(text: str, quoted: str) -> bool:
    """Whether the quoted words are in the text, but for a stop at their end and a capital at their start."""
    words, within = flattened(quoted).strip(" .,;:!?"), flattened(text)
    return words in within or words[:1].swapcase() + words[1:] in within


def best_span(written: Claim, spans: Iterable[Span]) -> Span | None:
    """The sentence that shares most with the claim, or several in a row that each add enough."""
    best = max(spans, key=lambda span: (shared(written, span), span.start - span.end), default=None)
    return best if best and written.stems & best.stems else None


def shared(written: Claim, span: Span) -> float:
    """How much of the claim the span has: its stems, its numbers twice, and its quoted words above all."""
    agreeing = sum(any(number.agrees(other) for other in span.numbers) for number in written.numbers)
    whole = sum(holds(span.text, words) for words in written.quoted)
    length = _SENTENCE_COSTS * (span.sentences - 1)
    return len(written.stems & span.stems) + _NUMBER_WEIGHT * agreeing + _QUOTE_WEIGHT * whole - length


def _double_quoted(text: str) -> list[str]:
    """The words in double quotation marks, also where a quotation began or ends in another sentence."""
    pieces = flattened(text).split('"')
    goes_on = len(pieces) % 2 == 0
    first = 0 if goes_on and not any(map(str.isalnum, pieces[-1])) else 1
    return [piece.strip() for piece in pieces[first::2] if any(map(str.isalnum, piece))]


def _speech(turn: Turn, passage: Passage, transcript: Transcript) -> Span:
    start, end = max(turn.char_start, passage.char_start), min(turn.char_end, passage.char_end)
    return _span(start, end, turn, transcript)


def _runs(part: Span, transcript: Transcript) -> Iterator[Span]:
    places = [(part.start + a, part.start + b) for a, b in sentences(part.text)]
    for first, (start, _) in enumerate(places):
        for count, (_, end) in enumerate(places[first : first + _LONGEST_RUN], start=1):
            yield _span(start, end, part.turn, transcript, count)


def _span(start: int, end: int, turn: Turn, transcript: Transcript, count: int = 1) -> Span:
    text = transcript.text[start:end]
    return Span(start, end, text, turn, content_stems(text), numbers(text), count)


def _origin(transcript: Transcript) -> str:
    day = transcript.published
    dates = [day.isoformat(), f"{day.day} {day:%B %Y %A}"] if day else []
    return "\n".join([transcript.source or "", *dates])
