"""What can be read off a sentence about whether it answers the question: numbers from 0 to 1, for others to weigh.

No model but the embedder's vectors. `rag.quote` weighs and chooses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.embed import Vectors
from ingest.transcript import Transcript, Turn
from rag.expected import Expected, expected
from rag.kinds import fits
from rag.question import Question
from rag.results import Hit
from rag.short import pick
from rag.spans import spans_within
from rag.stems import content_stems, initialisms

FEATURES = (
    "similarity", "overlap", "context", "passage", "vectors", "type", "asks", "long", "follows", "reads", "answers",
    "named", "counted", "short",
)  # fmt: skip


# "Maybe so." answers nothing without the question it was asked.
_FEWEST_STEMS = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage found: offsets into the transcript, its turn, and what it is made of."""

    transcript: Transcript
    turn: Turn
    hit: Hit
    char_start: int
    char_end: int
    stems: frozenset[str]

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.transcript.text[self.char_start : self.char_end]

    @property
    def reading(self) -> float:
        """What a reader says of the sentence, a logit; 0 where none read it."""
        return self.hit.read.get(self.char_start, 0.0)

    @property
    def attributed(self) -> str:
        """The sentence with who says it before it, as it is embedded: a question often is about a name or a role."""
        said_by = ", ".join(part for part in (self.turn.speaker, self.turn.role) if part)
        return f"{said_by}: {self.text}" if said_by else self.text


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate sentence, its score (higher is better, unbounded) and what it was measured as."""

    candidate: Candidate
    score: float
    features: Vectors


def candidates(hits: Sequence[Hit], transcript_of: Callable[[str], Transcript]) -> tuple[Candidate, ...]:
    """Every sentence of the passages, each once, in order of the passages' rank."""
    found: dict[tuple[str, int], Candidate] = {}
    for hit in hits:
        transcript = transcript_of(hit.passage.transcript_id)
        for turn in transcript.turns[hit.passage.first_turn : hit.passage.last_turn + 1]:
            for start, end in spans_within(turn, hit.passage):
                text = transcript.text[start:end]
                stems = content_stems(text) | initialisms(text)
                if len(stems) < _FEWEST_STEMS and not any(map(str.isdigit, text)):
                    continue
                found.setdefault((transcript.id, start), Candidate(transcript, turn, hit, start, end, stems))
    return tuple(found.values())


def weighted_share(wanted: Collection[str], held: Collection[str], rarity: Mapping[str, float]) -> float:
    """Which share of the wanted stems is held, each weighed by how rare it is in the archive."""
    total = sum(rarity[stem] for stem in wanted)
    return sum(rarity[stem] for stem in wanted if stem in held) / total if total else 0.0


def measure(
    question: Question, found: Sequence[Candidate], vectors: Vectors, asked: Vectors, rarity: Mapping[str, float]
) -> Vectors:
    """A row for each candidate, a column for each of FEATURES. `vectors` are the candidates', `asked` the question's.

    similarity: cosine of sentence and question. overlap: share of the question's stems, by rarity, in the sentence.
    context: the same in the sentence, its surroundings, title, date and speaker. passage, vectors: fused score and
    cosine of its passage. type: whether it holds the kind of thing asked for. asks: whether it is itself a question.
    long: content words, 30 being 1. follows: where `type` holds, the cosine of the sentence before it in the turn,
    since "The reason is simple" leans on what comes before. reads: a tenth of the reader's logit of the
    sentence, so not within 0 and 1. answers: how likely the reader thinks it that the passage answers. named, counted:
    share of the question's names, and of its numbers, that stand in the sentence or around it, 1 where it has none.
    short: how likely a span of the sentence is the answer in a few words, 0.5 where none is asked for.
    """
    cosines, wanted = vectors @ asked, expected(question.standalone)
    names, figures = content_stems(" ".join(question.names)), numbers_in(question.stems)
    around = [each.stems | surroundings(each) for each in found]
    rows = [
        (
            float(cosines[row]),
            weighted_share(question.topic, each.stems, rarity),
            weighted_share(question.topic, around[row], rarity),
            each.hit.score,
            each.hit.parts.get("vectors", 0.0),
            fits(question.kind, each.text),
            float(each.text.rstrip("”\"'’) ").endswith("?")),
            min(1.0, len(each.stems) / 30),
            float(cosines[row - 1]) if row and _explains(found[row - 1], each, question) else 0.0,
            each.reading / 10,
            logistic(each.hit.parts["answers"]) if "answers" in each.hit.parts else 0.0,
            _share(names, around[row]),
            _share(figures, around[row]),
            _shortness(wanted, question.standalone, each.text),
        )
        for row, each in enumerate(found)
    ]
    return np.array(rows, dtype=np.float32).reshape(-1, len(FEATURES))


def logistic(logit: float) -> float:
    """The probability that a logit stands for."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


def numbers_in(stems: Collection[str]) -> frozenset[str]:
    """Those of the stems that are written in digits."""
    return frozenset(each for each in stems if any(map(str.isdigit, each)))


def _share(wanted: Collection[str], held: Collection[str]) -> float:
    return sum(each in held for each in wanted) / len(wanted) if wanted else 1.0


def _shortness(wanted: Expected | None, question: str, sentence: str) -> float:
    if wanted is None or wanted.kind == "yes or no":
        return 0.5
    picked = pick(wanted, question, sentence)
    return picked.likely if picked else 0.0


def _explains(before: Candidate, after: Candidate, question: Question) -> bool:
    return _adjoin(before, after) and fits(question.kind, after.text) == 1.0


def _adjoin(before: Candidate, after: Candidate) -> bool:
    gap = after.transcript.text[before.char_end : after.char_start]
    return before.transcript.id == after.transcript.id and before.turn.index == after.turn.index and gap.isspace()


def attribution(candidate: Candidate) -> frozenset[str]:
    """The stems of whose words it is, of its title and of its date."""
    transcript, turn = candidate.transcript, candidate.turn
    published = transcript.published.strftime("%d %B %Y") if transcript.published else ""
    told = " ".join((transcript.title, published, turn.speaker or "", turn.role or ""))
    return content_stems(told) | initialisms(told)


def surroundings(candidate: Candidate) -> frozenset[str]:
    """The stems of what stands within 300 characters of it, and of its attribution."""
    around = candidate.transcript.text[max(0, candidate.char_start - 300) : candidate.char_end + 300]
    return content_stems(around) | initialisms(around) | attribution(candidate)
