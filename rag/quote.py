"""The default answerer: picks the sentences that answer, verbatim, and orders them. No language model is involved.

It weighs the sentences of the passages found. `rag.answerable` tells whether they answer at all, `rag.choose` which are
quoted and `rag.assemble` makes the answer of them. When nothing is likely enough to answer, it says so and leaves the
nearest passages to the reader.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ingest.embed import Embedder
from ingest.index import Index
from ingest.transcript import Transcript
from rag.answerable import is_sure, likelihood, weights_for
from rag.assemble import answers
from rag.choose import choose
from rag.numbered import of_those_asked
from rag.premise import MORE_LIKELY_THAN_NOT, lacks_ground, remark, role_missing
from rag.question import Question
from rag.refusal import refused
from rag.results import Answer, Hit
from rag.sentence_features import FEATURES, Candidate, Scored, candidates, logistic, measure, weighted_share
from rag.stems import content_stems

_EMBEDDED = 24


class Rarity(dict[str, float]):
    """How rare a stem is among the archive's passages: the BM25 inverse document frequency, looked up once each."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, stem: str) -> float:
        count, held = len(self._index.words), self._index.words.document_frequency(stem)
        self[stem] = math.log(1 + (count - held + 0.5) / (held + 0.5))
        return self[stem]


class Quoter:
    """Answers with verbatim sentences of the passages found."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        transcript_of: Callable[[str], Transcript],
        quotes: int,
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._transcript_of = transcript_of
        self._quotes = quotes

    def stream(self, question: Question, hits: Sequence[Hit]) -> Iterator[Answer]:
        """The answer, one sentence longer each time; a refusal comes at once."""
        scored = self.rank(question, hits)
        weights = weights_for(hits, self._embedder.name)
        confidence = likelihood(scored, weights)
        least = MORE_LIKELY_THAN_NOT if lacks_ground(question, scored, hits) else weights.threshold
        if confidence < max(least, weights.threshold):
            yield refused(question, hits, role_missing(question, scored), confidence=confidence)
            return
        chosen, notice = choose(question, scored, self._quotes, weights), remark(question, hits)
        for grown in answers(question, hits, chosen, confidence, sure=is_sure(scored, confidence)):
            yield replace(grown, notice=notice)

    def rank(self, question: Question, hits: Sequence[Hit]) -> list[Scored]:
        """The passages' sentences, best first."""
        found = candidates(hits, self._transcript_of)
        found = of_those_asked(question, _by_whom(question, found))
        rarity = Rarity(self._index)
        likely = _likely(question, found, rarity)
        if not likely:
            return []
        asked, *vectors = self._embedder.embed([question.standalone, *(each.attributed for each in likely)])
        features = measure(question, likely, np.stack(vectors), asked, rarity)
        weights = weights_for(hits, self._embedder.name).sentence
        scores = features @ np.array([weights.get(name, 0.0) for name in FEATURES], dtype=np.float32)
        scored = [Scored(*row) for row in zip(likely, map(float, scores), features, strict=True)]
        return sorted(scored, key=lambda each: -each.score)


def _by_whom(question: Question, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Where somebody's words are wanted: theirs alone, or, if they never speak, sentences that mention them."""
    if question.speakers:
        return tuple(each for each in found if each.turn.speaker in question.speakers)
    named = content_stems(question.wanted_name)
    return tuple(each for each in found if named <= each.stems) if named else found


def _likely(question: Question, found: Sequence[Candidate], rarity: Rarity) -> list[Candidate]:
    """The candidates worth embedding, in their order: by rare words shared and by the passage they are in."""

    def promise(each: Candidate) -> float:
        read = logistic(each.reading) if each.hit.read else 0.0
        return weighted_share(question.stems, each.stems, rarity) + each.hit.score + read

    kept = set(map(id, sorted(found, key=promise, reverse=True)[:_EMBEDDED]))
    return [each for each in found if id(each) in kept]
