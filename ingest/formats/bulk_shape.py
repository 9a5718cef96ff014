"""Whether a file holds many transcripts, told by its beginning: JSON lines, a JSON list of records, or CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ingest.formats.bulk_rows import Row, csv_header, json_lines, json_list
from ingest.formats.columns import guess_columns
from ingest.formats.machine import service_of
from ingest.formats.machine.tree import Node

SUFFIXES = frozenset((".jsonl", ".ndjson", ".csv", ".tsv"))
_LINES_SUFFIXES = (".jsonl", ".ndjson")
_TABLE_SUFFIXES = (".csv", ".tsv")
_LONGEST_NAME = 60
_BLANK = "\ufeff \t\r\n"
_KEY = re.compile(r'"([\w .-]{1,40})"\s*:')
_FACTS = frozenset(("title", "date", "url"))


class Shape(NamedTuple):
    """What kind of archive it is ("jsonl", "json", "csv"), and its first record: all of it, or only its names."""

    kind: str
    first: Mapping[str, object]


def bulk_kind(head: str, path: Path | str) -> str | None:
    """The kind of a file of many transcripts that begins like this, None for any other file.

    A JSON list whose members say who speaks when is one transcript, and so is one JSON object.
    """
    shape = shape_of(head, Path(path))
    return shape.kind if shape and holds_transcripts(shape, Path(path)) else None


def columns_of(head: str, path: Path | str) -> Mapping[str, str]:
    """Which of our columns each column of the archive is taken for, for a person to see; empty for no archive."""
    shape = shape_of(head, Path(path))
    return guess_columns(shape.first) if shape else {}


def holds_transcripts(shape: Shape, path: Path) -> bool:
    """Whether the first record has a column of text, or is a whole JSON transcript."""
    return "text" in guess_columns(shape.first) or service_of(Node(shape.first, path)) is not None


def shape_of(head: str, path: Path) -> Shape | None:
    """The shape of a file that begins like this, whatever its records hold; None for what is no list of records."""
    begins = head.lstrip(_BLANK)
    if begins.startswith("["):
        return _list(begins, path)
    if begins.startswith("{"):
        return _lines(begins, path)
    line = header_line(begins)
    names = csv_header(line)[1]
    meant = guess_columns(names)
    table = path.suffix.lower() in _TABLE_SUFFIXES or ("text" in meant and len(meant) > 2)
    named = any(names) and all(len(name) < _LONGEST_NAME for name in names)
    return Shape("csv", dict.fromkeys(names)) if table and named else None


def header_line(head: str) -> str:
    """The line of the names: the first that is neither blank nor the "sep=;" that spreadsheets put first."""
    lines = head.lstrip(_BLANK).split("\n", 2)
    return next((line for line in lines[:2] if line.strip() and not line.lower().startswith("sep=")), "")


def _lines(begins: str, path: Path) -> Shape | None:
    lines = [line for line in begins.split("\n", 2) if line.strip()]
    first = next(json_lines(lines[:1], path))
    several = len(lines) > 1 and lines[1].startswith("{")
    if not several and path.suffix.lower() not in _LINES_SUFFIXES:
        return None
    return Shape("jsonl", first.values if isinstance(first, Row) else _names(lines[0]))


def _list(begins: str, path: Path) -> Shape | None:
    first = next(json_list([begins], path), None)
    values = first.values if isinstance(first, Row) else _names(begins)
    meant = guess_columns(values)
    one = not (_FACTS & meant.keys()) and service_of(Node([values], path)) is not None
    return None if one or not values else Shape("json", values)


def _names(begins: str) -> Mapping[str, object]:
    """Names that stand in a record whose end is out of sight."""
    return dict.fromkeys(_KEY.findall(begins[:100_000])[:50])
