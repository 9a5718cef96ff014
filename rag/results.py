"""What comes back from a question: hits, citations, answers. Plain values; nothing here searches or renders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ingest.transcript import Passage
from rag.filters import NO_FILTERS, Filters

Status = Literal["grounded", "partial", "refused"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the score that ranked it (0 to 1 within one search, higher is better).

    `parts` holds what went into the score. Raw: "words" (BM25) and "vectors" (cosine), absent where that search did not
    find the passage, and "phrase", the share of the quoted phrases that stand in it, where there are such. What these
    gave to the score: "from_words", "from_vectors", "from_phrase" and, where a question names a time, "from_time".
    Where a reader read it: "reader" and "answers", its logits, and "from_reader"; `read` then is what it says of each
    sentence, by where that starts in the transcript. `also` are ids of passages that say the same in other transcripts.
    """

    passage: Passage
    score: float
    rank: int
    parts: Mapping[str, float] = field(default_factory=dict)
    title: str = ""
    source: str | None = None
    published: date | None = None
    also: tuple[str, ...] = ()
    read: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words of one speaker: `transcript.text[char_start:char_end] == quote`, always.

    Speaker, role and time come from the turn that covers the quote. `interpolated` times are estimates, shown with ≈.
    `before` and `after` are the words around the quote in the same transcript, for showing it in context. `asked` is,
    verbatim, the question of an interview that the quote answers, and `asked_by` who asked it, where that can be told.
    """

    marker: int
    quote: str
    transcript_id: str
    title: str
    source: str | None
    published: date | None
    speaker: str | None
    role: str | None
    start_ms: int | None
    end_ms: int | None
    char_start: int
    char_end: int
    url: str | None
    interpolated: bool = False
    before: str = ""
    after: str = ""
    asked: str = ""
    asked_by: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A sentence that was written and is not shown as fact, with the reason in words a reader understands."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Short:
    """The answer in a few words: exact words of the quote whose citation has this marker."""

    text: str
    marker: int


@dataclass(frozen=True, slots=True)
class Section:
    """Citations that belong together under a heading: a side of a comparison, a date of a change, a speaker."""

    heading: str
    markers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the transcripts say to a question.

    `text` carries the markers "[1]" of its citations. When nothing answers, `citations` is empty, `text` says so and
    `hits` are the nearest passages. `timings` is milliseconds by stage: "understand", "retrieve", "answer" and, within
    the last where a language model wrote, "write" (waiting for it) and "verify". `notice` tells of anything the reader
    should know about how the answer came about. `usage` is what a language model cost: "calls" and, where the provider
    tells, "input_tokens" and "output_tokens"; empty when none was asked. `confidence` is how likely it is, from 0 to 1,
    that the transcripts answer at all, given with refusals too; None where the answerer does not tell. `filters` is
    what the search was narrowed to. `short` is there when the answer in a few words is sure, `sections` when the
    citations are laid out in groups. `read_as` is a follow-up question as it stands alone, else empty.
    """

    question: str
    text: str
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    rejected: tuple[Rejected, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    notice: str = ""
    usage: Mapping[str, int] = field(default_factory=dict)
    confidence: float | None = None
    filters: Filters = NO_FILTERS
    short: Short | None = None
    sections: tuple[Section, ...] = ()
    read_as: str = ""

    @property
    def status(self) -> Status:
        """ "grounded", "partial" when something was struck out, "refused" when nothing could be cited."""
        if not self.citations:
            return "refused"
        return "partial" if self.rejected else "grounded"
