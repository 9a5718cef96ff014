"""Saying that the transcripts do not answer, and why, where that can be told."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.words import WordIndex, terms
from rag.missing import what_is_missing
from rag.question import Question
from rag.results import Answer, Hit
from rag.stems import STOPWORDS, initialisms, words

REFUSAL = "The transcripts do not answer this."


def refused(question: Question, hits: Sequence[Hit], missing: str = "", *, confidence: float | None = None) -> Answer:
    """An Answer without citations whose text says so, and what was missing, with the nearest passages as its hits.

    Without `missing` that is what `rag.missing` finds lacking in them.
    """
    text = " ".join(part for part in (REFUSAL, missing or what_is_missing(question, hits)) if part)
    return Answer(question.text, text, (), tuple(hits), confidence=confidence)


def nothing_mentions(question: Question, hits: Sequence[Hit], index: WordIndex) -> str:
    """A sentence naming the names in the question that stand nowhere in the archive; empty when all do.

    "FCC" counts as there where a passage found has a name of these initials.
    """
    short = frozenset[str]().union(*(initialisms(hit.passage.text) for hit in hits))
    absent = [name for name in question.names if not _is_known(name, index) and name.lower() not in short]
    return f"Nothing in them mentions {_listed(absent)}." if absent else ""


def _is_known(name: str, index: WordIndex) -> bool:
    """Whether the last part of the name is somewhere in the archive: "Tim" alone does not make "Tim Cook" known."""
    parts = [word for word in words(name) if word not in STOPWORDS]
    return not parts or all(index.holds(stem) for stem in terms(parts[-1]))


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
