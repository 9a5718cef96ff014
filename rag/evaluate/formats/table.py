"""Records in CSV: one a row under a header, comma, semicolon or tab between the cells.

The header names the fields, in any case. A cell of `answers`, `evidence`, `history`, `source` or `quote` holds several
texts with " | " between them, or a JSON list. An empty cell says nothing: to say that a question has no answer write []
under `answers`, or false under `answerable`. A cell holds at most 131,072 characters, which is how a
quotation mark that is never closed is found. Excel's first line "sep=;" is understood.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.evaluate.formats import cells
from rag.evaluate.formats.files import Line, head, lines
from rag.evaluate.formats.place import Fault, Place, Row, Rows, Unfit

_DELIMITERS = ",;\t"
_KNOWN = frozenset(
    "question user_input id kind history answer answers evidence source quote answerable every draft reference"
    " reference_contexts ground_truth ground_truths contexts retrieved_contexts response".split()
)
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands between cells, the columns' names in small letters ("" has none), and the header's line."""

    delimiter: str
    names: tuple[str, ...]
    line: int

    @property
    def known(self) -> frozenset[str]:
        """The columns that mean something to us."""
        return _KNOWN.intersection(self.names)


def header(text: str) -> Header:
    """The header of a table that begins with this text, read with the separator that makes most of it."""
    told = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    number, line = next(((number, line) for number, line in told if not _SEPARATOR.fullmatch(line)), (0, ""))
    read = [Header(each, _names(line, each), number) for each in _DELIMITERS]
    return max(read, key=lambda each: (len(each.known), len(each.names)))


def _names(line: str, delimiter: str) -> tuple[str, ...]:
    rows = csv.reader([line.replace("\r", "")], delimiter=delimiter, skipinitialspace=True)
    try:
        return tuple("_".join(name.casefold().split()) for name in next(rows, []))
    except csv.Error:
        return ()


class _Torn(Exception):
    """A line of the table has no text."""

    def __init__(self, line: Line) -> None:
        self.fault = Fault(Place(line.number), line.problem)


class _Feed:
    """The lines of a table for the csv module, which asks for as many as a row has; `number` is the last one's."""

    def __init__(self, source: Iterator[Line]) -> None:
        self._source = source
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._source:
            if line.problem:
                raise _Torn(line)
            self.number = line.number
            yield f"{line.text}\n"


def rows(path: Path) -> Rows:
    """The records of a CSV file. A row's place is the line it begins on. Broken quoting ends the reading."""
    found = header(head(path))
    twins = sorted({name for name in found.names if name and found.names.count(name) > 1})
    if twins:
        yield Fault(Place(found.line), f"the header names {', '.join(twins)} twice")
        return
    for start, row in _records(path, found):
        if isinstance(row, Fault):
            yield row
        elif start > found.line and any(cell.strip() for cell in row):
            yield _row(Place(start), found.names, row)


def _records(path: Path, found: Header) -> Iterator[tuple[int, Sequence[str] | Fault]]:
    feed = _Feed(lines(path))
    reader = csv.reader(iter(feed), delimiter=found.delimiter, strict=True, skipinitialspace=True)
    while True:
        start = feed.number + 1
        try:
            yield start, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, Fault(Place(start), _broken(error))
            return
        except _Torn as error:
            yield start, error.fault
            return


def _broken(error: csv.Error) -> str:
    if "unexpected end" in str(error) or "field limit" in str(error):
        return "a quotation mark opened in this row is never closed, or a cell is longer than 131,072 characters"
    return f"is not CSV: {error}; a quotation mark within a quoted cell is written twice"


def _row(place: Place, names: Sequence[str], row: Sequence[str]) -> Row | Fault:
    if len(row) < len(names) or any(cell.strip() for cell in row[len(names) :]):
        return Fault(
            place,
            f"has {len(row)} cells where the header has {len(names)}; a cell that holds the separator, a quotation "
            "mark or a line end must stand in quotation marks",
        )
    told = [(name, cell) for name, cell in zip(names, row, strict=False) if name and cell.strip()]
    try:
        return Row(place, {name: cells.value(name, cell) for name, cell in told})
    except Unfit as error:
        return Fault(place, str(error))
