"""YAML front matter at the top of a Markdown file: what it states, and the text below it.

Every value is read as the text it is written as, so that a title may be 1984 and a duration 3:04.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import yaml

from ingest.errors import Malformed
from ingest.formats.document import Metadata
from ingest.formats.facts import read_facts
from ingest.text import clean

_FENCE = re.compile(r"---[ \t]*(?:\n|$)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"(?:#.*\n|\s*\n)*[\w \"'-]{1,40}:(?:\s|$)")
_LONGEST = 50_000
_REMEDY = "Mend the front matter between the two --- lines, or take it out."


class FrontMatter(NamedTuple):
    """The facts stated and the text below."""

    metadata: Metadata
    body: str


def has_front_matter(text: str) -> bool:
    """Whether the text begins with a --- line and a key below it, as opposed to a ruled line."""
    fence = _FENCE.match(text)
    return bool(fence and _KEY.match(text, fence.end()))


def take_front_matter(text: str, path: Path) -> FrontMatter:
    """Parts the front matter from the body; without one, all is body.

    Raises Malformed, with the line, when the front matter has no end or is no YAML of keys and values.
    """
    fence = _FENCE.match(text)
    if not fence or not has_front_matter(text):
        return FrontMatter(Metadata(), text)
    end = _END.search(text, fence.end(), fence.end() + _LONGEST)
    if not end:
        raise Malformed(path, "opens YAML front matter here that has no closing --- line.", _REMEDY, 1)
    stated = _mapping(text[fence.end() : end.start()], path)
    plain = {clean(str(key)): clean(value) for key, value in stated.items() if isinstance(value, str)}
    return FrontMatter(read_facts(plain), text[end.end() :])


def _mapping(source: str, path: Path) -> dict[object, object]:
    try:
        stated = yaml.BaseLoader(source).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 2
        raise Malformed(path, f"has broken YAML front matter ({error.problem}).", _REMEDY, line) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise Malformed(path, "has YAML front matter that cannot be read.", _REMEDY, 2) from error
    if not isinstance(stated, dict):
        raise Malformed(path, "has YAML front matter that is not made of keys and values.", _REMEDY, 2)
    return stated
