"""What asking a language model cost: calls, and tokens in and out where the provider tells them.

Tokens are the provider's own count, never an estimate. A server that does not know the option to count a streamed reply
is asked again without it, and from then on always so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from types import TracebackType
from typing import Protocol, runtime_checkable

from langchain_core.exceptions import ModelInvalidRequestError
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage, BaseMessageChunk

Usage = Mapping[str, int]

ONE_CALL: Usage = {"calls": 1}
_TOLD = ("input_tokens", "output_tokens")
_UNPROCESSABLE = 422


@runtime_checkable
class _CountsStreams(Protocol):
    """A model class with LangChain's option to have a streamed reply counted."""

    stream_usage: bool | None


class _Rejection:
    """Put around a stream: takes the provider's "invalid request" where the option may be to blame."""

    def __init__(self, model: BaseChatModel) -> None:
        self._option = isinstance(model, _CountsStreams) and bool(model.stream_usage)
        self.began = self.happened = False

    def __enter__(self) -> _Rejection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        invalid = isinstance(error, ModelInvalidRequestError) or getattr(error, "status_code", 0) == _UNPROCESSABLE
        self.happened = self._option and invalid and not self.began
        return self.happened


def chunks(model: BaseChatModel, messages: Sequence[BaseMessage]) -> Iterator[BaseMessageChunk]:
    """What the model streams, its tokens counted where the server can. Raises whatever the provider raises."""
    with _Rejection(model) as rejected, closing(model.stream(list(messages))) as stream:  # type: ignore[type-var]
        for chunk in stream:
            rejected.began = True
            yield chunk
    if rejected.happened:
        yield from model.stream(list(messages), stream_usage=False)
        if isinstance(model, _CountsStreams):
            model.stream_usage = False


def told(chunk: BaseMessageChunk) -> Usage:
    """The tokens a piece of the stream accounts for; empty where it says nothing of them."""
    counted = chunk.usage_metadata if isinstance(chunk, AIMessageChunk) else None
    return {"input_tokens": counted["input_tokens"], "output_tokens": counted["output_tokens"]} if counted else {}


def added(one: Usage, other: Usage) -> dict[str, int]:
    """Both together, key by key."""
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}
