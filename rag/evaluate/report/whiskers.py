"""The dot-and-whisker plot: a measure a row, its value a dot, its 95 % interval a line, on an axis from 0 to 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rag.evaluate.metric import Estimate
from rag.evaluate.report.shown import share
from rag.evaluate.report.svg import WIDTH, clipped, drawing, element, group, label, line

_ROW, _TOP = 24, 6
_LEFT, _RIGHT, _LONGEST = 154, WIDTH - 56, 23


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows; `klass` is "good" or "bad" where a high value is that, "" where it goes without saying."""

    label: str
    estimate: Estimate
    klass: str = ""


def whiskers(name: str, title: str, rows: Sequence[Row]) -> Markup:
    """The plot. Rows with nothing to measure say n/a."""
    bottom = _TOP + _ROW * len(rows)
    told = "; ".join(f"{row.label} {_told(row.estimate)}" for row in rows)
    drawn = [_row(row, _TOP + _ROW * at + _ROW / 2) for at, row in enumerate(rows)]
    return drawing(name, title, told, bottom + 22, (_axis(bottom), *drawn))


def _row(row: Row, y: float) -> Markup:
    estimate = row.estimate
    named = label(0, y + 4, clipped(row.label, _LONGEST), "name")
    if estimate.value is None:
        return group((named, label(WIDTH, y + 4, "n/a", "value", "end")))
    drawn = [named, label(WIDTH, y + 4, share(estimate.value), "value", "end")]
    if estimate.low is not None and estimate.high is not None:
        drawn.append(line((_x(estimate.low), y), (_x(estimate.high), y), "whisker"))
    drawn.append(element("circle", cx=_x(estimate.value), cy=y, r=4.5, klass=f"dot {row.klass}".strip()))
    return group(drawn)


def _axis(bottom: float) -> Markup:
    marks = [
        group((line((_x(at), _TOP), (_x(at), bottom), "grid"), label(_x(at), bottom + 16, text, "tick", "middle")))
        for at, text in ((0, "0"), (0.25, ""), (0.5, "50"), (0.75, ""), (1, "100 %"))
    ]
    return group(marks, aria_hidden="true")


def _x(value: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * min(max(value, 0), 1)


def _told(estimate: Estimate) -> str:
    if estimate.value is None:
        return "n/a"
    if estimate.low is None or estimate.high is None:
        return share(estimate.value)
    return f"{share(estimate.value)} ({share(estimate.low)} to {share(estimate.high)})"
