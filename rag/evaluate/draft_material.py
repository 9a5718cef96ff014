"""Sentences of an archive that questions can be made of, from transcripts spread over its time. Makes none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from random import Random

from ingest.archive import Archive
from ingest.rows import Entry
from ingest.sentences import Span, sentences
from ingest.transcript import Transcript
from rag.evaluate.topics import Topic, Topics
from rag.orders import gives_orders
from rag.stems import content_stems

_FEWEST_WORDS, _MOST_WORDS = 8, 40
_FEWEST_TRANSCRIPTS, _MOST_TRANSCRIPTS = 40, 400
_GOLDEN = 0.6180339887498949
_MOST_OF_A_SPEAKER = 20
_NOBODY = re.compile(
    r"\b(?:unidentified|unknown|reporter|moderator|speaker|question|audience|voice|operator|official|participant|aide"
    r"|staff|q)s?\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[“\"]?[A-Z0-9]")
_LEANS = re.compile(r"[“\"]?(?:and|but|so|or|yes|no|well|okay|now|then|also)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.][”\"]?\Z")
_SMALL_TALK = re.compile(
    r"\b(?:thank you|thanks|good (?:morning|afternoon|evening)|happy new year|welcome|hi|hello|hey|go ahead|my name is"
    r"|next question|follow[- ]up|joins? us|joined by|with (?:me|us) (?:is|are|now)|reports? from|turn (?:it |over )*to"
    r"|take (?:\w+ ){0,3}questions?|question-and-answer|(?:his|her|their|brief|opening) remarks|on background|embargo"
    r"|let me|get into|go back to|(?:want|like|going) to (?:start|begin|say|add|ask|talk|turn|get|go|take)|just wanted"
    r"|i(?:['’]ll| will) (?:say|just|turn|let)|read ?out|are here to|briefing room|topper|said earlier|mentioned"
    r"|as you (?:all )?know|you guys|special guests?)\b",
    re.IGNORECASE,
)
_BROKEN = re.compile(r"\w-\s|\[|—.*—|…|\n|\bI(?:['’]m| am) [A-Z]")
"""Where speech breaks off or begins anew, something was left out, or somebody says who they are."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with where it stands. `number` counts all sentences read, `passage` tells where others are near."""

    number: int
    text: str
    speaker: str | None
    source: str
    title: str
    transcript_id: str
    passage: str
    before: str
    after: str


@dataclass(frozen=True)
class Material:
    """The sentences good for a question, interleaved so that any run of them is spread, and what they are about."""

    archive: Archive
    entries: Sequence[Entry]
    sentences: Sequence[Sentence]
    every: Sequence[Sentence]
    topics: Topics

    def about(self, sentence: Sentence) -> tuple[Topic, ...]:
        """The sentence's topics without those that name somebody who speaks, as in "That is so, Steve"."""
        given, family = self._called
        return tuple(
            topic
            for topic in self.topics.of(sentence.text)
            if not topic.stems <= given and not content_stems(topic.text.split()[-1]) & family
        )

    @cached_property
    def _called(self) -> tuple[frozenset[str], frozenset[str]]:
        """The stems of all speakers' names, and of their last names alone."""
        names = {speaker for each in self.entries for speaker in each.speakers}
        family = (content_stems(name.split()[-1]) for name in names if name.strip())
        return content_stems(" ".join(names)), frozenset[str]().union(*family)

    def only(self, sentence: Sentence, topic: Topic) -> bool:
        """Whether nobody else, and the speaker nowhere else in what was read, speaks about the topic."""
        return self.topics.holding(topic.stems) == {sentence.number}

    def only_theirs(self, sentence: Sentence, topic: Topic) -> bool:
        """Whether the speaker has no other sentence about the topic in what was read."""
        held = (self.every[number] for number in self.topics.holding(topic.stems))
        return {each.number for each in held if each.speaker == sentence.speaker} == {sentence.number}

    @cached_property
    def speakers(self) -> Mapping[str, tuple[str, ...]]:
        """Everybody named, with the ids of the transcripts they speak in."""
        found: dict[str, list[str]] = defaultdict(list)
        for entry in self.entries:
            for speaker in filter(is_named, entry.speakers):
                found[speaker].append(entry.id)
        return {speaker: tuple(ids) for speaker, ids in found.items()}

    def stems_around(self, speaker: str) -> frozenset[str] | None:
        """All stems of the transcripts the speaker is in; None for somebody in too many to be sure of."""
        ids = self.speakers[speaker]
        if len(ids) > _MOST_OF_A_SPEAKER:
            return None
        read = (self.archive.transcript(each) for each in ids)
        return frozenset[str]().union(*(content_stems(f"{each.title}\n{each.text}") for each in read))


