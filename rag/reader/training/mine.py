"""Questions with what our own search finds for them: the passages that answer and those that only look like it.

What it gives is lines of JSON, made once for each set and read by training and by judging alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.passages import head, split
from rag.engine import Engine
from rag.evaluate.cases import Evidence
from rag.evaluate.locate import Locator, Place
from rag.evaluate.match import flat
from rag.filters import NO_FILTERS
from rag.reader.sheet import Said, heard
from rag.reader.training.styles import Passage
from rag.results import Hit
from rag.steps import Asked

FOUND = 30
"""So many passages are kept for a question: what search puts first is what the reader will have to tell apart."""


@dataclass(frozen=True, slots=True)
class Mined:
    """A passage as found: its fused score, and whether it may hold the answer without being the evidence."""

    passage: Passage
    score: float
    doubtful: bool

    @property
    def is_right(self) -> bool:
        """Whether some of its sentences are evidence."""
        return any(self.passage.right)


@dataclass(frozen=True, slots=True)
class Group:
    """A question as it is searched for, and the passages found, best first; none is right where none answers."""

    question: str
    source: str
    answerable: bool
    mined: tuple[Mined, ...]

    @property
    def teaches(self) -> bool:
        """Whether there is anything to tell apart, and what is right is among it."""
        right = any(each.is_right for each in self.mined)
        return len(self.mined) > 1 and right == self.answerable


def mine(engine: Engine, asked: Iterable[Mapping[str, Any]], words: Locator) -> Iterator[Group]:
    """A group for each question that has evidence which can be located, or that has none by intention."""
    for each in asked:
        places = [words.place(Evidence(**evidence)) for evidence in each["evidence"]]
        if any(not place.spans for place in places):
            continue
        question = engine.understand(Asked(each["question"], tuple(each["history"]), NO_FILTERS)).question
        hits = engine.search(each["question"], FOUND, each["history"], filters=NO_FILTERS)
        missed = _missed(hits, engine, places)
        mined = tuple(_mined(hit, engine, places, _telling(each["answers"])) for hit in (*hits, *missed))
        yield Group(question.standalone, each["source"], bool(places), mined)


def _missed(hits: Sequence[Hit], engine: Engine, places: Sequence[Place]) -> Iterator[Hit]:
    """The passages with evidence that search did not find: they are learned from, and come last."""
    found = {hit.passage.id for hit in hits}
    for place in places:
        transcript = engine.transcript(place.transcript_id)
        for passage in split(transcript):
            hit = Hit(passage, 0.0, 0, {}, transcript.title, transcript.source, transcript.published)
            if passage.id not in found and any(
                _overlaps(hit, (passage.char_start, passage.char_end), each) for each in places
            ):
                found.add(passage.id)
                yield hit


def _mined(hit: Hit, engine: Engine, places: Sequence[Place], answers: Sequence[str]) -> Mined:
    told, spans = heard(hit, engine.transcript(hit.passage.transcript_id))
    right = tuple(any(_overlaps(hit, span, place) for place in places) for span in spans)
    text = flat(hit.passage.text)
    doubtful = not any(right) and any(answer in text for answer in answers)
    title = head(hit.title, hit.published, hit.source)
    return Mined(Passage(title, told, right), hit.score, doubtful)


def _telling(answers: Sequence[str]) -> list[str]:
    """The answers that a passage would hardly hold by chance."""
    return [flat(answer) for answer in answers if len(answer) > 2]


def _overlaps(hit: Hit, span: tuple[int, int], place: Place) -> bool:
    same = hit.passage.transcript_id == place.transcript_id
    return same and any(start < span[1] and span[0] < end for start, end in place.spans)


def save_groups(groups: Iterable[Group], path: Path) -> None:
    """The groups as lines of JSON."""
    with path.open("w", encoding="utf-8") as file:
        for group in groups:
            file.write(json.dumps(_as_json(group), ensure_ascii=False) + "\n")


def _as_json(group: Group) -> dict[str, Any]:
    mined = [
        {
            "title": each.passage.title,
            "turns": [[turn.name, list(turn.sentences)] for turn in each.passage.turns],
            "right": [at for at, right in enumerate(each.passage.right) if right],
            "score": round(each.score, 4),
            "doubtful": each.doubtful,
        }
        for each in group.mined
    ]
    return {"question": group.question, "source": group.source, "answerable": group.answerable, "mined": mined}


def load_groups(path: Path) -> Iterator[Group]:
    """The groups of `save_groups`."""
    with path.open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            mined = tuple(map(_read, record["mined"]))
            yield Group(record["question"], record["source"], record["answerable"], mined)


def _read(record: Mapping[str, Any]) -> Mined:
    turns = tuple(Said(name, tuple(sentences)) for name, sentences in record["turns"])
    wanted = set(record["right"])
    count = sum(len(turn.sentences) for turn in turns)
    passage = Passage(record["title"], turns, tuple(at in wanted for at in range(count)))
    return Mined(passage, record["score"], record["doubtful"])
