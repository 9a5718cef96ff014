"""Transcripts, hits and speaking models for tests of the answerers: small, real objects of the real types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

from ingest.passages import split
from ingest.transcript import Passage, Transcript, Turn
from rag.results import Hit

Spoken = tuple[str | None, str | None, str]

PIVOT = "China's Huawei is pivoting towards Europe and Asia because the US is getting harder to enter."
KEVIN = (
    "The European area is the top number one area we will focus on this year. And number two, as I mentioned "
    "about in the Asia Pacific, some countries, we are still very low market share."
)
VOTE = (
    "The US Federal Communications Commission voted 5-0 on Tuesday for a draft order banning federal "
    "funds from being spent on goods from companies deemed a risk to American national security. Huawei and "
    "Chinese rival ZTE were both cited as possible threats in the order."
)
JIM = "We still, we are investing in the United States, it's a huge market, huge market."
PROFITS = "Huawei profits rose 28.1 percent in 2017, boosted by strong sales and booming business overseas."

HUAWEI: tuple[Spoken, ...] = (
    (None, None, PIVOT),
    ("Kevin Ho", "President, Huawei Handset Product Line", KEVIN),
    (None, None, VOTE),
    ("Jim Xu", "VP, Huawei Consumer Business Group", JIM),
    (None, None, PROFITS),
)


def transcript(
    spoken: Sequence[Spoken] = HUAWEI,
    *,
    name: str = "t1",
    title: str = "Huawei turns to Europe",
    source: str | None = "Harbour News",
    published: date | None = date(2018, 4, 19),
    duration_ms: int = 184_000,
) -> Transcript:
    """A transcript of (speaker, role, words), a turn and a line each, with times spread over the duration."""
    text = "\n".join(words for _, _, words in spoken)
    turns, start = [], 0
    for index, (speaker, role, words) in enumerate(spoken):
        begin, end = (round(duration_ms * at / max(len(text), 1)) for at in (start, start + len(words)))
        turns.append(Turn(index, speaker, role, begin, end, words, start, speaker, interpolated=True))
        start += len(words) + 1
    return Transcript(name, title, source, published, None, None, duration_ms, tuple(turns), text)


def hit(of: Transcript, first_turn: int = 0, last_turn: int | None = None, rank: int = 1) -> Hit:
    """A passage of whole turns."""
    last = first_turn if last_turn is None else last_turn
    turns = of.turns[first_turn : last + 1]
    start, end = turns[0].char_start, turns[-1].char_end
    speakers = tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    text = of.text[start:end]
    passage = Passage(
        f"{of.id}:{start}",
        of.id,
        first_turn,
        last,
        start,
        end,
        speakers,
        turns[0].start_ms,
        turns[-1].end_ms,
        text,
    )
    return hit_of(passage, of, rank)


def hit_of(passage: Passage, of: Transcript, rank: int = 1) -> Hit:
    """The passage as search would return it."""
    return Hit(passage, 1 / rank, rank, {"words": 1.0}, of.title, of.source, of.published)


def hits(of: Transcript) -> tuple[Hit, ...]:
    """Every turn as a passage of its own, in order: turn 0 is [1]."""
    return tuple(hit(of, index, rank=index + 1) for index in range(len(of.turns)))


def passages(of: Transcript) -> tuple[Hit, ...]:
    """The passages the splitter makes."""
    return tuple(hit_of(passage, of, rank) for rank, passage in enumerate(split(of), start=1))


def lookup(*transcripts: Transcript) -> Callable[[str], Transcript]:
    """An archive's `transcript` over these."""
    by_id: Mapping[str, Transcript] = {one.id: one for one in transcripts}
    return by_id.__getitem__


class Saying(BaseChatModel):
    """A chat model that says a fixed text, in small pieces, and keeps what it was sent."""

    says: str
    piece: int = 7
    finish_reason: str = "stop"
    sent: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "saying"

    def pieces(self) -> Iterator[str]:
        """What it says, piece by piece."""
        return (self.says[at : at + self.piece] for at in range(0, len(self.says), self.piece))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage("".join(self.pieces())))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.sent.append(messages)
        for text in self.pieces():
            yield ChatGenerationChunk(message=AIMessageChunk(content=text))
        yield ChatGenerationChunk(
            message=AIMessageChunk(content="", response_metadata={"finish_reason": self.finish_reason})
        )


def markers(text: str) -> list[int]:
    """The citation numbers in an answer's text, in order."""
    return [int(number) for number in re.findall(r"\[(\d+)\]", text)]
