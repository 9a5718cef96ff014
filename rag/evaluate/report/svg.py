"""Draws SVG: elements with escaped text, a round scale, a frame with a title for those who cannot see it.

Colours and type come from the page's style sheet through class names, so that a drawing fits light, dark and print.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from rag.evaluate.report.shown import visible

WIDTH = 360
Attribute = str | float


def element(tag: str, content: str = "", **attributes: Attribute) -> Markup:
    """One element; content is escaped unless it is markup already. "klass" is class, and _ in names becomes -."""
    written = Markup(" ").join(
        Markup('{}="{}"').format(_NAMES.get(name, name.replace("_", "-")), _number(value))
        for name, value in attributes.items()
    )
    return Markup("<{0} {1}>{2}</{0}>").format(tag, written, content)


_NAMES = {"klass": "class"}


def group(parts: Iterable[Markup], **attributes: Attribute) -> Markup:
    """Elements together."""
    return element("g", Markup("").join(parts), **attributes)


def label(x: float, y: float, text: str, klass: str = "", anchor: str = "start") -> Markup:
    """Text at a place."""
    return element("text", visible(text), x=x, y=y, klass=klass, text_anchor=anchor)


def line(start: tuple[float, float], end: tuple[float, float], klass: str) -> Markup:
    """A straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], klass=klass)


def clipped(text: str, length: int) -> str:
    """At most that many characters, the last a dot-dot-dot where it was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def drawing(name: str, title: str, told: str, height: float, parts: Sequence[Markup]) -> Markup:
    """The whole drawing; `name` is unique in the page, `told` says what there is to see."""
    heads = (element("title", visible(title), id=f"{name}-title"), element("desc", visible(told), id=f"{name}-desc"))
    return element(
        "svg",
        Markup("").join((*heads, *parts)),
        viewBox=f"0 0 {WIDTH} {_number(height)}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def ticks(highest: float, about: int = 4) -> tuple[float, ...]:
    """Round values from 0 up to the first that is not below `highest`, roughly `about` steps of 1, 2 or 5."""
    if highest <= 0:
        return (0.0, 1.0)
    raw = highest / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * (1 - 1e-9))
    return tuple(step * at for at in range(math.ceil(highest / step - 1e-9) + 1))


def _number(value: Attribute) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
