"""What a question takes for granted that the passages found do not have: a number, a name beside the answer, a role.

Such a question may rest on a mistake ("Why did the FCC vote 9-0?"), or only be put in other words than theirs. So it is
not refused for that, but an answer to it has to be more likely than not. Spelling and values, no model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.names import unknown_names
from rag.numbers import numbers
from rag.question import Question
from rag.results import Hit
from rag.sentence_features import Candidate, Scored, attribution
from rag.stems import STOPWORDS, stem, words

MORE_LIKELY_THAN_NOT = 0.5
_NEAR = 1500
_MOST_WORDS_A_CAPITAL = 30
_WITHIN_A_NAME = re.compile(r"[^\W_]*[^\W\d_]-?\d[\w-]*")
_TALLY = re.compile(r"(?<![\w.,/-])\d{1,3}[-–]\d{1,3}(?![\w-])")
_CAPITALISED = re.compile(r"\b[A-Z][\w.-]+")
_SOMEBODY = re.compile(r"(?:(?:the|an?|any|some|their|our|its)\b|[\w’'-]+['’]s\b)[^,;:]*$", re.IGNORECASE)
_OF = re.compile(r"\W(?:of|on|in|at|from|for|with|who|aboard|during|behind)\b")


def lacks_ground(question: Question, scored: Sequence[Scored], hits: Sequence[Hit]) -> bool:
    """Whether something that the question takes for granted is nowhere in what was found to answer it."""
    if absent_numbers(question, hits):
        return True
    return bool(scored) and (_is_of_none_named(question, scored[0].candidate) or bool(role_missing(question, scored)))


def absent_numbers(question: Question, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The numbers in the question's digits that no passage found has, nor its title or date; "9-0" is one of them."""
    asked = _WITHIN_A_NAME.sub(" ", question.standalone)
    told = [[each.value for each in numbers(_told(hit))] for hit in hits]
    held, side_by_side = {value for each in told for value in each}, {pair for each in told for pair in pairwise(each)}
    tallies = [(found, tuple(each.value for each in numbers(found))) for found in _TALLY.findall(asked)]
    single = [(each.written, each.value) for each in numbers(_TALLY.sub(" ", asked)) if each.written[-1:].isalnum()]
    absent = [written for written, pair in tallies if pair not in side_by_side]
    absent += [written for written, value in single if value not in held and any(map(str.isdigit, written))]
    return tuple(dict.fromkeys(absent)) if hits else ()


def role_missing(question: Question, scored: Sequence[Scored]) -> str:
    """That somebody's words are wanted by a role, "the mayor of Arlen", which no sentence found has or is said by."""
    role = _role_wanted(question)
    held = (each.candidate.stems | attribution(each.candidate) for each in scored)
    if not role or not scored or any(stem(role) in each for each in held):
        return ""
    return f"Nothing found is by or about the “{role}” that the question names."


def remark(question: Question, hits: Sequence[Hit]) -> str:
    """What the reader of an answer should know of the question's numbers; empty where the passages have them."""
    absent = " or ".join(f"“{written}”" for written in absent_numbers(question, hits))
    return f"The question says {absent}; no passage found does." if absent else ""


def _role_wanted(question: Question) -> str:
    """The word for somebody whose words are wanted and who is no speaker: "mayor" of "the mayor of Arlen"; or ""."""
    who = _SOMEBODY.match(question.wants or "")
    if question.kind != "said" or question.speakers or not who:
        return ""
    role = [word for word in words(_OF.split(f"{who.group()} ")[0]) if word not in STOPWORDS]
    return role[-1] if role else ""


def _told(hit: Hit) -> str:
    day = hit.published
    return f"{hit.passage.text}\n{hit.title}\n{f'{day.day} {day:%B %Y}' if day else ''}"


def _is_of_none_named(question: Question, best: Candidate) -> bool:
    """Whether nothing within 1,500 characters of it, nor its title, has a word of any name asked about.

    Where names have capitals there, only words with capitals can be names.
    """
    of = best.transcript
    around = of.text[max(0, best.char_start - _NEAR) : best.char_end + _NEAR]
    capitalised = _CAPITALISED.findall(around)
    cased = len(capitalised) * _MOST_WORDS_A_CAPITAL > len(around.split())
    told = f"{of.title}\n{' '.join(capitalised) if cased else around}\n{' '.join(best.hit.passage.speakers)}"
    parts = [word for name in question.names for word in name.split() if word.lower() not in STOPWORDS]
    return bool(parts) and len(unknown_names(parts, told)) == len(parts)
