"""The records of an archive, one after the other as they stand in the file: JSON lines, a JSON list, or CSV.

Only one record is held at a time, so that the file may be larger than memory. A record that cannot be read is
an error in the stream with its line, and the next one is read all the same.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from ingest.errors import Malformed, TooLarge, TranscriptError
from ingest.formats.columns import guess_columns
from ingest.formats.json_split import Cut, records
from ingest.formats.machine.tree import load
from ingest.formats.source import MAX_BYTES
from ingest.text import Decoded, decode_telling

_SEPARATORS = ",;\t|"
_UNDECODED = re.compile("[\udc80-\udcff]")
_QUOTES = "Put quotation marks around cells that hold a separator or a line end."


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it stands in the file: the line it begins in, and what stands under each name.

    `mended` tells what was put right in it, a phrase each (`ingest.repairs`).
    """

    line: int
    values: Mapping[str, object] = field(repr=False)
    mended: tuple[str, ...] = ()


Found = Row | TranscriptError


def json_lines(lines: Iterable[str], path: Path) -> Iterator[Found]:
    """The records of a file with a JSON object in each line; empty lines are none."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _object(Cut(line.strip(), number), path)


def json_list(pieces: Iterable[str], path: Path) -> Iterator[Found]:
    """The objects of one JSON list, however long the list is."""
    for each in records(pieces, path):
        yield each if isinstance(each, TranscriptError) else _object(each, path)


def csv_rows(lines: Iterable[str], path: Path) -> Iterator[Found]:
    """The records of comma, semicolon, tab or bar separated values, under the names of the first line."""
    source = enumerate(lines, 1)
    above, header = next(((place, line) for place, line in source if _is_header(line)), (1, ""))
    separator, names = csv_header(header)
    # The reader's own limit of 131,072 characters is shorter than a long broadcast.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    reader = csv.reader((line for _, line in source), delimiter=separator)
    while True:
        line = above + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Malformed(path, f"has a record that cannot be read ({error}).", _QUOTES, line)
            continue
        if any(map(str.strip, cells)):
            yield _row(names, cells, line, path)


def csv_header(line: str) -> tuple[str, Sequence[str]]:
    """The separator of a table and the names of its columns: the one with which most names mean something."""
    cut = {mark: _cells(line, mark) for mark in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda mark: (len(guess_columns(cut[mark])), len(cut[mark])))
    return separator, [name.strip() for name in cut[separator]]


def _cells(line: str, separator: str) -> Sequence[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def decoded(text: str, path: Path) -> Decoded:
    """The text, with bytes in it that are no UTF-8 read as what else they can be. Raises BadEncoding."""
    undecoded = _UNDECODED.search(text)
    return decode_telling(text.encode("utf-8", "surrogateescape"), path) if undecoded else Decoded(text)


def located(error: TranscriptError, line: int) -> TranscriptError:
    """The same error in a record that begins in this line of the file."""
    return type(error)(error.path, error.cause, error.remedy, line + (error.line or 1) - 1)


def _is_header(line: str) -> bool:
    """Whether the line is neither blank nor the "sep=;" that spreadsheets put first."""
    return bool(line.strip()) and not line.lower().startswith("sep=")


def _object(cut: Cut, path: Path) -> Found:
    if len(cut.text) > MAX_BYTES:
        cause = f"has a record of more than {MAX_BYTES // 2**20} million characters."
        return TooLarge(path, cause, "Split it into one record for each broadcast.", cut.line)
    try:
        text, mended = decoded(cut.text, path)
        value = load(text, path).value
    except TranscriptError as error:
        return located(error, cut.line)
    if not isinstance(value, dict):
        cause = "has a record that is no JSON object with names and values."
        return Malformed(path, cause, 'Write each as {"title": …, "text": …}.', cut.line)
    return Row(cut.line, value, mended)


def _row(names: Sequence[str], cells: Sequence[str], line: int, path: Path) -> Found:
    extra = any(map(str.strip, cells[len(names) :]))
    if extra or len(cells) < len(names):
        cause = f"has a record of {len(cells)} cells under {len(names)} names."
        return Malformed(path, cause, _QUOTES, line)
    pairs = zip(reversed(names), reversed(cells[: len(names)]), strict=True)
    try:
        told = {name: decoded(cell, path) for name, cell in pairs}
    except TranscriptError as error:
        return located(error, line)
    mended = dict.fromkeys(chain.from_iterable(cell.mended for cell in told.values()))
    return Row(line, {name: cell.text for name, cell in told.items()}, tuple(mended))
