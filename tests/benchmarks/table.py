"""Ours beside plain, as Markdown that reads as plain text too. Lays out values, whatever they measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ABSENT = "–"
_HEAD = ("", "On the Record", "plain", "ours/plain")


@dataclass(frozen=True, slots=True)
class Value:
    """A number and how it is shown."""

    number: float
    shown: str


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of both pipelines; None where a pipeline does not do such a thing."""

    measure: str
    ours: Value | None
    plain: Value | None = None

    @property
    def ratio(self) -> str:
        """Ours divided by plain."""
        if self.ours is None or self.plain is None or not self.plain.number:
            return ABSENT
        return f"{self.ours.number / self.plain.number:.2f}"


def count(number: float) -> Value:
    """ "12,345"."""
    return Value(number, f"{number:,.0f}")


def seconds(number: float) -> Value:
    """ "38.1 s"."""
    return Value(number, f"{number:,.2f} s" if number < 10 else f"{number:,.1f} s")


def milliseconds(number: float) -> Value:
    """ "38.1 ms"."""
    return Value(number, f"{number:,.1f} ms" if number < 100 else f"{number:,.0f} ms")


def mebibytes(size: float) -> Value:
    """Bytes as "812 MiB"."""
    return Value(size, f"{size / 2**20:,.0f} MiB" if size >= 10 * 2**20 else f"{size / 2**20:,.1f} MiB")


def share(part: int, whole: int) -> Value | None:
    """ "47/53 (89 %)", None of nothing. Only what is complete is shown as 100 %."""
    if not whole:
        return None
    percent = min(round(100 * part / whole), 100 if part == whole else 99)
    return Value(part / whole, f"{part}/{whole} ({percent} %)")


def render(title: str, rows: Sequence[Row]) -> str:
    """A Markdown table with its columns drawn up."""
    cells = [(title, *_HEAD[1:]), *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEAD))]
    rule = [f"|:{'-' * widths[0]}-", *(f"|-{'-' * width}:" for width in widths[1:])]
    head, *body = [_line(line, widths) for line in cells]
    return "\n".join([head, "".join(rule) + "|", *body])


def _cells(row: Row) -> tuple[str, ...]:
    return (row.measure, *(value.shown if value else ABSENT for value in (row.ours, row.plain)), row.ratio)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return " ".join([f"| {first[0]:<{first[1]}}", *(f"| {cell:>{width}}" for cell, width in rest), "|"])
