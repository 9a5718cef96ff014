"""Drops what a reasoning model thinks aloud before it answers: a leading <think> … </think>, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_OPEN, _CLOSE = "<think>", "</think>"


def without_thoughts(texts: Iterable[str]) -> Iterator[str]:
    """The same text in pieces, from after the thoughts on. Thoughts are not kept, however long they are."""
    stream = iter(texts)
    head = _head(stream)
    if head.lstrip().startswith(_OPEN):
        head = _after_close(head, stream)
    yield head
    yield from stream


def _head(stream: Iterator[str]) -> str:
    """The beginning, as far as is needed to tell whether it opens a thought."""
    head = ""
    for text in stream:
        head += text
        begun = head.strip()
        if len(head) > 10 * len(_OPEN) or not _OPEN.startswith(begun[: len(_OPEN)]) or len(begun) >= len(_OPEN):
            break
    return head


def _after_close(head: str, stream: Iterator[str]) -> str:
    held = head
    while _CLOSE not in held:
        following = next(stream, None)
        if following is None:
            return ""
        held = held[-len(_CLOSE) :] + following
    return held.partition(_CLOSE)[2]
