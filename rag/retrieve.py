"""Finds passages: words and vectors within the filters, mixed, doubles folded together, in order.

The steps are `query` and `spelling` (what is asked), `gather` (candidates), `fuse` (scores) and `arrange` (order). What
a reader makes of the order comes after it, in `rag.search`. Nothing here answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.archive import Archive
from ingest.embed import Embedder
from ingest.index import Index
from ingest.words import Run
from rag.arrange import in_turn, ranked, without_doubles
from rag.filters import NO_FILTERS, Filters
from rag.fuse import fuse, scaled
from rag.gather import FEW_VECTORS, Asked, Candidates, Gatherer
from rag.query import Query, held, read_query, run_of
from rag.results import Hit
from rag.spelling import Speller, respell

TOGETHER, QUOTED = 0.5, 3.0
"""What a run of terms weighs in BM25: of those written as one ("F-35"), and of a phrase in quotation marks."""
PHRASE = 0.3
"""The share of the score that goes to quoted phrases, where a candidate has any of them."""


class Retriever:
    """Searches one archive. Safe to use from several threads."""

    def __init__(
        self,
        archive: Archive,
        index: Index,
        embedder: Embedder,
        *,
        candidates: int,
        words_weight: float,
        few: int = FEW_VECTORS,
    ) -> None:
        self._archive, self._embedder = archive, embedder
        self._candidates = candidates
        self._words_weight = words_weight
        self._words = index.words
        self._gatherer = Gatherer(archive, index, few=few)
        self.speller = Speller(index.words, archive.passages)

    def search(
        self,
        question: str,
        limit: int,
        filters: Filters = NO_FILTERS,
        *,
        phrases: Sequence[str] = (),
        parts: Sequence[str] = (),
    ) -> tuple[Hit, ...]:
        """The `limit` best passages that the filters leave, best first.

        `phrases` are wanted word for word: passages that hold them come first among equals. `parts` are the sides of a
        comparison, searched for one by one as well; their passages and those of the whole question take turns. A word
        that is nowhere in the archive is searched for as the nearest that is.
        """
        wanted = max(limit, self._candidates)
        asked = [self.as_read(each) for each in (question, *parts)]
        vectors = self._embedder.embed(asked)
        queries = [read_query(each) for each in asked]
        found = [
            self._gatherer.gather(Asked(query, weighed_runs(query, phrases), vector, wanted), filters)
            for query, vector in zip(queries, vectors, strict=True)
        ]
        hits = in_turn([self._mixed(each, phrases) for each in found])
        stored = {key: each.vector for some in found for key, each in some.stored.items()}
        alike = self._archive.alike_among(hit.passage.transcript_id for hit in hits)
        single = without_doubles(hits, stored, alike)
        return ranked(single[:limit])

    def by_term(
        self, hits: Sequence[Hit], searched: Sequence[str], phrases: Sequence[str] = ()
    ) -> dict[str, dict[str, float]]:
        """What each term, or run of terms, that was searched for gave to the hits: BM25 by passage id."""
        ids = [hit.passage.id for hit in hits]
        queries = [read_query(self.as_read(each)) for each in searched]
        found = {term: self._words.search([term], len(ids), among=ids) for query in queries for term in query.terms}
        runs = {run: boost for query in queries for run, boost in weighed_runs(query, phrases).items()}
        together = {
            " ".join(run): self._words.search([], len(ids), together={run: boost}, among=ids)
            for run, boost in runs.items()
        }
        return {term: scores for term, scores in {**found, **together}.items() if scores}

    def as_read(self, text: str) -> str:
        """The text as it is searched for: words that are nowhere in the archive as the nearest that are."""
        return respell(text, self.speller.readings(text))

    def _mixed(self, candidates: Candidates, phrases: Sequence[str]) -> list[Hit]:
        order = fuse(candidates.words, candidates.vectors, self._words_weight)
        parts = self._parts(candidates)
        stored = candidates.stored
        hits = [
            Hit(stored[key].passage, score, 0, parts[key], stored[key].title, stored[key].source, stored[key].published)
            for key, score in order.items()
        ]
        return quoted_first(hits, phrases)

    def _parts(self, candidates: Candidates) -> dict[str, dict[str, float]]:
        shares = {"words": self._words_weight, "vectors": 1 - self._words_weight}
        parts: dict[str, dict[str, float]] = {key: {} for key in candidates.stored}
        for name, scores in (("words", candidates.words), ("vectors", candidates.vectors)):
            for key, share in scaled(scores).items():
                parts[key] |= {name: scores[key], f"from_{name}": shares[name] * share}
        return parts


def weighed_runs(query: Query, phrases: Sequence[str]) -> Mapping[Run, float]:
    """The runs of terms to look for, with what they weigh."""
    quoted = {run: QUOTED for run in map(run_of, phrases) if len(run) > 1}
    return dict.fromkeys(query.together, TOGETHER) | quoted


def quoted_first(hits: Sequence[Hit], phrases: Sequence[str]) -> list[Hit]:
    """The hits in order with PHRASE of their score given to the quoted phrases; as they are where no hit has one."""
    shares = [held(phrases, hit.passage.text, hit.title) for hit in hits] if phrases else []
    if not any(shares):
        return list(hits)
    scored = [_with_phrases(hit, share) for hit, share in zip(hits, shares, strict=True)]
    return sorted(scored, key=lambda hit: (-hit.score, hit.passage.id))


def _with_phrases(hit: Hit, share: float) -> Hit:
    less = {name: value * (1 - PHRASE) for name, value in hit.parts.items() if name.startswith("from_")}
    parts = {**hit.parts, **less, "phrase": share, "from_phrase": PHRASE * share}
    return replace(hit, score=(1 - PHRASE) * hit.score + PHRASE * share, parts=parts)
