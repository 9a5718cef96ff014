"""YAML that is made of keys and values, read node by node so that each value keeps its line.

Every value is the text it is written as: a title may be 1984 and a duration 3:04. Aliases are not followed into lists,
so that a small file cannot grow large.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

from ingest.errors import Malformed
from ingest.text import clean


class Keyed(NamedTuple):
    """A key with its value, None where that is a list or has keys of its own. `line` counts from 1."""

    key: str
    value: str | None
    line: int


class Place(NamedTuple):
    """Where YAML stands: what a person calls it, how it is mended, and the file's line it begins on."""

    name: str
    remedy: str
    line: int = 1


def read_keyed(source: str, path: Path, place: Place) -> list[Keyed]:
    """The keys of the outermost level, in order. Raises Malformed, with the line, when it is broken or has no keys."""
    try:
        node = yaml.BaseLoader(source).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        raise Malformed(path, f"has broken {place.name} ({error.problem}).", place.remedy, place.line + line) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise Malformed(path, f"has {place.name} that cannot be read.", place.remedy, place.line) from error
    if not isinstance(node, yaml.MappingNode):
        raise Malformed(path, f"has {place.name} that is not made of keys and values.", place.remedy, place.line)
    return [_keyed(key, value, place.line) for key, value in node.value if isinstance(key, yaml.ScalarNode)]


def _keyed(key: yaml.ScalarNode, value: yaml.Node, first: int) -> Keyed:
    written = clean(value.value) if isinstance(value, yaml.ScalarNode) else None
    return Keyed(clean(key.value), written, first + key.start_mark.line)
