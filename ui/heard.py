"""What the browser says, believed in nothing: a mapping whatever came, a number whatever it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Said = Mapping[str, Any]


def said_in(told: object) -> Said:
    """What was told by name; nothing where it is no mapping."""
    return told if isinstance(told, Mapping) else {}


def number(told: object) -> int:
    """A whole number of at least 0; 0 for whatever is none."""
    return max(0, told) if isinstance(told, int) and not isinstance(told, bool) else 0
