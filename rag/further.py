"""The checks beyond the rules: is the meaning borne out, by our own features and by an NLI model if one is named."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ingest.embed import Embedder, question_embedder
from ingest.sentences import sentences
from rag.checks import Case, Check
from rag.support import Source, features, likelihood, source
from rag.support_weights import SUPPORT

_HELD = 64


class BornOut:
    """A check by `rag.support`: the sentence must be likely enough given all that the passages it cites say.

    The weights belong to the packaged embedding model, whichever one fills the archive.
    """

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._embedder = embedder or question_embedder()
        self._source = lru_cache(_HELD)(self._embedded)

    def __call__(self, case: Case) -> str | None:
        told = tuple(one for given in case.cited for one in _told([span.text for span in given.speech]))
        if not told:
            return None
        facts = "\n".join([*(given.facts for given in case.cited), case.question])
        found = features(case.claim.text, self._source(told, facts), self._embedder)
        return (
            None if likelihood(found) >= SUPPORT.threshold else "As a whole, the passage it cites does not bear it out."
        )

    def _embedded(self, told: tuple[str, ...], facts: str) -> Source:
        return source(told, facts, self._embedder.embed(told))


def further_checks(nli: str | None = None, seconds: float = 10.0) -> tuple[Check, ...]:
    """Our own, then the NLI model of that name, which is loaded here. Raises ModelError."""
    if nli is None:
        return (BornOut(),)
    from rag.entails import Entails

    entails = Entails(nli, seconds=seconds)
    entails.warm()
    return (BornOut(), entails)


def _told(texts: Sequence[str]) -> list[str]:
    return [text[start:end] for text in texts for start, end in sentences(text)]