def gather(archive: Archive, count: int, rng: Random) -> Material:
    """Reads as many transcripts as `count` questions need, up to 400."""
    entries = archive.entries()
    wanted = min(max(_FEWEST_TRANSCRIPTS, 2 * count), _MOST_TRANSCRIPTS)
    names = Counter(Path(entry.place).name for entry in entries)
    every: list[Sentence] = []
    for entry in _spread(entries, rng)[:wanted]:
        name = Path(entry.place).name
        source = name if names[name] == 1 else entry.id
        every.extend(_read(archive.transcript(entry.id), archive.passage_spans(entry.id), source, len(every)))
    good = [sentence for sentence in every if _is_good(sentence.text)]
    return Material(archive, entries, _interleaved(good), every, Topics(each.text for each in every))


def is_named(speaker: str) -> bool:
    """Whether a question can name the speaker: "Mara Lindqvist" and "Ms. Arden", not "Reporter (Q)"."""
    return len(speaker) > 2 and not _NOBODY.search(speaker)


def _spread(entries: Sequence[Entry], rng: Random) -> list[Entry]:
    """An order of which every beginning is spread evenly over the catalogue, which is sorted by date."""
    phase = rng.random()
    return [entries[at] for at in sorted(range(len(entries)), key=lambda at: (phase + at * _GOLDEN) % 1)]


def _read(transcript: Transcript, passages: Sequence[Span], source: str, first: int) -> Iterator[Sentence]:
    """The sentences that a search can find: what is in no passage is left out."""
    number = first
    for turn in transcript.turns:
        places = sentences(turn.text)
        for at, (start, end) in enumerate(places):
            near = [turn.text[a:b] for a, b in (*places[max(at - 1, 0) : at], *places[at + 1 : at + 2])]
            before, after = (near[0] if at else ""), (near[-1] if at + 1 < len(places) else "")
            where = _passage_at(passages, turn.char_start + start)
            if where is None:
                continue
            said = (turn.text[start:end], turn.speaker, source, transcript.title, transcript.id)
            yield Sentence(number, *said, f"{transcript.id} {where}", before, after)
            number += 1


def _passage_at(passages: Sequence[Span], char: int) -> int | None:
    return next((number for number, (start, end) in enumerate(passages) if start <= char < end), None)


def _is_good(text: str) -> bool:
    """A whole statement of some length that does not begin by leaning on another."""
    right_size = _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS
    whole = bool(_BEGINS.match(text) and _ENDS.search(text)) and not _BROKEN.search(text)
    return right_size and whole and not (_LEANS.match(text) or _SMALL_TALK.search(text) or gives_orders(text))


def _interleaved(found: Iterable[Sentence]) -> list[Sentence]:
    """One of each transcript in turn, and within a transcript one of each speaker in turn."""
    by_transcript: dict[str, dict[str | None, list[Sentence]]] = defaultdict(lambda: defaultdict(list))
    for sentence in found:
        by_transcript[sentence.transcript_id][sentence.speaker].append(sentence)
    return _dealt([_dealt(list(of_one.values())) for of_one in by_transcript.values()])


def _dealt(groups: Sequence[Sequence[Sentence]]) -> list[Sentence]:
    return [each for row in zip_longest(*groups) for each in row if each]
