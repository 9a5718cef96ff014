"""JSON text as a tree in which every value knows its place, so that an error can say `$.segments[3].end`.

Refused: text that is no JSON, a key that stands twice in one object, nesting or numbers beyond all measure.
NaN and 1e999 are let through here, because Whisper writes them as scores; `times` refuses them as times.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import Malformed, TooLarge
from ingest.formats.json_text import clean_json

_MOST_VALUES = 8_000_000
_LONGEST_NAME = 200
_REMEDY = "Export it again, or mend it by hand."


class _TwoOfAKey(ValueError):
    """A key that stands twice in one object."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a JSON file and its place. What is not there is a node too, whose value is None."""

    value: object
    path: Path
    where: str = "$"

    def __getitem__(self, key: str) -> Node:
        return Node(self.value.get(key) if isinstance(self.value, dict) else None, self.path, f"{self.where}.{key}")

    def __bool__(self) -> bool:
        return self.value is not None

    def each(self) -> Iterator[Node]:
        """The members of a list; none where nothing is. Raises Malformed for anything else."""
        if self.value is None:
            return
        if not isinstance(self.value, list):
            raise self.malformed("should have a list")
        for place, value in enumerate(self.value):
            yield Node(value, self.path, f"{self.where}[{place}]")

    def first(self) -> Node:
        """The first member of a list, a node of None if there is none. Raises Malformed for no list."""
        return next(self.each(), Node(None, self.path, f"{self.where}[0]"))

    def text(self) -> str:
        """The clean text of a string on one line, outer spaces kept; "" where nothing is. Raises Malformed."""
        if self.value is None:
            return ""
        if not isinstance(self.value, str):
            raise self.malformed("should have text")
        return clean_json(self.value).replace("\n", " ")

    def name(self) -> str | None:
        """A label written as text or as a whole number, None where there is none. Raises Malformed."""
        value = self.value
        if isinstance(value, int | float) and not isinstance(value, bool) and value in range(10_000):
            return str(int(value))
        name = " ".join(self.text().split())
        if len(name) > _LONGEST_NAME:
            raise self.malformed("should have the name of a speaker")
        return name or None

    def malformed(self, cause: str) -> Malformed:
        """The error that names this place: "should have a list at $.segments, but has 3."."""
        return Malformed(self.path, f"{cause} at {self.where}, but has {_shown(self.value)}.", _REMEDY)


def load(text: str, path: Path) -> Node:
    """The root of JSON text.

    Raises Malformed, with the line for a slip of the pen, and TooLarge for more than eight million values.
    """
    if text.count(",") + text.count("[") + text.count("{") > _MOST_VALUES:
        cause = f"is JSON of more than {_MOST_VALUES:,} values."
        raise TooLarge(path, cause, "Split it into one file for each broadcast.")
    try:
        return Node(json.loads(text, object_pairs_hook=_object), path)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            remedy = "If each line is a record with a text, name the file .jsonl."
            raise Malformed(path, "is several JSON values one after the other.", remedy, error.lineno) from error
        raise Malformed(path, f"is broken JSON ({error.msg[:80]}).", _REMEDY, error.lineno) from error
    except RecursionError as error:
        raise Malformed(path, "is JSON nested too deeply for a transcript.", _REMEDY) from error
    except _TwoOfAKey as error:
        raise Malformed(path, f"is JSON with the key {error} twice in one object.", _REMEDY) from error
    except ValueError as error:
        raise Malformed(path, "is JSON with a number too long to be one.", _REMEDY) from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        often = Counter(key for key, _ in pairs).most_common(1)
        raise _TwoOfAKey(ascii(often[0][0][:40]))
    return found


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, str):
        return repr(clean_json(value[:40]))
    return "nothing" if value is None else json.dumps(value)[:40]
