"""A conversation as Markdown or JSON to keep: each answer with its full citations. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rag.results import Answer, Citation
from ui.conversation import Conversation, Exchange
from ui.jsonout import dumps
from ui.reference import reference

_STEERS = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
_LISTED = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class File:
    """A file to save: its name, its media type, what is in it."""

    name: str
    type: str
    text: str


def markdown(conversation: Conversation) -> str:
    """Questions as headings, answers as they were shown, the citations of each as a numbered list."""
    return "\n".join(line for each in conversation.exchanges for line in _exchange(each)).strip() + "\n"


def as_json(conversation: Conversation) -> str:
    """Every exchange with all that came back; a citation's place is `transcript_id`, `char_start` and `char_end`."""
    return dumps({"exchanges": conversation.exchanges}) + "\n"


_KINDS: Mapping[str, tuple[str, str, Callable[[Conversation], str]]] = {
    "markdown": ("conversation.md", "text/markdown", markdown),
    "json": ("conversation.json", "application/json", as_json),
}


def export(conversation: Conversation, kind: str) -> File:
    """The conversation as a file of that kind, "markdown" or "json". Raises KeyError for another."""
    name, media_type, write = _KINDS[kind]
    return File(name, media_type, write(conversation))


def _exchange(exchange: Exchange) -> Iterator[str]:
    yield f"## {_literal(exchange.question)}\n"
    if exchange.filters:
        yield f"Asked only of: {_literal('; '.join(exchange.filters.describe()))}.\n"
    if exchange.problem:
        yield f"{_literal(exchange.problem)}\n"
    if exchange.answer is not None:
        yield from _answer(exchange.answer)


def _answer(answer: Answer) -> Iterator[str]:
    if answer.read_as:
        yield f"Read as: {_literal(answer.read_as)}\n"
    if answer.notice:
        yield f"{_literal(answer.notice)}\n"
    if answer.short:
        yield f"**{_literal(answer.short.text)}** \\[{answer.short.marker}\\]\n"
    for line in filter(None, map(str.strip, answer.text.splitlines())):
        yield f"{_literal(line)}\n"
    yield from (_citation(each) for each in answer.citations)
    if answer.citations:
        yield ""


def _citation(citation: Citation) -> str:
    asked = f" Asked: “{citation.asked}”" if citation.asked else ""
    return f"{citation.marker}. {_literal(reference(citation))}{_literal(asked)}"


def _literal(text: str) -> str:
    """Text that Markdown shows as it is: what would steer it stands behind a backslash."""
    return _LISTED.sub(r"\1\\\2", _STEERS.sub(r"\\\1", " ".join(text.split())))
