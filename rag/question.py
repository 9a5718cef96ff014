"""What a question asks for: its kind, the names and numbers in it, whose words it wants, and what it follows on from.

Pattern and table work, no model. It does not search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.errors import QuestionError
from rag.results import Answer
from rag.stems import STOPWORDS, content_stems, words

Kind = Literal["number", "when", "who", "where", "why", "how", "said", "what"]

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("said", re.compile(r"\b(?:what|how|which)\b.*\b(?:say|says|said|tell|told|think|thinks|describe[ds]?|argue[ds]?|explain(?:ed|s)?)\b|according to", re.I)),
    ("number", re.compile(r"\bhow (?:many|much|big|large|far|long|old|high|tall|fast|heavy|often)\b|\bwhat (?:percent|share|number|amount|size|proportion)|\bby how\b", re.I)),
    ("when", re.compile(r"\bwhen\b|\bwhat (?:year|date|day|month|time)\b|\bsince when\b|\bhow soon\b", re.I)),
    ("who", re.compile(r"\bwho\b|\bwhom\b|\bwhose\b|\bwhich (?:person|people|minister|president|official|countr|compan)", re.I)),
    ("where", re.compile(r"\bwhere\b|\b(?:in|from|at|to) (?:which|what) (?:place|city|country|town|site)", re.I)),
    ("why", re.compile(r"\bwhy\b|\bwhat (?:reason|cause|makes|made|led|drove|prompted)|\bhow come\b|\breasons?\b", re.I)),
    ("how", re.compile(r"\bhow\b", re.I)),
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|that|these|those|there|then|one|ones)\b", re.I
)
_LONGEST_NAME = 5
_BARE = re.compile(
    r"(?:why|when|where|who|how|how (?:many|much|so|long|come)|what else|anything else|(?:can you )?tell me more|more|go on)\W*",
    re.I,
)
_OPENING = re.compile(r"(?:and|but|so|or|also|what about|how about|then)\b", re.I)
_HONORIFICS = frozenset(
    "mr mrs ms miss dr sir dame lord lady secretary president minister prime professor prof senator sen governor gov general gen"
    " admiral adm ambassador attorney press deputy principal vice chief director administrator captain judge justice".split()
)
_OPENS = re.compile(r"^(?:and|but|so|or|also)\b[\s,]*", re.I)
_NAME = re.compile(
    r"\b[A-Z][\w’'-]*\.?(?:(?: (?:of|the|al|el|bin|ibn|van|von|der|den|de|da|di|du|la|le))*[ -](?:al-|el-)?[A-Z][\w’'-]*)*"
)
_NO_NAME = re.compile(
    r"(?:C[EFOT]O|[SE]?VP|MP|PM|US|UK|EU|UN|I|(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?)"
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_POSSESSIVE = re.compile(r"['’]s\b")
_NUMBER = re.compile(r"\b\d[\d,.]*\d|\b\d\b")
_SAYERS = re.compile(
    r"\b(?:did|does|do|has|have|was|were)\s+(?P<who>.+?)\s+(?:say|said|tell|told|think|describe|argue|explain|claim|call|mention|add|promise|warn|expect|want)\b"
    r"|\baccording to\s+(?P<by>.+?)(?:[,?]|$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    `text` is as asked, `standalone` what is searched for: the same, with the earlier question before it when it
    leans on one. `names` are capitalised names and `numbers` the figures in it; `wants` is whom a "what did X say"
    question is after, and `speakers` the archive's speakers that this names.
    """

    text: str
    standalone: str
    kind: Kind
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    stems: frozenset[str]
    wants: str | None = None
    speakers: tuple[str, ...] = ()

    @property
    def topic(self) -> frozenset[str]:
        """What it is about: its stems without the name of the speaker it asks for, which all of their words would match."""
        return (self.stems - content_stems(self.wants)) or self.stems if self.wants and self.speakers else self.stems

    @property
    def wanted_name(self) -> str:
        """What a sentence must mention to report the words wanted: "Cook" for Tim Cook; empty when nobody is named."""
        wanted = self.wants if self.kind == "said" and self.wants else ""
        named = [name for name in self.names if name in wanted] if len(wanted.split()) <= _LONGEST_NAME else []
        return max(named, key=lambda name: len(name.split())).split()[-1] if named else ""

    @property
    def follows_on(self) -> bool:
        """Whether the conversation before it was needed to understand it."""
        return self.standalone != self.text


