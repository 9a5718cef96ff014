"""An engine that answers from a table, to test the page without an archive. It is an `ui.asker.Asker`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ingest.errors import UnknownTranscript
from ingest.transcript import Passage, Transcript, Turn
from rag.errors import QuestionError
from rag.explain import Explained, ExplainedHit
from rag.filters import NO_FILTERS, Filters
from rag.results import Answer, Citation, Hit

KEVIN = "The European area is the top number one area we will focus on this year."
REASON = "China's Huawei is pivoting towards Europe and Asia because the US is getting harder to enter."
TEXT = f"{REASON}\n{KEVIN} And number two is the Asia Pacific."
AIR_DATE = date(2018, 4, 19)

Outcome = Answer | Exception


@dataclass(frozen=True)
class Listing:
    """A transcript as the archive lists it."""

    id: str
    title: str
    source: str | None
    published: date | None
    speakers: tuple[str, ...] = ()
    place: str = ""
    duration_ms: int | None = None
    words: int = 0


LISTINGS = (
    Listing("a1", "Huawei turns to Europe", "Harbour News", AIR_DATE, ("Kevin Ho",), "/news/huawei.txt", 60_000, 33),
    Listing("b2", "Finland joins NATO", "Northern Radio", date(2023, 4, 4)),
)


def citation(marker: int = 1, quote: str = KEVIN, **changes: object) -> Citation:
    """A citation of the transcript TEXT, with anything about it changed."""
    start = TEXT.find(quote)
    plain = Citation(
        marker=marker,
        quote=quote,
        transcript_id="a1",
        title="Huawei turns to Europe",
        source="Harbour News",
        published=AIR_DATE,
        speaker="Kevin Ho",
        role="President, Huawei Handset Product Line",
        start_ms=34_000,
        end_ms=52_000,
        char_start=max(start, 0),
        char_end=max(start, 0) + len(quote),
        url=None,
        interpolated=True,
        before="He spoke in Paris. ",
        after=" And number two is the Asia Pacific.",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def hit(text: str = REASON, rank: int = 1, title: str = "Huawei turns to Europe") -> Hit:
    """A passage found."""
    passage = Passage(f"p{rank}", "a1", 0, 0, 0, len(text), ("Kevin Ho",), 12_000, 20_000, text, True)
    return Hit(passage, 1 / rank, rank, {"words": 3.2}, title, "Harbour News", AIR_DATE)


def grounded(question: str) -> Answer:
    """Two sentences, two citations."""
    narrator = citation(1, REASON, speaker=None, role=None, start_ms=12_000, before="", after=KEVIN)
    text = f"{REASON} [1]\nKevin Ho: “{KEVIN}” [2]"
    return Answer(question, text, (narrator, citation(2)), (hit(),))


def refusal(question: str) -> Answer:
    """No citation, the nearest passages."""
    return Answer(question, "The transcripts do not answer this question.", (), (hit(), hit(KEVIN, 2)))


@dataclass
class FakeEngine:
    """Answers from `outcomes`, else refuses; an exception there is raised. `asked` is what it was asked.

    `gate`, when given, holds every answer back after its first words until it is set.
    """

    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    listings: Sequence[Listing] = LISTINGS
    broken: Exception | None = None
    gate: threading.Event | None = None
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    narrowed: list[Filters | None] = field(default_factory=list)
    otherwise: Callable[[str], Answer] = refusal

    def ask(self, question: str, history: Sequence[str | Answer] = (), *, filters: Filters | None = None) -> Answer:
        return tuple(self.stream(question, history, filters=filters))[-1]

    def stream(
        self, question: str, history: Sequence[str | Answer] = (), *, filters: Filters | None = None
    ) -> Iterator[Answer]:
        if not question.strip():
            raise QuestionError("The question is empty. Type one and ask again.")
        self.asked.append((question, tuple(each if isinstance(each, str) else each.question for each in history)))
        self.narrowed.append(filters)
        outcome = self.outcomes.get(question) or self.otherwise(question)
        if isinstance(outcome, Exception):
            raise outcome
        yield Answer(question, outcome.text[:20], (), ())
        if self.gate:
            self.gate.wait(30)
        yield outcome

    def explain(
        self, question: str, limit: int = 10, history: Sequence[str | Answer] = (), *, filters: Filters | None = None
    ) -> Explained:
        found = ExplainedHit(hit(), {question: 3.2})
        return Explained((question,), (), (), filters or NO_FILTERS, (), "", (found,))

    def entries(self) -> Sequence[Listing]:
        if self.broken:
            raise self.broken
        return self.listings

    def transcript(self, id_or_prefix: str, /) -> Transcript:
        if id_or_prefix != "a1":
            raise UnknownTranscript(f"No transcript has the id {id_or_prefix}.")
        turn = Turn(0, "Kevin Ho", None, 0, 60_000, TEXT, 0)
        title, source = LISTINGS[0].title, LISTINGS[0].source
        return Transcript("a1", title, source, AIR_DATE, None, None, 60_000, (turn,), TEXT)
