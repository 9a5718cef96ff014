"""How values are written in the report: numbers with their units, times, and text whose hidden characters show."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

from rag.evaluate.metric import Estimate, Metric

NOTHING = "n/a"
LONGEST = 6_000
_SPACE = "\u00a0"
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def share(value: float) -> str:
    """ "87.5 %"; "100 %" and "0 %" only where it is exactly that, never by rounding."""
    if value in (0, 1):
        return f"{100 * value:.0f}{_SPACE}%"
    percent = min(max(100 * value, 0.1), 99.9) if 0 < value < 1 else 100 * value
    return f"{percent:.1f}{_SPACE}%"


def milliseconds(value: float) -> str:
    """ "0 ms", "3.2 ms", "412 ms", "1.53 s", "75.2 s"."""
    if value < 999.5:
        return f"{value:.{0 if value >= 9.95 or value == 0 else 1}f}{_SPACE}ms"
    return f"{value / 1000:.{1 if value >= 9_995 else 2}f}{_SPACE}s"


def amount(value: float) -> str:
    """ "1,234", "12.5"."""
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:.1f}"


_UNITS: Mapping[str, Callable[[float], str]] = {"share": share, "ms": milliseconds, "count": amount}


def value_of(metric: Metric, value: float | None) -> str:
    """A value of the measure with its unit, "n/a" for None."""
    return NOTHING if value is None or math.isnan(value) else _UNITS[metric.unit](value)


def interval_of(metric: Metric, estimate: Estimate) -> str:
    """ "81.2 % – 93.0 %", "" where there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{value_of(metric, estimate.low)} – {value_of(metric, estimate.high)}"


def visible(text: object) -> str:
    """The text with every control, override and zero-width character spelt out, such as ⟨U+202E⟩, and cut when endless.

    Joiners and direction marks stay: Persian, Hindi and emoji need them, and they move nothing.
    """
    whole = str(text)
    cut = whole[:LONGEST]
    seen = _HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", cut.replace("\r\n", "\n"))
    left = len(whole) - len(cut)
    return f"{seen} … ({left:,} more characters in results.jsonl)" if left else seen


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 question", "2 questions"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
