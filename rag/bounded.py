"""What a chat model streams, bounded by a clock that holds even while the model says nothing.

The model runs in a thread of its own; when time is up or the reader goes away it is told to stop and no
longer waited for. It carries the caller's context, so LangChain's callbacks and traces see it as part of
the caller's run.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from queue import Empty, Full, Queue
from typing import Literal

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, BaseMessageChunk

from rag.errors import AnswererError
from rag.failures import Failures
from rag.retries import patient
from rag.usage import Usage, chunks, told

End = Literal["", "stop", "length", "time"]

# Half of a surrogate pair, as some providers send it, is no text: nothing could encode it.
_LONE = re.compile("[\ud800-\udfff]")
_HELD_CHUNKS = 64
_POLL_S = 0.25
_CUT_SHORT = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})
_REASON_KEYS = ("finish_reason", "stop_reason", "done_reason")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, or with `end` set the last one: the model stopped, hit its limit, or time is up.

    `usage` are the tokens the provider counted with this piece; empty with most.
    """

    text: str = ""
    end: End = ""
    usage: Usage = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Run:
    """One call to a model and the queue it fills."""

    model: BaseChatModel
    messages: Sequence[BaseMessage]
    failures: Failures
    deadline: float
    pieces: Queue[Piece | AnswererError] = field(default_factory=lambda: Queue(_HELD_CHUNKS))
    stopped: threading.Event = field(default_factory=threading.Event)

    def fill(self) -> None:
        """Runs in the thread: everything that happens ends up in the queue."""
        try:
            with self.failures:
                self._put(Piece(end=self._stream()))
        except AnswererError as error:
            self._put(error)

    def _stream(self) -> End:
        end: End = "stop"
        for chunk in patient(lambda: chunks(self.model, self.messages), self.deadline, self.stopped):
            if self.stopped.is_set():
                break
            end = "length" if _is_cut(chunk) else end
            self._put(Piece(_LONE.sub("\ufffd", chunk.text), usage=told(chunk)))
        return end

    def _put(self, piece: Piece | AnswererError) -> None:
        while not self.stopped.is_set():
            try:
                self.pieces.put(piece, timeout=_POLL_S)
            except Full:
                continue
            return


def pieces(
    model: BaseChatModel, messages: Sequence[BaseMessage], seconds: float, failures: Failures
) -> Iterator[Piece]:
    """Text as it comes, then one Piece with `end` set, after at most `seconds`, pauses and second tries included.

    Raises AnswererError when the provider fails.
    """
    deadline = time.monotonic() + seconds
    run = _Run(model, messages, failures, deadline)
    threading.Thread(target=copy_context().run, args=(run.fill,), name="onrecord-llm", daemon=True).start()
    try:
        yield from _until(run.pieces, deadline)
    finally:
        run.stopped.set()


def _until(queue: Queue[Piece | AnswererError], deadline: float) -> Iterator[Piece]:
    while (left := deadline - time.monotonic()) > 0:
        try:
            piece = queue.get(timeout=left)
        except Empty:
            break
        if isinstance(piece, AnswererError):
            raise piece
        yield piece
        if piece.end:
            return
    yield Piece(end="time")


def _is_cut(chunk: BaseMessageChunk) -> bool:
    said = (str(chunk.response_metadata.get(key, "")).lower() for key in _REASON_KEYS)
    return any(reason in _CUT_SHORT for reason in said)
