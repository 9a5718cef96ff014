"""Quotation marks: which one opens, which one closes, and where a quotation that opens a text ends."""

from __future__ import annotations

import re
from typing import NamedTuple

MARKS = '"“”„‟«»'
_OPENING, _CLOSING = "“„«", "”»"
_MARK = re.compile(f"[{MARKS}]")
_SENTENCE_ENDS = ".?!…,;—–-"


class Quotation(NamedTuple):
    """A text that opened with a quotation mark, taken apart. `closed` tells whether its end was found."""

    inner: str
    rest: str
    closed: bool


def opens_with_mark(text: str) -> bool:
    """Whether the text begins with a quotation mark."""
    return text[:1] != "" and text[0] in MARKS


def unquote(text: str) -> Quotation:
    """Takes the quotation off a text that begins with one. Marks within it stay, words after it are `rest`.

    Marks are told apart by what stands around them, for writers mix straight and curly ones. If they do
    not pair up, the last one that closes a sentence ends the quotation; if there is none, it has no end in
    this text.
    """
    depth, last = 1, None
    for place in (match.start() for match in _MARK.finditer(text, 1)):
        opens = _opens(text, place)
        depth += 1 if opens else -1
        if depth == 0:
            return _cut(text, place)
        if not opens and text[place - 1] in _SENTENCE_ENDS and not text[place + 1 : place + 3].strip().islower():
            last = place
    return _cut(text, last) if last is not None else Quotation(text[1:].strip(), "", False)


def closing_mark(text: str) -> int | None:
    """Where a quotation begun on an earlier line ends here: at the first mark that nothing here opened."""
    depth = 0
    for match in _MARK.finditer(text):
        depth += 1 if _opens(text, match.start()) else -1
        if depth < 0:
            return match.start()
    return None


def _opens(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    apart_before = not before or before.isspace() or before in "([{—–" + MARKS
    apart_after = not after or after.isspace() or after in ")]}.,;:!?…—–" + MARKS
    if apart_before != apart_after:
        return apart_before
    return text[place] in _OPENING


def _cut(text: str, place: int) -> Quotation:
    inner, rest = text[1:place].strip(), text[place + 1 :].strip()
    if rest and not any(char.isalnum() for char in rest):
        mark = "" if inner.endswith((".", "?", "!", "…")) else rest[:1].strip(MARKS)
        return Quotation(inner + mark, "", True)
    return Quotation(inner, rest, True)
