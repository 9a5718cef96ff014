"""What is compared: ways to set up the engine, by name, and the plain LangChain pipeline beside them.

To compare another setting, add a line to OURS.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rag.config import Settings

PLAIN = "plain LangChain"
OURS: Mapping[str, Mapping[str, Any]] = {
    "ours": {},
    "ours without reader": {"reranker": "none"},
    "ours with reader": {"reranker": "onrecord"},
}


def available(ways: Mapping[str, Mapping[str, Any]] = OURS) -> dict[str, Mapping[str, Any]]:
    """The ways that differ: one that this version's Settings do not have, or that is an earlier one, is left out."""
    known = {name: way for name, way in ways.items() if set(way) <= set(Settings.model_fields)}
    settled: dict[str, Mapping[str, Any]] = {}
    for name, way in known.items():
        settled.setdefault(Settings(**way).model_dump_json(), {name: way})
    return {name: way for each in settled.values() for name, way in each.items()}
