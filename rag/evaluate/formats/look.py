"""A first look at what a path holds: which container, and which fields its first records have."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic_core import from_json

from rag.errors import QuestionSetError
from rag.evaluate.formats import table
from rag.evaluate.formats.files import head, is_folder

_LOOKED_AT = 20
_YAML_SUFFIXES = frozenset([".yaml", ".yml"])
_TABLE_SUFFIXES = frozenset([".csv", ".tsv"])
_BEGINS_LIKE_YAML = re.compile(r"(?:---|%YAML|-\s|questions\s*:|question\s*:)")


@dataclass(frozen=True, slots=True)
class Look:
    """What a path seems to hold. `container` is "folder", "JSONL", "JSON", "CSV", "YAML" or "" (none we know).

    `keys` are the fields of its first records, or of a JSON document that is an object; `version` is what that states.
    """

    path: Path
    container: str
    keys: frozenset[str] = frozenset()
    version: object = None


def look_at(path: Path) -> Look:
    """Raises QuestionSetError where there is nothing to look at: no file, no text, no questions, a pipe."""
    if is_folder(path):
        return Look(path, "folder")
    text = head(path)
    start = text.lstrip()
    if path.suffix.lower() in _YAML_SUFFIXES:
        return Look(path, "YAML", frozenset(["question"]))
    if start.startswith(("{", "[")):
        return _json(path, text)
    found = table.header(text)
    if found.known or path.suffix.lower() in _TABLE_SUFFIXES:
        return Look(path, "CSV", frozenset(found.names))
    if _BEGINS_LIKE_YAML.match(_without_comments(start)):
        return Look(path, "YAML", frozenset(["question"]))
    return Look(path, "")


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip() and not line.startswith("#"))


def _json(path: Path, text: str) -> Look:
    """One document where it has a list of `data` or `questions`; else JSONL where its lines are objects."""
    lines = [line for line in text.split("\n") if line.strip()][:_LOOKED_AT]
    records = [record for line in lines if isinstance(record := _parsed(line), dict)]
    document = _parsed(text, partial=True)
    if document == [] or (isinstance(document, dict) and document.get("questions") == []):
        raise QuestionSetError(path, 0, "holds no questions: its list is empty")
    if len(records) < 2 and isinstance(document, dict) and _has_list(document):
        return Look(path, "JSON", _document_keys(document), document.get("version"))
    if records[:1] == [document] or _begin_objects(lines):
        return Look(path, "JSONL", _keys(records or [document]))
    return Look(path, "JSON", _document_keys(document))


def _parsed(text: str, *, partial: bool = False) -> object:
    """The JSON value, None where there is none; with `partial` the first one there, as far as it goes."""
    try:
        value: object = from_json(text, allow_partial="trailing-strings" if partial else False)
    except ValueError:
        return None
    return value


def _has_list(document: Mapping[str, object]) -> bool:
    return any(isinstance(document.get(name), list) for name in ("data", "questions"))


def _begin_objects(lines: Sequence[str]) -> bool:
    """Whether at least half of the lines begin an object, and the first is not left open for the next."""
    begun = [line for line in lines if line.lstrip().startswith("{")]
    return not lines[0].rstrip().endswith(("{", "[", ":")) and lines[0] in begun and 2 * len(begun) >= len(lines)


def _document_keys(document: object) -> frozenset[str]:
    if isinstance(document, dict) and isinstance(document.get("questions"), list):
        return _keys(document["questions"])
    return _keys(document[:_LOOKED_AT] if isinstance(document, list) else [document])


def _keys(records: Sequence[object]) -> frozenset[str]:
    return frozenset(key for record in records if isinstance(record, dict) for key in record)
