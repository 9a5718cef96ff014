"""Cuts a transcript into passages: runs of whole sentences, small enough to match one thing, with every speaker named.

Pure: no files, no models. `VERSION` changes whenever the same transcript would be cut differently, or other
boilerplate be found in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from ingest.clock import quote_span
from ingest.openings import openings as openings_of
from ingest.sentences import Span, sentences
from ingest.transcript import Passage, Transcript, Turn

VERSION = "3"
BUDGET_WORDS = 120


@dataclass(frozen=True, slots=True)
class _Sentence:
    turn: Turn
    char_start: int
    char_end: int
    words: int


def split(
    transcript: Transcript,
    budget: int = BUDGET_WORDS,
    *,
    without: Sequence[Span] = (),
    openings: Collection[int] | None = None,
) -> tuple[Passage, ...]:
    """Passages of at most `budget` words, in order, covering every sentence once.

    Only a single sentence that is itself longer than the budget makes a longer passage. A passage that is half full
    ends rather than begin a turn that does not fit in it, so that a question stays with its answer where both fit.
    Sentences that a span of `without` touches are in no passage, and no passage runs over them. Where stories
    begin passages do: with the turns of these indexes, or with those that `ingest.openings` finds.
    """
    turn_words = _words_by_turn(transcript)
    begins = openings_of(transcript) if openings is None else openings
    groups = (group for run in _runs(transcript, without, begins) for group in _groups(run, turn_words, budget))
    return tuple(_passage(transcript, group) for group in groups)


def indexed_text(transcript: Transcript, passage: Passage) -> str:
    """The passage as it is embedded: title, date, source and programme first, each turn after its speaker and role."""
    t = transcript
    return "\n".join([head(t.title, t.published, t.source, t.programme), *_spoken(transcript, passage)])


def head(title: str, published: date | None, source: str | None, programme: str | None = None) -> str:
    """ "Webb telescope launch · 25 December 2021 · Northgate Radio · Morning Ledger", as far as it is known.

    A programme that stands for its source is named once.
    """
    day = f"{published.day} {published:%B %Y}" if published else ""
    return " · ".join(part for part in (title, day, source, programme if programme != source else None) if part)


def _spoken(transcript: Transcript, passage: Passage) -> Iterator[str]:
    for turn in transcript.turns[passage.first_turn : passage.last_turn + 1]:
        start, end = max(turn.char_start, passage.char_start), min(turn.char_end, passage.char_end)
        name = ", ".join(part for part in (turn.speaker, turn.role) if part)
        text = transcript.text[start:end]
        yield f"{name}: {text}" if name else text


def _sentences(transcript: Transcript) -> Iterator[_Sentence]:
    for turn in transcript.turns:
        for start, end in sentences(turn.text):
            words = len(turn.text[start:end].split())
            yield _Sentence(turn, turn.char_start + start, turn.char_start + end, words)


def _runs(transcript: Transcript, without: Sequence[Span], openings: Collection[int]) -> Iterator[list[_Sentence]]:
    """The sentences that are left, those that follow on one another in one story together."""
    run: list[_Sentence] = []
    begins = frozenset(openings)
    for sentence in _sentences(transcript):
        touched = _is_touched(sentence, without)
        if touched or (run and sentence.turn.index in begins and run[-1].turn is not sentence.turn):
            yield run
            run = []
        if not touched:
            run.append(sentence)
    yield run


def _is_touched(sentence: _Sentence, spans: Iterable[Span]) -> bool:
    return any(start < sentence.char_end and sentence.char_start < end for start, end in spans)


def _groups(run: Iterable[_Sentence], turn_words: dict[int, int], budget: int) -> Iterator[list[_Sentence]]:
    group: list[_Sentence] = []
    for sentence in run:
        if group and _closes(group, sentence, turn_words, budget):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _closes(group: list[_Sentence], sentence: _Sentence, turn_words: dict[int, int], budget: int) -> bool:
    held = sum(member.words for member in group)
    if held + sentence.words > budget:
        return True
    begins_turn = sentence.turn.index != group[-1].turn.index
    return begins_turn and held * 2 >= budget and held + turn_words[sentence.turn.index] > budget


def _words_by_turn(transcript: Transcript) -> dict[int, int]:
    return {turn.index: len(turn.text.split()) for turn in transcript.turns}


def _passage(transcript: Transcript, group: list[_Sentence]) -> Passage:
    first, last = group[0], group[-1]
    start, end = first.char_start, last.char_end
    turns = transcript.turns[first.turn.index : last.turn.index + 1]
    begins = quote_span(first.turn, start, min(end, first.turn.char_end))
    ends = quote_span(last.turn, max(start, last.turn.char_start), end)
    return Passage(
        id=sha256(f"{transcript.id}:{start}:{end}".encode()).hexdigest()[:16],
        transcript_id=transcript.id,
        first_turn=first.turn.index,
        last_turn=last.turn.index,
        char_start=start,
        char_end=end,
        speakers=tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
        start_ms=begins.start_ms,
        end_ms=ends.end_ms,
        text=transcript.text[start:end],
        interpolated=begins.interpolated,
    )
