"""The default answerer: picks the sentences that answer, verbatim, and orders them. No language model is involved.

The sentence that answers best comes first, then up to a few that add to it; what repeats is left out. When nothing is
likely enough to answer, it says so and leaves the nearest passages to the reader.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.embed import Embedder, Vectors
from ingest.index import Index
from ingest.transcript import Transcript
from rag.cite import cite
from rag.question import Question
from rag.quote_weights import BY_READER, BY_SEARCH, Weights
from rag.refusal import refused
from rag.results import Answer, Citation, Hit
from rag.sentence_features import FEATURES, Candidate, candidates, logistic, measure, weighted_share
from rag.stems import content_stems

_EMBEDDED = 24
_REPEATS = 0.6


class Rarity(dict[str, float]):
    """How rare a stem is among the archive's passages: the BM25 inverse document frequency, looked up once each."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, stem: str) -> float:
        count, held = len(self._index.words), self._index.words.document_frequency(stem)
        self[stem] = math.log(1 + (count - held + 0.5) / (held + 0.5))
        return self[stem]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate sentence, its score (higher is better, unbounded) and what it was measured as."""

    candidate: Candidate
    score: float
    features: Vectors


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
        weights = weights_for(hits)
        confidence = likelihood(scored, weights)
        if confidence < weights.threshold:
            yield refused(question, hits, confidence=confidence)
            return
        chosen = choose(scored, self._quotes, weights)
        for count in range(1, len(chosen) + 1):
            yield _answer(question, hits, chosen[:count], confidence)

    def rank(self, question: Question, hits: Sequence[Hit]) -> list[Scored]:
        """The passages' sentences, best first."""
        found = candidates(hits, self._transcript_of)
        found = _by_whom(question, found)
        rarity = Rarity(self._index)
        likely = _likely(question, found, rarity)
        if not likely:
            return []
        asked, *vectors = self._embedder.embed([question.standalone, *(each.attributed for each in likely)])
        features = measure(question, likely, np.stack(vectors), asked, rarity)
        weights = weights_for(hits).sentence
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


def weights_for(hits: Sequence[Hit]) -> Weights:
    """Those fitted with what a reader says, where one that tells of sentences has read."""
    return BY_READER if any(hit.read for hit in hits) else BY_SEARCH


def likelihood(scored: Sequence[Scored], weights: Weights) -> float:
    """How likely it is, from 0 to 1, that the sentences hold an answer at all."""
    if not scored:
        return 0.0
    measured = signals(scored)
    return logistic(weights.bias + sum(weight * measured[name] for name, weight in weights.answerable.items()))


def signals(scored: Sequence[Scored]) -> dict[str, float]:
    """The features of the best sentence, "best_…", and the largest of each among all of them, "max_…"."""
    strongest = np.max([each.features for each in scored], axis=0)
    best = zip((f"best_{name}" for name in FEATURES), map(float, scored[0].features), strict=True)
    largest = zip((f"max_{name}" for name in FEATURES), map(float, strongest), strict=True)
    return dict([*best, *largest])


def choose(scored: Sequence[Scored], most: int, weights: Weights) -> list[Candidate]:
    """The best sentence, then up to `most` in all that come near it and say something else, in the order spoken.

    Near is at least `support_share` of the best score and at most `support_margin` below the second best: however well
    the first answers, what supports it is judged among its like.
    """
    second = scored[1].score if len(scored) > 1 else 0.0
    least = max(scored[0].score * weights.support_share, second - weights.support_margin)
    chosen = [scored[0]]
    for each in scored[1:]:
        if len(chosen) == most or each.score < least:
            break
        if not any(_repeats(each.candidate, other.candidate) for other in chosen):
            chosen.append(each)
    first, *support = [each.candidate for each in chosen]
    order = list(dict.fromkeys(each.transcript.id for each in (first, *support)))
    return [first, *sorted(support, key=lambda each: (order.index(each.transcript.id), each.char_start))]


def _repeats(left: Candidate, right: Candidate) -> bool:
    shared, either = left.stems & right.stems, left.stems | right.stems
    return len(shared) / len(either) > _REPEATS if either else True


def _joined(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Sentences that follow each other in one turn as one quote."""
    joined: list[Candidate] = []
    for each in chosen:
        last = joined[-1] if joined else None
        if last and last.turn is each.turn and each.transcript.text[last.char_end : each.char_start].isspace():
            joined[-1] = replace(last, char_end=each.char_end)
        else:
            joined.append(each)
    return joined


def _answer(question: Question, hits: Sequence[Hit], chosen: Sequence[Candidate], confidence: float) -> Answer:
    quotes = enumerate(_joined(chosen), 1)
    cited = tuple(cite(each.transcript, each.char_start, each.char_end, marker) for marker, each in quotes)
    return Answer(question.text, "\n\n".join(map(_line, cited)), cited, tuple(hits), confidence=confidence)


def _line(citation: Citation) -> str:
    said_by = ", ".join(part for part in (citation.speaker, citation.role) if part)
    on_one_line = " ".join(citation.quote.split("\n"))
    quoted = f"“{on_one_line}” [{citation.marker}]"
    return f"{said_by}: {quoted}" if said_by else quoted
