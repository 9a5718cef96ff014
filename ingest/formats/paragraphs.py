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

    It does if in 4 of 10 cases where one line follows another the first breaks off and the second goes on
    without a capital. Lines followed by one that `begins` something, such as a speaker's words, tell nothing.
    """
    stripped = pairwise(line.strip() for line in lines)
    pairs = [(one, other) for one, other in stripped if one and other and not begins(other)]
    if not pairs or 10 * sum(len(one) > _WIDEST_WRAP for one, _ in pairs) > len(pairs):
        return False
    return 10 * sum(_goes_on(*pair) for pair in pairs) >= 4 * len(pairs)


def _goes_on(one: str, other: str) -> bool:
    return not ends_closed(one) and other[0].isalpha() and not other[0].isupper()


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
