"""A run to show and to export: records over a small made-up archive, one for everything that can happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from rag.evaluate.record import Cited, FoundEvidence, Ranked, Record, Sentence

HARBOUR, COUNCIL = "2018-04-19_harbour-news.txt", "2018-05-02_council.vtt"
ABOUT: dict[str, Any] = {
    "questions": {"path": "sets/harbour.jsonl", "format": "JSONL", "count": 9},
    "archive": {"folder": "/data/archive", "transcripts": 2, "passages": 31},
    "fingerprint": {"questions_sha256": "ab" * 32, "archive": "cd" * 32, "settings": {"top_k": 8, "offline": True}},
    "answerer": "onrecord, quotes",
    "judge": "word alignment",
    "versions": {"python": "3.11.9", "onrecord": "0.1.0"},
    "machine": {"system": "Linux x86_64", "processor": "A processor", "cores": 2, "load": None},
    "started": "2025-11-23T14:00:00+00:00",
    "finished": "2025-11-23T14:03:05+00:00",
}


def evidence(quote: str, source: str = HARBOUR, *, rank: int | None = 1, unit: int = 0, **given: Any) -> FoundEvidence:
    """Evidence that stands in the archive; the hit at `rank` holds all of it."""
    usual: dict[str, Any] = {
        "transcript_id": f"id-{source}",
        "spans": ((10, 10 + len(quote)),),
        "speakers": ("Mara Lindqvist",),
        "rank_whole": rank,
        "cited": rank == 1,
    }
    return FoundEvidence(source, quote, **usual | {"rank": rank, "unit": unit} | given)


def lost(quote: str, source: str, problem: str) -> FoundEvidence:
    """Evidence that stands nowhere."""
    return FoundEvidence(source, quote, problem=problem)


def hits(found: Sequence[int | None]) -> tuple[Ranked, ...]:
    """A hit for each, which finds that unit."""
    return tuple(
        Ranked(f"passage-{rank}", f"id-{HARBOUR}", 400 * rank, 400 * rank + 380, 1 - rank / 40, unit)
        for rank, unit in enumerate(found, 1)
    )


def cited(quote: str, marker: int = 1, **given: Any) -> Cited:
    """A citation with nothing wrong with it."""
    usual: dict[str, Any] = {
        "transcript_id": f"id-{HARBOUR}",
        "title": "Huawei turns to Europe",
        "speaker": "Mara Lindqvist",
        "start_ms": 42_000 * marker,
        "char_start": 10,
        "char_end": 10 + len(quote),
        "interpolated": True,
        "verbatim": True,
        "as_stored": True,
        "on_evidence": True,
        "right_speaker": True,
    }
    return Cited(marker, quote, **usual | given)


def record(number: int, question: str, **given: Any) -> Record:
    """A question answered right from the first passage, but for what is given."""
    quote = given.pop("quote", "the American market has become harder to enter")
    usual: dict[str, Any] = {
        "variant": "as asked",
        "kind": "why",
        "history": (),
        "answers": (quote,),
        "every": False,
        "answerable": True,
        "draft": False,
        "status": "grounded",
        "text": f"Mara Lindqvist: “{quote}” [1]",
        "evidence": (evidence(quote),),
        "citations": (cited(quote),),
        "hits": hits((0, *[None] * 19)),
        "sentences": (Sentence(quote, (1,), supported=True, idle=0),),
        "contained": True,
        "exact": 0.0,
        "f1": 0.72,
        "similarity": 0.81,
        "confidence": 0.9 - number / 100,
        "timings": {"understand": 1.2, "retrieve": 21.0 + number, "answer": 14.0, "total": 38.0 + 3 * number},
    }
    return Record(id=f"s-{number:03d}", question=question, **usual | given)


def unanswered(number: int, question: str, **given: Any) -> Record:
    """A question that was refused."""
    usual: dict[str, Any] = {
        "status": "refused",
        "text": "The archive does not answer this. The nearest passages are below.",
        "citations": (),
        "sentences": (),
        "contained": None,
        "exact": None,
        "f1": None,
        "similarity": None,
        "confidence": 0.12,
    }
    return record(number, question, **usual | given)


def run() -> tuple[Record, ...]:
    """One question for each thing that can happen, follow-ups asked twice."""
    not_held: dict[str, Any] = {"kind": "unanswerable", "answerable": False, "answers": (), "evidence": ()}
    follow_up = record(
        4,
        "And who said so?",
        kind="follow_up",
        history=("Why is Huawei turning to Europe?", "Since when?"),
        answers=("Mara Lindqvist", "Lindqvist"),
        quote="We have been turned away three times, and the harbour is full",
    )
    partial = record(
        3,
        "What did Mara Lindqvist and Jim Xu say about the tariffs?",
        kind="compare",
        every=True,
        answers=("a mistake", "a chance"),
        status="partial",
        contained=False,
        text="She called them “a mistake” [1]. He welcomed them [2].",
        evidence=(
            evidence("They are a mistake and everybody in this harbour knows it."),
            evidence("It is a chance.", COUNCIL, rank=9, unit=1, speakers=("Jim Xu",)),
        ),
        citations=(
            cited("They are a mistake"),
            cited("we welcome every visitor", 2, on_evidence=False, right_speaker=False, speaker=None),
        ),
        hits=hits((0, *[None] * 7, 1, *[None] * 11)),
        sentences=(
            Sentence("She called them “a mistake”", (1,), supported=True, idle=0),
            Sentence("He welcomed them", (2,), supported=False, idle=0),
        ),
        rejected=(("He said they would last ten years.", "no passage says this"),),
        notice="The language model left out one of its sources.",
        judged="partly",
        judge_reason="Names one of the two positions.",
        usage={"calls": 2, "input_tokens": 2140, "output_tokens": 96},
        timings={"understand": 1.3, "retrieve": 25.0, "answer": 900.0, "write": 850.0, "verify": 40.0, "total": 1310.0},
    )
    return (
        record(1, "Why is Huawei turning to Europe?"),
        record(2, "How did the FCC vote on the draft order?", kind="number", answers=("5-0",), quote="voted 5-0"),
        partial,
        follow_up,
        replace(unanswered(4, follow_up.question), kind="follow_up", variant="without history"),
        unanswered(5, "By how much did profits rise?", kind="number", hits=hits([None] * 20), evidence=(
            evidence("Its profits rose 28.1 percent in 2017.", rank=None, cited=False),
        )),
        unanswered(6, "What will the weather be like?", **not_held),
        record(7, "Who won the election in Norway?", citations=(cited("the vote was close", on_evidence=None),),
               **not_held | {"contained": None}),
        record(8, "When does the bridge open?", kind="when", draft=True, citations=(), hits=(), sentences=(),
               status="failed", text="", error="The question is longer than 2,000 characters.", contained=None,
               evidence=(lost("The bridge opens in May.", COUNCIL, f"its quote is not found in {COUNCIL!r}"),)),
        record(9, "Who are you?", kind="", answers=(), evidence=(), answerable=None, contained=None),
    )  # fmt: skip


def given(records: Sequence[Record]) -> Callable[[], Iterator[Record]]:
    """The records anew each time it is called, as a report asks for them."""
    return lambda: iter(records)
