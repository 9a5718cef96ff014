"""Questions that can be asked of what is there, made from speakers and the names they speak of. No model, no table.

A name counts when it comes up more than once, or beside nothing better; captions without capitals are read in sentence
case first, as they are shown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from ingest.casing import Casing
from rag.mentions import names_in
from rag.results import Hit
from ui.asker import Listed
from ui.reading import Text

MOST = 5
_NEAR = 3
_SAMPLE_CHARS = 40_000
_SHORTEST, _LONGEST = 3, 40
_LONGEST_SPEAKER = 60
_OF_A_PLACE = re.compile(r"(?:[ie]an|ican|ese|ish)$")


@dataclass(frozen=True, slots=True)
class Said:
    """Words and who is named for them."""

    speaker: str | None
    text: str


def near(hits: Sequence[Hit], question: str) -> tuple[str, ...]:
    """Questions about the passages nearest to one that was refused; at most three, none of them the same question."""
    made: dict[str, None] = {}
    for hit in hits:
        speakers = hit.passage.speakers
        text = Casing.of(hit.passage.text, speakers, (hit.title,)).readable(hit.passage.text)
        said = Said(speakers[0] if len(speakers) == 1 else None, text)
        asked = next(questions([said], (*speakers, hit.source or "")), None)
        if asked and asked.casefold() != question.strip().casefold():
            made[asked] = None
    return tuple(islice(made, _NEAR))


def about(text: Text) -> str | None:
    """A question that a transcript should answer; None where no name comes up in it."""
    transcript = text.transcript
    said, size = [], 0
    for turn in transcript.turns:
        said.append(Said(turn.speaker, text.casing.readable(turn.text[:_SAMPLE_CHARS])))
        size += len(turn.text)
        if size > _SAMPLE_CHARS:
            break
    known = (*transcript.speakers, transcript.source or "", transcript.programme or "")
    return next(questions(said, known), None)


def questions(said: Iterable[Said], known: Iterable[str]) -> Iterator[str]:
    """ "What did X say about Y?", what comes up most first. `known` are the speakers and the outlet: no subjects."""
    counts: Counter[str] = Counter()
    definite: Counter[str] = Counter()
    by: defaultdict[str, Counter[str]] = defaultdict(Counter)
    taken = {word.casefold() for name in known for word in name.split()}
    for each in said:
        for name in _subjects(each.text, taken):
            counts[name] += 1
            definite[name] += f"the {name}" in each.text
            if each.speaker and _is_named(each.speaker):
                by[name][each.speaker] += 1
    for name in sorted(counts, key=lambda each: (-counts[each], -len(each.split()))):
        speaker = by[name].most_common(1)[0][0] if by[name] else None
        what = f"the {name}" if 2 * definite[name] > counts[name] else name
        yield f"What did {speaker} say about {what}?" if speaker else f"What was said about {what}?"


def varied(entries: Iterable[Listed]) -> Iterator[Listed]:
    """The entries in turn from each source, so that the first few are of several."""
    by_source: defaultdict[str | None, list[Listed]] = defaultdict(list)
    for entry in entries:
        by_source[entry.source].append(entry)
    for row in zip_longest(*by_source.values()):
        yield from filter(None, row)


def _is_named(speaker: str) -> bool:
    """Whether the speaker is called by first and last name: "Reporter" and "Speaker 2" are many people."""
    words = speaker.split()
    return len(speaker) <= _LONGEST_SPEAKER and len(words) > 1 and all(word[0].isalpha() for word in words)


def _subjects(text: str, taken: set[str]) -> Iterator[str]:
    for line in text.splitlines():
        for name in (each.strip(" .,;:’'").removeprefix("the ") for each in names_in(line)):
            words = {word.casefold() for word in name.split()}
            if _SHORTEST <= len(name) <= _LONGEST and not words & taken and not _OF_A_PLACE.search(name):
                yield name
