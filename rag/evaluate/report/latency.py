"""How long answers took: a histogram of all questions, and the stages beside each other. Milliseconds throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from rag.evaluate.report.shown import counted, milliseconds
from rag.evaluate.report.svg import WIDTH, drawing, element, group, label, line, ticks

_HEIGHT, _TOP, _LEFT, _RIGHT = 130, 24, 40, WIDTH - 10
_BINS = 20
_ROW, _STAGE_LEFT, _STAGE_RIGHT = 28, 84, WIDTH - 128


@dataclass(frozen=True, slots=True)
class Times:
    """Questions by the time they took, in bins of `width` from 0; `over` took longer than the last bin's end."""

    width: float
    counts: tuple[int, ...]
    over: int
    p50: float
    p95: float

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Each bin in words, with its count."""
        ends = [self.width * at for at in range(len(self.counts) + 1)]
        named = [f"{milliseconds(a)} – {milliseconds(b)}" for a, b in pairwise(ends)]
        last = [(f"{milliseconds(ends[-1])} and more", self.over)] if self.over else []
        return [*zip(named, self.counts, strict=True), *last]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage's median and 95th percentile."""

    name: str
    p50: float
    p95: float


def times(values: npt.NDArray[np.float64]) -> Times | None:
    """The values counted; bins of a round width reach to the 99th percentile. None where nothing was timed."""
    if not len(values):
        return None
    p50, p95, usual = (float(np.quantile(values, at)) for at in (0.5, 0.95, 0.99))
    width = ticks(max(usual, 1e-3), _BINS)[1]
    count = int(usual // width) + 1
    places = np.clip(values // width, 0, count).astype(np.int64)
    counted_up = np.bincount(places, minlength=count + 1)
    return Times(width, tuple(int(each) for each in counted_up[:count]), int(counted_up[count]), p50, p95)


def histogram(name: str, found: Times) -> Markup:
    """A bar for each bin, with the median and the 95th percentile marked."""
    rows = found.rows
    step = (_RIGHT - _LEFT) / len(rows)
    tallest = ticks(max(count for _, count in rows), 3)[-1]
    bars = [_bar(text, count, _LEFT + step * at, step, count / tallest) for at, (text, count) in enumerate(rows)]
    scale = step / found.width
    marks = [_mark(found.p50, "median", scale, "end"), _mark(found.p95, "95 %", scale, "start")]
    asked = counted(sum(count for _, count in rows), "question")
    told = f"{asked}; half took up to {milliseconds(found.p50)}, 95 % up to {milliseconds(found.p95)}"
    axes = _axes(tallest, found.width * len(found.counts), scale)
    return drawing(name, "Time per question", told, _TOP + _HEIGHT + 22, (axes, *bars, *marks))


def stages(name: str, rows: Sequence[Stage]) -> Markup:
    """Each stage's median as a bar, its 95th percentile as a line with an end."""
    longest = max((row.p95 for row in rows), default=0) or 1
    told = "; ".join(f"{row.name}: median {milliseconds(row.p50)}, 95 % {milliseconds(row.p95)}" for row in rows)
    drawn = [_stage(row, _ROW * at + _ROW / 2 + 2, longest) for at, row in enumerate(rows)]
    return drawing(name, "Time by stage", told, _ROW * len(rows) + 6, drawn)


def _stage(row: Stage, y: float, longest: float) -> Markup:
    def x(value: float) -> float:
        return _STAGE_LEFT + (_STAGE_RIGHT - _STAGE_LEFT) * value / longest

    bar = element("rect", x=_STAGE_LEFT, y=y - 7, width=max(x(row.p50) - _STAGE_LEFT, 1), height=14, klass="bar")
    reach = line((x(row.p50), y), (x(row.p95), y), "whisker")
    end = line((x(row.p95), y - 5), (x(row.p95), y + 5), "whisker")
    both = f"{milliseconds(row.p50)} · {milliseconds(row.p95)}"
    return group((label(0, y + 4, row.name, "name"), bar, reach, end, label(WIDTH, y + 4, both, "value", "end")))


def _bar(text: str, count: int, x: float, step: float, share: float) -> Markup:
    height = _HEIGHT * share
    told = element("title", f"{text}: {counted(count, 'question')}")
    place = {"x": x + 0.5, "y": _TOP + _HEIGHT - height, "width": max(step - 1, 0.5), "height": height}
    return element("rect", told, **place, klass="bar")


def _mark(value: float, text: str, scale: float, anchor: str) -> Markup:
    x = min(_LEFT + value * scale, _RIGHT)
    side = -4 if anchor == "end" else 4
    anchor, side = ("end", -4) if x > _RIGHT - 30 else (anchor, side)
    anchor, side = ("start", 4) if x < _LEFT + 45 else (anchor, side)
    words = label(x + side, _TOP - 10, text, "tick", anchor)
    return group((line((x, _TOP - 18), (x, _TOP + _HEIGHT), "mark"), words))


def _axes(tallest: float, longest: float, scale: float) -> Markup:
    base = _TOP + _HEIGHT
    across = [
        group((line((_LEFT, y), (_RIGHT, y), "grid"), label(_LEFT - 5, y + 4, f"{at:g}", "tick", "end")))
        for at in ticks(tallest, 3)
        if (y := base - _HEIGHT * at / tallest) >= _TOP - 1 and at == int(at)
    ]
    below = [
        label(min(_LEFT + at * scale, _RIGHT), base + 16, milliseconds(at) if at else "0", "tick", "middle")
        for at in ticks(longest, 4)
        if at <= longest * 0.96
    ]
    return group((*across, *below), aria_hidden="true")
