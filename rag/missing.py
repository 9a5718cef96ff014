"""What a question that is refused asks about and the passages found lack: somebody to speak, a name, a number, a word.

Said to the reader beside a refusal, and only what can be checked by looking: nothing is guessed of what was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rag.numbered import others_of
from rag.question import Question
from rag.results import Hit
from rag.sentence_features import numbers_in
from rag.stems import STOPWORDS, content_stems, initialisms, stem, words
from rag.whose import LONGEST_NAME

_MOST_NAMED = 2


def what_is_missing(question: Question, hits: Sequence[Hit]) -> str:
    """A sentence or two about what none of the passages found has; empty where they have all that can be looked for."""
    held = frozenset[str]().union(*map(_held_by, hits))
    return next((said for rule in _RULES if (said := rule(question, hits, held))), "") if hits else ""


def _speaker(question: Question, hits: Sequence[Hit], held: frozenset[str]) -> str:
    """Whoever is to have said it, but speaks nowhere."""
    who = question.wants or ""
    named = [name for name in question.names if name in who]
    if not named or question.speakers or len(who.split()) > LONGEST_NAME:
        return ""
    last = named[-1].split()[-1]
    titles = dict.fromkeys(_place(hit) for hit in hits if _telling(last) <= _held_by(hit))
    mentioned = f"; “{last}” is mentioned in {_listed(list(titles)[:_MOST_NAMED], 'and')}" if titles else ""
    return f"Nobody called “{who}” speaks in them{mentioned}."


def _numbered(question: Question, hits: Sequence[Hit], held: frozenset[str]) -> str:
    """One of the names that a number tells apart, where there are others of it."""
    found = others_of(question, [f"{hit.title}\n{hit.passage.text}" for hit in hits])
    if found is None:
        return ""
    asked, others = found
    return f"No passage found mentions “{asked}”; they mention {_listed(others[:_MOST_NAMED], 'and', quoted=True)}."


def _names(question: Question, hits: Sequence[Hit], held: frozenset[str]) -> str:
    return _unmentioned(name for name in question.names if not _telling(name) <= held and name.lower() not in held)


def _numbers(question: Question, hits: Sequence[Hit], held: frozenset[str]) -> str:
    absent = numbers_in(question.stems) - held
    return _unmentioned(word for word in dict.fromkeys(words(question.standalone)) if word in absent)


def _words(question: Question, hits: Sequence[Hit], held: frozenset[str]) -> str:
    """Up to two words of the question, longest first: what is asked for may well have been said in others."""
    absent = dict.fromkeys(
        word for word in words(question.standalone) if word not in STOPWORDS and stem(word) not in held
    )
    longest = sorted(absent, key=len, reverse=True)[:_MOST_NAMED]
    return f"No passage found has the word {_listed(longest, 'or', quoted=True)}." if longest else ""


_RULES: tuple[Callable[[Question, Sequence[Hit], frozenset[str]], str], ...] = (
    _speaker,
    _numbered,
    _names,
    _numbers,
    _words,
)


def _held_by(hit: Hit) -> frozenset[str]:
    """The stems of a passage, its title, date and speakers, and what its names are called for short."""
    published = hit.published.strftime("%d %B %Y") if hit.published else ""
    told = " ".join((hit.passage.text, hit.title, hit.source or "", published, *hit.passage.speakers))
    return content_stems(told) | initialisms(told)


def _telling(name: str) -> frozenset[str]:
    """The part of a name that tells whose it is: "Cook" of Tim Cook."""
    parts = [word for word in words(name) if word not in STOPWORDS]
    return frozenset(map(stem, parts[-1:]))


def _unmentioned(names: Iterator[str]) -> str:
    absent = list(names)[:_MOST_NAMED]
    return f"No passage found mentions {_listed(absent, 'or', quoted=True)}." if absent else ""


def _place(hit: Hit) -> str:
    return f"{hit.title} ({hit.published.isoformat()})" if hit.published else hit.title


def _listed(parts: Sequence[str], link: str, *, quoted: bool = False) -> str:
    shown = [f"“{part}”" for part in parts] if quoted else list(parts)
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {link} {shown[-1]}"
