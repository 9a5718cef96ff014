"""Whether a question asks for several broadcasts rather than for one answer, by its wording alone."""

from __future__ import annotations

import re

_SHOWS = r"(?:transcript|broadcast|programme|program|show|episode|bulletin|briefing|interview|report|outlet|source)s"
_PATTERNS = (
    rf"\b(?:which|what|how many|in which|list)\s+(?:the\s+)?(?:\w+\s+)?{_SHOWS}\b",
    rf"\b(?:across|among|between|throughout|in)\s+(?:all\s+|the\s+|different\s+|various\s+|several\s+)*{_SHOWS}\b",
    rf"\b(?:all|each|every|different|various|several)\s+(?:of\s+the\s+)?{_SHOWS}?\b",
    r"\bover\s+(?:time|the\s+(?:years|months|weeks))\b",
    r"\bhow\s+(?:has|have|did|does)\b.*\b(?:changed?|evolved?|developed?|shift(?:ed)?)\b",
)
_SEVERAL = re.compile("|".join(_PATTERNS), re.IGNORECASE)


def asks_for_several(question: str) -> bool:
    """ "Which broadcasts mention…", "across all briefings", "how has … changed", "over time"."""
    return _SEVERAL.search(question) is not None
