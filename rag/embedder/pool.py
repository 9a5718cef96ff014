"""What the embedder is judged on: questions held back, over every passage of the transcripts held back.

Only the passages that search found for them would not do: search is by the published embedder, so those are its
mistakes, and another one's own would not be among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import Archive
from ingest.passages import head, split
from rag.embedder.lesson import as_embedded
from rag.reader.sheet import heard
from rag.reader.training.mine import Group
from rag.reader.training.styles import Passage
from rag.results import Hit


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions, passages, and for each question the places of the passages that answer it."""

    questions: tuple[str, ...]
    passages: tuple[Passage, ...]
    right: tuple[frozenset[int], ...]


def pool(groups: Iterable[Group], passages: Iterable[Passage]) -> Pool:
    """The questions that have an answer, over the passages and those that answer, each once."""
    asked = [(group.question, _answering(group)) for group in groups if group.answerable]
    asked = [(question, right) for question, right in asked if right]
    texts = {as_embedded(each): each for each in (*passages, *(each for _, right in asked for each in right))}
    places = {text: at for at, text in enumerate(texts)}
    right = tuple(frozenset(places[as_embedded(each)] for each in some) for _, some in asked)
    return Pool(tuple(question for question, _ in asked), tuple(texts.values()), right)


def _answering(group: Group) -> Sequence[Passage]:
    return [each.passage for each in group.mined if each.is_right]


def passages_of(archive: Archive, sources: Collection[str]) -> Iterator[Passage]:
    """Every passage of the files of these names; which sentences are evidence is not said."""
    for entry in archive.entries():
        if Path(entry.place).name in sources:
            transcript = archive.transcript(entry.id)
            for passage in split(transcript):
                told, spans = heard(Hit(passage, 0.0, 0, {}), transcript)
                title = head(transcript.title, transcript.published, transcript.source)
                yield Passage(title, told, (False,) * len(spans))
