"""Why each hit is where it is: which terms of the question it holds and what they gave, beside its parts.

For people and scripts that look into a search. It ranks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.filters import Filters
from rag.question import Question
from rag.results import Hit
from rag.retrieve import Retriever
from rag.search import Sought
from rag.spelling import Reading


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """A hit, and the BM25 that each term of the question gave it, most first; "f 35" are terms that stand together."""

    hit: Hit
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Explained:
    """A search looked into: what was searched for, and how that was read; through what; then each hit.

    `searched` is the question as it was searched for, then each side of a comparison. `dropped` are filters that would
    have left nothing, `notice` is what to tell people of all this.
    """

    searched: tuple[str, ...]
    readings: tuple[Reading, ...]
    phrases: tuple[str, ...]
    filters: Filters
    dropped: tuple[str, ...]
    notice: str
    hits: tuple[ExplainedHit, ...]


def explained(question: Question, sought: Sought, retriever: Retriever) -> Explained:
    """The search for the question looked into."""
    searched = (question.searched, *question.parts)
    readings = {reading: None for text in searched for reading in retriever.speller.readings(text)}
    by_term = retriever.by_term(sought.hits, searched, question.phrases)
    return Explained(
        tuple(map(retriever.as_read, searched)),
        tuple(readings),
        question.phrases,
        sought.filters,
        sought.dropped,
        " ".join(filter(None, (*question.remarks, sought.notice))),
        tuple(ExplainedHit(hit, _terms_of(hit.passage.id, by_term)) for hit in sought.hits),
    )


def _terms_of(passage_id: str, by_term: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    given = {term: scores[passage_id] for term, scores in by_term.items() if passage_id in scores}
    return dict(sorted(given.items(), key=lambda item: -item[1]))
