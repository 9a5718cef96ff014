"""YAML front matter at the top of a Markdown file: what it states, and the text below it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ingest.errors import Malformed
from ingest.formats.document import Metadata
from ingest.formats.facts import read_facts
from ingest.formats.keyed_yaml import Place, read_keyed

_FENCE = re.compile(r"---[ \t]*(?:\n|$)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"(?:#.*\n|\s*\n)*[\w \"'-]{1,40}:(?:\s|$)")
_LONGEST = 50_000
_REMEDY = "Mend the front matter between the two --- lines, or take it out."
_PLACE = Place("YAML front matter", _REMEDY, 2)


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
    keyed = read_keyed(text[fence.end() : end.start()], path, _PLACE)
    facts = read_facts({each.key: each.value for each in keyed if each.value is not None})
    return FrontMatter(facts.told_by("front matter"), text[end.end() :])
