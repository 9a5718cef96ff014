"""Records in JSON: one a line, or all in one list. What their fields mean is not looked at here."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic_core import from_json

from rag.errors import QuestionSetError
from rag.evaluate.formats.fields import shown
from rag.evaluate.formats.files import Line, lines, whole
from rag.evaluate.formats.place import Fault, Place, Row, Rows

_AT = re.compile(r" at line (\d+) column (\d+)$")


def line_rows(path: Path) -> Rows:
    """The records of a JSONL file; blank lines are passed over."""
    return (_row(line) for line in lines(path) if line.problem or line.text.strip())


def _row(line: Line) -> Row | Fault:
    place = Place(line.number)
    if line.problem:
        return Fault(place, line.problem)
    try:
        return _record(from_json(line.text), place)
    except ValueError as error:
        return Fault(place, f"is not JSON: {_AT.sub(_column, str(error))}")


def _column(at: re.Match[str]) -> str:
    return f" at character {at[2]}"


def list_rows(path: Path) -> Rows:
    """The records of a JSON list, or of the list `questions` of a JSON object; all of it is held at once.

    Raises QuestionSetError as `document` does.
    """
    read = document(path)
    within = "questions" if isinstance(read, dict) else ""
    listed = read.get(within) if isinstance(read, dict) else read
    if not isinstance(listed, list):
        yield Fault(Place(inside=within), "a list of questions is wanted here")
        return
    yield from (_record(each, Place(inside=f"{within}[{index}]")) for index, each in enumerate(listed))


def _record(value: object, place: Place) -> Row | Fault:
    if not isinstance(value, dict):
        return Fault(place, f'a question is an object such as {{"question": "…"}}, not {shown(value)}')
    return Row(place, value)


def document(path: Path) -> object:
    """The one value of a JSON file. Raises QuestionSetError, with the line, where it is none or is too large."""
    try:
        value: object = from_json(whole(path))
    except ValueError as error:
        at = _AT.search(str(error))
        raise QuestionSetError(path, int(at[1]) if at else 0, f"is not JSON: {_AT.sub(_column, str(error))}") from error
    return value
