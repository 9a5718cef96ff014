"""Results as JSON for scripts: every field by its name, dates as ISO 8601, times in milliseconds.

`loads(dumps(value))` gives the same content back whatever a transcript holds, and nothing in it can steer a
terminal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_DERIVED = ("status", "speakers", "words")
_STEERING = [*range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_ESCAPES = {code: f"\\u{code:04x}" for code in _STEERING}


def plain(value: object) -> Json:
    """The value in terms of JSON: a dataclass gives its fields and its derived status, speakers and words."""
    if is_dataclass(value):
        names = [each.name for each in fields(value)]
        names += [name for name in _DERIVED if name not in names and hasattr(value, name)]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"no JSON for {type(value).__name__}")


def dumps(value: object) -> str:
    """The value as indented JSON text."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2).translate(_ESCAPES)


def dumps_line(value: object) -> str:
    """The value as JSON on one line."""
    return json.dumps(plain(value), ensure_ascii=False).translate(_ESCAPES)
