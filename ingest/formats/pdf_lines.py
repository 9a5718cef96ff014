"""The lines of PDF pages to text: heads, feet and page numbers taken out, hyphenated words joined, paragraphs parted.

Lines stay lines, one below the other: whether a line end inside a paragraph means anything is decided by the text
formats, as for every other file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.formats.paragraphs import ends_closed
from ingest.formats.pdf_hyphens import joined

_EDGE = 3
_NUMBER = re.compile(r"\d+|\b[ivxl]{1,6}\b")
_CLOCK = re.compile(r"\d:\d\d")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s*)?#(?:\s*(?:of|/)\s*#)?[-–—\s]*", re.IGNORECASE)
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_WIDER = 1.35
_INDENT = 8.0

Matrix = Sequence[float]


class Line(NamedTuple):
    """A line of a page: where it begins, in points from the lower left corner, and the places where words are drawn."""

    text: str
    x: float
    y: float
    starts: tuple[float, ...] = ()


class LineReader:
    """Collects the lines of a page from what pypdf tells its visitors. `check` is called at every operation."""

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._shown: list[tuple[float, float]] = []
        self._parts: list[str] = []
        self._place: tuple[float, float] | None = None
        self._lines: list[Line] = []

    def operation(self, operator: bytes, operands: object, cm: Matrix, tm: Matrix) -> None:
        """An operation of the page's program is about to be done."""
        self._check()
        if operator in (b"Tj", b"TJ"):
            self._shown.append(_at(cm, tm))

    def text(self, text: str, cm: Matrix, tm: Matrix, font: object, size: float) -> None:
        """Text was found at a place; a line feed ends a line."""
        for place, part in enumerate(text.split("\n")):
            if place:
                self._end()
            if part.strip() and self._place is None:
                self._place = _at(cm, tm)
            self._parts.append(part)

    def lines(self) -> list[Line]:
        """The lines with words, in the order they were drawn."""
        self._end()
        starts: dict[int, list[float]] = {}
        for x, y in self._shown:
            starts.setdefault(round(y), []).append(round(x, 1))
        return [line._replace(starts=tuple(starts.get(round(line.y), ()))) for line in self._lines]

    def _end(self) -> None:
        text = "".join(self._parts).translate(LIGATURES).strip()
        if text and self._place:
            self._lines.append(Line(text, *self._place))
        self._parts, self._place = [], None


def _at(cm: Matrix, tm: Matrix) -> tuple[float, float]:
    return tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]


def text_of(pages: Sequence[Sequence[Line]]) -> str:
    """The text of the pages: lines, with a blank line between paragraphs that a gap or an indent parts."""
    kept = _without_running_lines(pages)
    pitch = _pitch(kept)
    texts: list[str] = []
    for page in kept:
        margin = min((line.x for line in page), default=0.0)
        for place, line in enumerate(page):
            above = page[place - 1] if place else None
            if texts and _begins(line, above, texts[-1], pitch, margin):
                texts.append("")
            texts.append(line.text)
    return "\n".join(joined(texts))


def _without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without lines that come back at one height, numbers aside, at the top or the bottom of pages."""
    times = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    running = {key for key, count in times.items() if count >= max(_fewest(key[0]), 0.4 * len(pages))}
    kept = []
    for page in pages:
        dropped = {line for line in _edges(page) if _key(line) in running or _is_number(line, page)}
        kept.append([line for line in page if line not in dropped])
    return kept


def _fewest(text: str) -> int:
    """Lines that differ in a number may be talk, so on two pages only they are not taken for a head."""
    return 3 if "#" in text and not _PAGE_NUMBER.fullmatch(text) else 2


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.y)
    return [*by_height[:_EDGE], *by_height[_EDGE:][-_EDGE:]]


def _key(line: Line) -> tuple[str, int]:
    text = line.text.casefold()
    return text if _CLOCK.search(text) else _NUMBER.sub("#", text), round(line.y / 3)


def _is_number(line: Line, page: Sequence[Line]) -> bool:
    """Whether the line is a page number: "Page 1 of 3" anywhere at the edge, "- 1 -" below everything else."""
    text = _NUMBER.sub("#", line.text.casefold())
    lowest = line.y <= min(each.y for each in page) and len(page) > 1
    return bool(_PAGE_NUMBER.fullmatch(text)) and (lowest or "page" in text or "of" in text)


def _pitch(pages: Sequence[Sequence[Line]]) -> float:
    """The distance from line to line in a paragraph: one in five is as small where most paragraphs are short."""
    gaps = sorted(one.y - other.y for page in pages for one, other in pairwise(page) if 5 < one.y - other.y < 60)
    return gaps[len(gaps) // 5] if gaps else 0.0


def _begins(line: Line, above: Line | None, last: str, pitch: float, margin: float) -> bool:
    """Whether a paragraph begins: after a wide gap, with an indent, or on a new page or column after a closed one."""
    if above is None or above.y <= line.y:
        return ends_closed(last) and not line.text[:1].islower()
    if above.y - line.y > _WIDER * pitch:
        return True
    return line.x - above.x > _INDENT and above.x - margin < 1 and ends_closed(last)
