"""A chat model's whole reply to messages that are no question of a reader's: bounded, counted, without its thoughts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from rag.bounded import End, Piece, pieces
from rag.failures import Failures
from rag.thoughts import without_thoughts
from rag.usage import ONE_CALL, Usage, added

_MOST_CHARS = 40_000


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote, how it came to an end, and what it cost."""

    text: str
    end: End
    usage: Usage


def reply(model: BaseChatModel, messages: Sequence[BaseMessage], seconds: float, failures: Failures) -> Reply:
    """Asks once and waits for at most `seconds`. Raises AnswererError when the provider fails."""
    seen = list(_within_bounds(pieces(model, messages, seconds, failures)))
    text = "".join(without_thoughts(piece.text for piece in seen))
    return Reply(text.strip(), seen[-1].end or "length", reduce(added, (piece.usage for piece in seen), ONE_CALL))


def _within_bounds(run: Iterable[Piece]) -> Iterator[Piece]:
    room = _MOST_CHARS
    for piece in run:
        yield piece
        room -= max(len(piece.text), 1)
        if room < 0:
            return
