"""The refusal curve: what the answerer would refuse, rightly and wrongly, at every threshold of its own confidence."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rag.evaluate.measures.threshold import Point
from rag.evaluate.report.shown import share
from rag.evaluate.report.svg import WIDTH, drawing, element, group, label, line

_TOP, _HEIGHT, _LEFT, _RIGHT = 10, 160, 40, WIDTH - 12
_MARKS = (0, 0.25, 0.5, 0.75, 1)


def curve(name: str, points: Sequence[Point]) -> Markup:
    """Both shares as steps over the threshold; `points` rise in it and are at least one."""
    told = "; ".join(
        f"below {at:.1f}: {share(point.recall)} rightly, {share(point.false_refusals)} wrongly"
        for at, point in at_tenths(points)
    )
    rightly = _steps([(_end(point), point.recall) for point in points], "curve good")
    wrongly = _steps([(_end(point), point.false_refusals) for point in points], "curve bad")
    return drawing(name, "Refusals by threshold", told, _TOP + _HEIGHT + 36, (_axes(), wrongly, rightly))


def at_tenths(points: Sequence[Point]) -> list[tuple[float, Point]]:
    """What holds at the thresholds 0, 0.1 … 1: for each the first point that is not below it."""
    tenths = [tenth / 10 for tenth in range(11)]
    return [(at, next((each for each in points if _end(each) >= at), points[-1])) for at in tenths]


def _end(point: Point) -> float:
    """Up to which threshold the point holds; the one that refuses everything holds to the end."""
    return 1.0 if point.threshold is None else point.threshold


def _steps(points: Sequence[tuple[float, float]], klass: str) -> Markup:
    """A line that has each point's height from the point before it on."""
    path = [f"M{_x(0):.1f} {_y(points[0][1]):.1f}"]
    path += [f"V{_y(height):.1f}H{_x(end):.1f}" for end, height in points]
    return element("path", d="".join(path), klass=klass, fill="none")


def _axes() -> Markup:
    base = _TOP + _HEIGHT
    across = [
        group((line((_LEFT, y), (_RIGHT, y), "grid"), label(_LEFT - 6, y + 4, f"{100 * at:g}", "tick", "end")))
        for at, y in ((at, _y(at)) for at in _MARKS)
    ]
    below = [label(_x(at), base + 16, f"{at:g}", "tick", "middle") for at in _MARKS]
    named = label((_LEFT + _RIGHT) / 2, base + 32, "refuse below this confidence", "tick", "middle")
    return group((*across, *below, named), aria_hidden="true")


def _x(value: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * min(max(value, 0), 1)


def _y(value: float) -> float:
    return _TOP + _HEIGHT * (1 - min(max(value, 0), 1))
