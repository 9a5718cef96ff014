"""What came of one question: all that the measures, the report and comparisons need, and nothing else.

A record is one line of `results.jsonl`. It is made once, when the question is asked; every measure is worked out from
it later, so that a new measure needs no new run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter

Variant = Literal["as asked", "without history"]
Status = Literal["grounded", "partial", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class FoundEvidence:
    """A piece of evidence, where it stands in the archive, and whether it was found and cited.

    `problem` says why it stands nowhere ("" where it does); then nothing below it is filled. `spans` are every place of
    the words in the transcript, as character offsets. `unit` numbers what retrieval has to find: pieces that one
    passage overlaps together are one unit. `rank` is that of the first hit that overlaps it (from 1), `rank_whole` of
    the first that holds all of it; None where none of the hits does.
    """

    source: str
    quote: str
    relevance: int = 1
    problem: str = ""
    transcript_id: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    speakers: tuple[str, ...] = ()
    unit: int = 0
    rank: int | None = None
    rank_whole: int | None = None
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation checked against the archive.

    `verbatim`: the archive has these words at these offsets. `as_stored`: speaker as the archive has it there.
    `on_evidence`: it overlaps evidence; `right_speaker`: whoever speaks the evidence says it. Both None where there is
    no evidence (or nobody named speaks it) to tell by.
    """

    marker: int
    quote: str
    transcript_id: str
    title: str
    speaker: str | None
    start_ms: int | None
    char_start: int
    char_end: int
    interpolated: bool
    verbatim: bool
    as_stored: bool
    on_evidence: bool | None
    right_speaker: bool | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage retrieved. `unit` is the evidence it finds first, None where it finds none or finds it again."""

    passage_id: str
    transcript_id: str
    char_start: int
    char_end: int
    score: float
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement of the answer, judged as ALCE does: whether its citations together support it, how many are idle.

    `idle` are the citations that support nothing alone and without which the others do as well.
    """

    text: str
    markers: tuple[int, ...]
    supported: bool
    idle: int


@dataclass(frozen=True, slots=True)
class Record:
    """A question, what was right, what was answered and how that was judged. `short` is the answer in a few words.

    `confidence` is how sure the answerer was that there is an answer (0 to 1), None where it does not tell. `timings`
    is milliseconds by stage, "total" among them. `usage` counts "calls", "input_tokens", "output_tokens" of a language
    model. `similarity` is the cosine between the answer's text and the nearest accepted answer. `judged` is a judge's
    verdict "correct", "partly" or "wrong"; "" without one; `judge_reason` is why, and why `sentences` are
    not judged where they could not be. `error` is what went wrong when `status` is "failed".
    """

    id: str
    variant: Variant
    kind: str
    question: str
    history: tuple[str, ...]
    answers: tuple[str, ...]
    every: bool
    answerable: bool | None
    draft: bool
    status: Status
    text: str = ""
    short: str = ""
    notice: str = ""
    error: str = ""
    evidence: tuple[FoundEvidence, ...] = ()
    citations: tuple[Cited, ...] = ()
    hits: tuple[Ranked, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    rejected: tuple[tuple[str, str], ...] = ()
    contained: bool | None = None
    exact: float | None = None
    f1: float | None = None
    similarity: float | None = None
    confidence: float | None = None
    judged: str = ""
    judge_reason: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)
    usage: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, Variant]:
        """What tells it from the other records of a run."""
        return self.id, self.variant

    @property
    def located(self) -> bool:
        """Whether it has relevant evidence and all of it stands in the archive: only then retrieval can be judged."""
        relevant = self.relevant
        return bool(relevant) and not any(each.problem for each in relevant)

    @property
    def relevant(self) -> tuple[FoundEvidence, ...]:
        """The evidence that was not judged irrelevant."""
        return tuple(each for each in self.evidence if each.relevance > 0)

    @property
    def refused(self) -> bool:
        """Whether the answer was that there is none."""
        return self.status == "refused"


_LINE: TypeAdapter[Record] = TypeAdapter(Record)


def to_line(record: Record) -> str:
    """The record as one line of JSON, without the line's end."""
    return _LINE.dump_json(record).decode()


def from_line(line: str | bytes) -> Record:
    """The record of a line that `to_line` made. Raises pydantic.ValidationError."""
    return _LINE.validate_json(line)
