"""Lines to paragraphs: what a file's line breaks mean is read off the file itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

_WIDEST_WRAP = 130
_CLOSED = re.compile(r"[.?!…:;—–-][)\]”\"’'»]*$")


def ends_closed(line: str) -> bool:
    """Whether the line ends as a sentence or an interrupted one does."""
    return bool(_CLOSED.search(line.rstrip()[-4:]))


def is_wrapped(lines: Sequence[str], begins: Callable[[str], object]) -> bool:
    """Whether the file breaks its lines at a width, so that a line end inside a paragraph means nothing.

    It does if most lines that are followed by another line at once break off in the middle of a sentence. Lines
    followed by one that `begins` something, such as a speaker's words, tell nothing.
    """
    pairs = pairwise(line.strip() for line in lines)
    followed = [one for one, other in pairs if one and other and not begins(other)]
    if 10 * sum(len(line) > _WIDEST_WRAP for line in followed) > len(followed):
        return False
    return 2 * sum(not ends_closed(line) for line in followed) > len(followed)


def blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """The runs of lines between blank lines, stripped."""
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []
    if block:
        yield block
