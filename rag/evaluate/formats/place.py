"""Where something stands in a question set, and what is wrong there. Faults are values, so that reading can go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rag.evaluate.cases import Case


class Unfit(ValueError):
    """A record is no question, for a reason that the message gives."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line (from 1), or a path into a JSON document ("data[3].paragraphs[0]"); in a folder also the file's name."""

    line: int = 0
    inside: str = ""
    file: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.file, f"line {self.line}" if self.line else "", self.inside) if part)

    @property
    def name(self) -> str:
        """What a question is called that has no id: "line-12", or "item[11]" in a JSON list."""
        return f"line-{self.line}" if self.line else f"item{self.inside}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place, worded to follow "FILE, line 12: "."""

    place: Place
    cause: str


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a file that holds one question each, before anything is known about its fields."""

    place: Place
    fields: Mapping[str, object]


Rows = Iterator[Row | Fault]
Items = Iterator[tuple[Place, Case] | Fault]
