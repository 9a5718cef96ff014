"""Pages set in two columns that a PDF draws straight across: parted again, left column first.

Most programs draw one column after the other, and then nothing needs to be done. A table of who said what looks alike,
but its left column is short, and it is to be read across.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.formats.pdf_lines import Line

_FEWEST_LINES = 8
_GUTTER = re.compile(r"(?<=\S) {3,}(?=\S)")
_MIDDLE = (0.4, 0.65)
_PITCH = 12.0
_NARROWEST_GUTTER = 14.0


def is_interleaved(lines: Sequence[Line], width: float) -> bool:
    """Whether six in ten lines go on at one place about the middle of the page, where a second column begins.

    Some programs draw letter by letter, so it must come after a gap in which nothing is drawn.
    """
    inner = Counter(place for line in lines for place in _after_gaps(line.starts))
    first, last = (share * width / 3 for share in _MIDDLE)
    most = max((inner[place] + inner[place + 1] for place in inner if first <= place <= last), default=0)
    return most >= max(_FEWEST_LINES, 0.6 * len(lines))


def _after_gaps(starts: Sequence[float]) -> set[int]:
    ordered = sorted(starts)
    return {round(x / 3) for before, x in pairwise(ordered) if x - before >= _NARROWEST_GUTTER}


def in_columns(layout: str) -> list[Line] | None:
    """The lines of a page, left column first, from a picture of it in characters; None when they cannot be parted.

    A page whose left column is short all the way down is a table: its lines stay whole.
    """
    rows = [line for line in layout.split("\n") if line.strip()]
    gutters = [_gutter(row) for row in rows]
    ends = [gutter[1] for gutter in gutters if gutter]
    if 2 * len(ends) < len(rows):
        return None
    middle = statistics.median_low(ends)
    lefts = [len(row[: gutter[0]].strip()) for row, gutter in zip(rows, gutters, strict=True) if gutter]
    if 2 * statistics.median_low(lefts) < middle:
        return _placed([" ".join(row.split()) for row in rows])
    left: list[str] = []
    right: list[str] = []
    for row, gutter in zip(rows, gutters, strict=True):
        if gutter and abs(gutter[1] - middle) <= 0.25 * middle:
            left.append(row[: gutter[0]])
            right.append(row[gutter[1] :])
        elif len(row) - len(row.lstrip()) > 0.6 * middle:
            right.append(row)
        else:
            left.append(row)
    return [*_placed(left), *_placed(right)]


def _gutter(row: str) -> tuple[int, int] | None:
    """Where the widest space inside the row begins and ends."""
    spaces = [match.span() for match in _GUTTER.finditer(row.strip("\n"))]
    return max(spaces, key=lambda span: span[1] - span[0], default=None)


def _placed(rows: Sequence[str]) -> list[Line]:
    return [Line(row.strip(), 0.0, -_PITCH * place) for place, row in enumerate(rows)]
