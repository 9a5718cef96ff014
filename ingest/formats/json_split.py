"""A JSON list cut into its members without holding it, for lists that are larger than memory.

Only brackets and quotation marks are looked at; whether a member is sound JSON is found out when it is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ingest.errors import Malformed
from ingest.formats.source import MAX_BYTES

_MARK = re.compile(r'["\\{}\[\]]')
# An edge of a member or of the list: whether a bracket opens, and how many are open before it.
_EDGES = frozenset(((True, 0), (True, 1), (False, 2), (False, 1)))
_BETWEEN = " ,\t\r\n\ufeff"


class Cut(NamedTuple):
    """The text of one member, cut off where it is longer than any transcript, and the line it begins in."""

    text: str
    line: int


def records(pieces: Iterable[str], path: Path) -> Iterator[Cut | Malformed]:
    """The objects and lists in the outermost list; anything else in it, and an end too early, is an error."""
    scan = _Scan()
    for piece in pieces:
        for cut in scan.read(piece):
            yield cut if cut.text.startswith(("{", "[")) else _stray(cut, path)
    if scan.depth:
        cause = "is a JSON list that ends in the record that begins here, or lacks its last ]."
        yield Malformed(path, cause, "Fetch the file again; it may have been cut off.", scan.line)
    elif scan.holds_words:
        yield _stray(scan.cut(), path)


def _stray(cut: Cut, path: Path) -> Malformed:
    cause = f"has {cut.text.strip(_BETWEEN)[:40]!r} beside the records of a JSON list."
    return Malformed(path, cause, "A list of records holds nothing but objects.", cut.line)


@dataclass(slots=True)
class _Scan:
    """Where the reading stands: how many brackets are open, whether in a string, and what is held so far.

    `line` is the line in which what is held begins, `breaks` the line ends in it, `skip` the place after a
    backslash.
    """

    depth: int = 0
    quoted: bool = False
    skip: int = -1
    line: int = 1
    breaks: int = 0
    held: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def holds_words(self) -> bool:
        """Whether more is held than white space and commas."""
        return any(part.strip(_BETWEEN) for part in self.held)

    def cut(self) -> Cut:
        """What is held, which is not held any more."""
        found = Cut("".join(self.held), self.line)
        self.line += self.breaks
        self.held, self.size, self.breaks = [], 0, 0
        return found

    def read(self, piece: str) -> Iterator[Cut]:
        """What ends in this piece: members, and anything else that stands between them."""
        start = 0
        for mark in _MARK.finditer(piece):
            place, char = mark.start(), mark[0]
            if not self._is_bracket(place, char):
                continue
            opens = char in "{["
            if (opens, self.depth) in _EDGES:
                complete = not opens and self.depth == 2
                self._hold(piece[start : place + complete])
                words = complete or self.holds_words
                found = self.cut()
                if words:
                    yield found
                start = place if opens and self.depth else place + 1
            self.depth = max(0, self.depth + (1 if opens else -1))
        self._hold(piece[start:])
        self.skip = self.skip - len(piece) if self.skip >= len(piece) else -1

    def _is_bracket(self, place: int, char: str) -> bool:
        """Whether a mark is a bracket outside of strings; keeps the account of strings."""
        if place == self.skip:
            return False
        if char == "\\":
            self.skip = place + 1 if self.quoted else self.skip
        elif char == '"':
            self.quoted = not self.quoted
        return char not in '"\\' and not self.quoted

    def _hold(self, text: str) -> None:
        self.breaks += text.count("\n")
        if text and self.size <= MAX_BYTES:
            self.held.append(text)
            self.size += len(text)
