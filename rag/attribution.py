"""Who a written sentence says has spoken, and whether given words can be theirs. English, by name only.

"Kevin Ho said …", "according to Kevin Ho", "…, said Kevin Ho", "Kevin Ho: …". Pronouns ("he said") are not resolved.
"""

from __future__ import annotations

import re

from rag.evidence import Span
from rag.names import REPORTING, names, undotted, unknown_names
from rag.stems import stems

_OFFICE = (
    "analyst|ambassador|boss|chair|chief|correspondent|director|economist|editor|engineer|executive|expert"
    "|founder|head|lawyer|leader|minister|officer|official|president|professor|reporter|scientist|secretary"
    "|senator|spokesman|spokesperson|spokeswoman"
)
_INTRODUCED = rf"(?:the\s+)?(?:(?:{_OFFICE}|[A-Z][\w.’'-]*)\s+){{0,6}}"
_NAMED = r"(?P<name>[A-Z][\w’'-]*)"
_PATTERNS = (
    re.compile(rf"\A{_INTRODUCED}{_NAMED}\s*(?:\([^)]*\)\s*)?:\s"),
    re.compile(rf"{_NAMED}(?:,[^,]{{1,80}},)?\s+(?:(?:also|has|had|have|later|then)\s+)?(?:{REPORTING})\b"),
    re.compile(rf"\b[Aa]ccording to {_INTRODUCED}{_NAMED}"),
    re.compile(rf"[\"”,]\s*(?:said|says)\s+{_INTRODUCED}{_NAMED}"),
)


def attributed(text: str) -> tuple[str, ...]:
    """The last names, or only names, of those the sentence says have spoken, in order."""
    plain = undotted(text)
    found = [match["name"] for pattern in _PATTERNS for match in pattern.finditer(plain)]
    owners = (re.sub(r"['’]s?$", "", one) for one in found)
    return tuple(dict.fromkeys(name for name in owners if names(f"x {name}")))


def can_speak_for(name: str, span: Span) -> bool:
    """Whether the words are those of somebody of this name or role, or narration that mentions the name."""
    turn = span.turn
    by = f"{turn.speaker} {turn.role or ''} {turn.label or ''}" if turn.speaker else span.text
    return not unknown_names([name], by) or stems(name) <= stems(by)