def understand(
    text: str,
    history: Sequence[str | Answer] = (),
    *,
    speakers: Callable[[], Iterable[str]] = tuple,
    longest: int = 2000,
) -> Question:
    """Reads the question. `speakers` gives everyone who speaks in the archive and is called only when it matters.

    Raises QuestionError when the question is empty or longer than `longest` characters.
    """
    asked = " ".join(text.split())
    if not any(char.isalnum() for char in asked):
        raise QuestionError("The question is empty. Ask something in words.")
    if len(asked) > longest:
        raise QuestionError(f"The question has {len(asked):,} characters; at most {longest:,} can be asked. Shorten it.")
    standalone = _standalone(asked, history)
    wants = _wanted(asked)
    named = _named_speakers(wants, speakers()) if wants and len(wants.split()) <= _LONGEST_NAME else ()
    return Question(
        asked, standalone, _kind(asked), _names(standalone), tuple(_NUMBER.findall(asked)), content_stems(standalone), wants, named
    )


def _kind(text: str) -> Kind:
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), "what")


def _names(text: str) -> tuple[str, ...]:
    """Capitalised words and runs of them, without the word a sentence begins with unless it is all capitals."""
    found: dict[str, None] = {}
    for sentence in re.split(r"(?<=[.?!])\s+", _POSSESSIVE.sub(" ,", _DOTTED.sub(_undotted, text))):
        for match in _NAME.finditer(sentence):
            name = match.group() if match.start() else _without_opening(match.group())
            if name and not _NO_NAME.fullmatch(name):
                found[name] = None
    return tuple(found)


def _undotted(match: re.Match[str]) -> str:
    return match.group().replace(".", "")


def _without_opening(name: str) -> str:
    first, _, rest = name.partition(" ")
    return name if first.isupper() and len(first) > 1 else rest


def _wanted(text: str) -> str | None:
    match = _SAYERS.search(text)
    return (match.group("who") or match.group("by")).strip() if match else None


def _named_speakers(wanted: str, speakers: Iterable[str]) -> tuple[str, ...]:
    asked = set(words(wanted))
    return tuple(speaker for speaker in speakers if _is_named(words(speaker), asked))


def _is_named(speaker: tuple[str, ...], asked: set[str]) -> bool:
    """By whole name, or by surname where no other given name stands before it; honorifics count for nothing."""
    name = [word for word in speaker if word not in _HONORIFICS | STOPWORDS]
    if not name or name[-1] not in asked:
        return False
    others = asked - set(speaker) - _HONORIFICS - STOPWORDS
    return all(word in asked for word in name if len(word) > 1) or not others


def _standalone(text: str, history: Sequence[str | Answer]) -> str:
    earlier = [each.question if isinstance(each, Answer) else each for each in history]
    if not earlier or not leans(text):
        return text
    return f"{_anchor(earlier)} {_OPENS.sub('', text)}"


def leans(text: str) -> bool:
    """Whether the question needs an earlier one: an opening "and", too little to go by, or a pronoun with no name before it."""
    if _OPENING.match(text) or _BARE.fullmatch(text) or (len(content_stems(text)) < 2 and not _names(text)):
        return True
    pronoun = _PRONOUN.search(text)
    return bool(pronoun) and not _names(text[: pronoun.start()] if pronoun else text)


def _anchor(earlier: Sequence[str]) -> str:
    """The latest earlier questions, back to the last that stands by itself."""
    kept: list[str] = []
    for question in reversed(earlier):
        kept.insert(0, question)
        if not leans(question):
            break
    return " ".join(kept[-3:])
