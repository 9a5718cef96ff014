"""What one step learns from: a question as people type it, a passage that answers it, one that only looks like it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from rag.reader.sheet import laid_out
from rag.reader.training.mine import Group, Mined
from rag.reader.training.styles import Passage, Style, drawn

LIKELY_MISTAKES = 20
"""The wrong passage is one of so many that search puts first."""
CARELESS = 0.2
"""How often a question is typed in small letters and without its mark."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question, a passage that answers it and one that does not, as they are embedded; `wrong` where there is one."""

    question: str
    right: str
    wrong: str | None


def lesson(group: Group, chance: random.Random) -> Lesson:
    """One of the group's right passages and one of the likeliest mistakes, in one drawn style."""
    style = drawn(chance)
    right = [each for each in group.mined if each.is_right]
    wrong = [each for each in group.mined[:LIKELY_MISTAKES] if not each.is_right and not each.doubtful]
    told = _told(chance.choice(right), style, chance)
    return Lesson(typed(group.question, chance), told, _told(chance.choice(wrong), style, chance) if wrong else None)


def typed(question: str, chance: random.Random) -> str:
    """The question, now and then as carelessly typed."""
    return question.lower().replace("?", "") if chance.random() < CARELESS else question


def as_embedded(passage: Passage) -> str:
    """The passage as an archive embeds it: title, then each turn after its speaker."""
    return laid_out(passage.title, passage.turns).text.strip()


def _told(mined: Mined, style: Style, chance: random.Random) -> str:
    return as_embedded(style(mined.passage, chance))
