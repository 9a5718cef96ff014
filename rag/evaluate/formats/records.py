"""Formats that are one record a question: any container of records, read by what the fields mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from rag.evaluate.cases import Case
from rag.evaluate.formats import handwritten, json_rows, table
from rag.evaluate.formats.check import Source
from rag.evaluate.formats.fields import explain
from rag.evaluate.formats.look import Look
from rag.evaluate.formats.place import Fault, Items, Place, Row, Rows, Unfit

CONTAINERS: Mapping[str, Callable[[Path], Rows]] = {
    "JSONL": json_rows.line_rows,
    "JSON": json_rows.list_rows,
    "CSV": table.rows,
    "YAML": handwritten.rows,
}


def source(look: Look, name: str, to_case: Callable[[Row], Case]) -> Source:
    """The records of a file as questions. `name` is the format's; ours has none and goes by its container's."""
    form = f"{name} ({look.container})" if name else look.container
    return Source(look.path, form, (look.path,), partial(_items, look, to_case))


def _items(look: Look, to_case: Callable[[Row], Case]) -> Items:
    for row in CONTAINERS[look.container](look.path):
        yield row if isinstance(row, Fault) else _item(row, to_case)


def _item(row: Row, to_case: Callable[[Row], Case]) -> tuple[Place, Case] | Fault:
    try:
        return row.place, to_case(row)
    except (ValidationError, Unfit) as error:
        return Fault(row.place, explain(error))
