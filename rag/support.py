"""How likely it is that a sentence follows from the words it cites: features of wording and meaning, and a logit.

A logistic regression (`support_weights`) over how well the claim's meaning and words are found within three sentences
in a row, and over what it has that these have not: names, numbers, negations, opposites, words of degree. Each weight
may only point the way it should: more in common never counts against a claim. English; it knows no synonyms, and takes
one word put in another's place for a paraphrase where neither is a name, a number or in the table of opposites.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.embed import Embedder, Vectors
from ingest.sentences import sentences
from rag.names import names, unknown_names
from rag.numbers import numbers
from rag.opposites import brought_along, turned_round
from rag.polarity import contradicts, denies
from rag.stems import content_stems, words
from rag.support_weights import SUPPORT

WINDOW = 3
FEATURES = (
    *("similarity", "part_similarity", "coverage", "part_coverage"),
    *("names", "names_elsewhere", "numbers", "numbers_elsewhere"),
    *("contradicts", "denies", "opposite", "opposite_anywhere", "brought", "degrees"),
)
IN_FAVOUR = FEATURES[:4]
_CLAUSE_ENDS = re.compile(r"[,;:–—]\s|\s(?=(?:but|while|although|because|after|before|which|who|and)\s)")
_SHORTEST_CLAUSE = 3
_DEGREES = frozenset(
    """all almost already always barely completely entire entirely every exactly except few fewer first last least less
    many may might most mostly must never none only opposite part partly perhaps possibly several should some
    sometimes still temporarily without yet""".split()
)


@dataclass(frozen=True, slots=True)
class Window:
    """Up to three sentences in a row, with the mean of their vectors at length 1."""

    text: str
    stems: frozenset[str]
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Source:
    """What a claim is held against: all that was said there, what is known beside it, and its windows, one or more."""

    text: str
    facts: str
    windows: tuple[Window, ...]


def source(told: Sequence[str], facts: str, vectors: Vectors) -> Source:
    """Of sentences in their order and a vector for each. Raises ValueError where there are none."""
    if not told:
        raise ValueError("a source has at least one sentence")
    starts = range(max(len(told) - WINDOW + 1, 1))
    return Source(
        " ".join(told), facts, tuple(_window(told[at : at + WINDOW], vectors[at : at + WINDOW]) for at in starts)
    )


def features(claim: str, held: Source, embedder: Embedder) -> Mapping[str, float]:
    """The features of a claim against its source, by name; 0 for all that are counted where nothing is amiss."""
    parts = [claim, *_parts(claim)]
    likeness = embedder.embed(parts) @ np.stack([each.vector for each in held.windows]).T
    stated = [content_stems(part) for part in parts]
    shares = np.array([[_share(ours, each.stems) for each in held.windows] for ours in stated])
    near = [held.windows[at] for at in dict.fromkeys(map(int, (shares + likeness).argmax(axis=1)))]
    meaning, coverage = likeness.max(axis=1), shares.max(axis=1)
    return {
        "similarity": float(meaning[0]),
        "part_similarity": float(meaning.min()),
        "coverage": float(coverage[0]),
        "part_coverage": float(coverage.min()),
        **_unknown(claim, held, near),
        **_turned(claim, held, near),
    }


def likelihood(found: Mapping[str, float]) -> float:
    """From 0 to 1, where as many claims are borne out as are not."""
    return 1 / (1 + math.exp(-SUPPORT.bias - sum(weight * found[name] for name, weight in SUPPORT.weights.items())))


def _unknown(claim: str, held: Source, near: Sequence[Window]) -> dict[str, float]:
    """Names and numbers that the source has not, and those it has, but not near what the claim is about."""
    everything, around = f"{held.text}\n{held.facts}", _around(held, near)
    stated = names(claim)
    strange, numberless = len(unknown_names(stated, everything)), _unstated(claim, everything)
    return {
        "names": float(strange),
        "names_elsewhere": float(len(unknown_names(stated, around)) - strange),
        "numbers": float(numberless),
        "numbers_elsewhere": float(_unstated(claim, around) - numberless),
    }


def _turned(claim: str, held: Source, near: Sequence[Window]) -> dict[str, float]:
    """What may turn the claim round: negations, opposites, and words of degree that the source has not there."""
    around = _around(held, near)
    stems = content_stems(claim)
    return {
        "contradicts": float(any(contradicts(claim, stems, each.text, each.stems) for each in near)),
        "denies": float(denies(claim) and not denies(around)),
        "opposite": float(any(turned_round(claim, each.text) for each in near)),
        "opposite_anywhere": float(turned_round(claim, held.text) is not None),
        "brought": float(brought_along(claim, f"{held.text}\n{held.facts}") is not None),
        "degrees": float(len((set(words(claim)) & _DEGREES) - set(words(around)))),
    }


def _around(held: Source, near: Sequence[Window]) -> str:
    return "\n".join([*(each.text for each in near), held.facts])


def _unstated(claim: str, text: str) -> int:
    stated = numbers(text)
    return sum(not any(one.agrees(other) for other in stated) for one in numbers(claim, claims=True))


def _window(told: Sequence[str], vectors: Vectors) -> Window:
    text, mean = " ".join(told), vectors.mean(axis=0)
    return Window(text, content_stems(text), mean / max(float(np.linalg.norm(mean)), 1e-9))


def _parts(claim: str) -> list[str]:
    """Its clauses, as far as commas and conjunctions show them; those of two content words or less are no claim."""
    pieces = (piece for start, end in sentences(claim) for piece in _CLAUSE_ENDS.split(claim[start:end]))
    return [piece.strip() for piece in pieces if len(content_stems(piece)) >= _SHORTEST_CLAUSE]


def _share(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / max(len(ours), 1)
