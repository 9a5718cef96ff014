"""What a run must reach for a build to pass: "recall@5=0.85,answer=0.7"."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rag.errors import EvaluationError
from rag.evaluate.estimate import ALL, Summary
from rag.evaluate.measures import METRICS, metric

_EXAMPLE = "Write it as --fail-under recall@5=0.85,answer=0.7"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A measure below what was asked for; `value` is None where there was nothing to measure."""

    name: str
    asked: float
    value: float | None

    def __str__(self) -> str:
        value = "n/a" if self.value is None else f"{self.value:.3f}"
        return f"{self.name} is {value}, at least {self.asked:g} is asked for"


def read_gate(text: str) -> Mapping[str, float]:
    """The least values by measure. Raises EvaluationError for what is no such list, naming the part that is wrong."""
    asked: dict[str, float] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, equals, number = (each.strip() for each in part.partition("="))
        if not equals:
            raise EvaluationError(f"{part!r} has no value. {_EXAMPLE}")
        asked[_rising(name)] = _number(part, number)
    if not asked:
        raise EvaluationError(f"Nothing is asked for. {_EXAMPLE}")
    return asked


def shortfalls(summary: Summary, asked: Mapping[str, float]) -> tuple[Shortfall, ...]:
    """What falls short, over all questions as asked; a measure without a value does."""
    values = {name: summary.groups[ALL][name].value for name in asked}
    short = {name: value for name, value in values.items() if value is None or value < asked[name]}
    return tuple(Shortfall(name, asked[name], value) for name, value in short.items())


def _rising(name: str) -> str:
    if metric(name).better != "higher":
        rising = ", ".join(each.name for each in METRICS.values() if each.better == "higher")
        raise EvaluationError(f"{name!r} is not better when higher: it cannot be a least value. There are: {rising}")
    return name


def _number(part: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise EvaluationError(f"{part!r} has no number after the equals sign. {_EXAMPLE}")
    return number
