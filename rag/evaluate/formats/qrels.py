"""Relevance judgements: BEIR's tables (query-id, corpus-id, score) and TREC's (query, 0, document, grade)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.evaluate.formats.fields import MOST_RELEVANT
from rag.evaluate.formats.files import Line, lines
from rag.evaluate.formats.place import Fault, Place

_WANTED = "is no judgement: query-id, corpus-id and score with tabs between, or TREC's query, 0, document and grade"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How relevant a document is to a query, 0 for not at all. TREC's grades below 0 are 0, as in trec_eval."""

    query: str
    document: str
    relevance: int
    line: int


def judgements(path: Path) -> Iterator[Judgement | Fault]:
    """Every judgement of the file in order. A first line that is a header is passed over, and blank lines are."""
    for line in lines(path):
        cells = [cell.strip() for cell in _cells(line.text)]
        if line.problem or (any(cells) and not (line.number == 1 and _is_header(cells))):
            yield _judgement(line, cells, path)


def _cells(text: str) -> list[str]:
    return text.split("\t") if text.count("\t") >= 2 else text.split()


def _is_header(cells: list[str]) -> bool:
    return len(cells) == 3 and _grade(cells[2]) is None


def _judgement(line: Line, cells: list[str], path: Path) -> Judgement | Fault:
    place = Place(line.number, file=f"{path.parent.name}/{path.name}")
    if line.problem:
        return Fault(place, line.problem)
    if len(cells) not in (3, 4) or not cells[0] or not cells[-2]:
        return Fault(place, _WANTED)
    grade = _grade(cells[-1])
    if grade is None:
        return Fault(place, f"the score must be a whole number, not {cells[-1]!r}")
    if grade > MOST_RELEVANT:
        return Fault(place, f"the score must not be above {MOST_RELEVANT}, but is {cells[-1]}")
    return Judgement(cells[0], cells[-2], max(0, grade), line.number)


def _grade(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None
