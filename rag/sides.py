"""Comparison questions taken apart: each side as words that can be searched for by themselves.

Only wording that shows both sides is taken apart: two questions in one, two dates, two names, "compare A with B". What
the second side leaves unsaid ("… versus the November one") it is given from the first, without the first side's names
and dates. It reads signal words and order; no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.dates import dates_in
from rag.stems import content_stems

Sides = tuple[str, ...]

_FEWEST = 2
_WHICH = "what|how|when|why|who|whom|where|which"
_AUX = "do|does|did|is|are|was|were|has|have|had|will|would|can|could"
_WITH = r"with|to|from|against|versus|vs\.?"
_VERSUS = r",? (?:versus|vs\.?|as opposed to|compared? (?:with|to)|(?:and|than|to) (?:(?:in|at|on|by|during) )?)"
_ABOUT = r"(?:,? (?P<about>(?:on|about|regarding|over|in terms of|when it comes to|with regard to) .+))?"
_NAME = r"[A-Z][\w’'.-]*(?: (?:(?:of|the|and|al|de|von|van) )?[A-Z][\w’'.-]*)*"
_AGREEING = r"(?:dis)?(?:agree|differ|clash|diverge|say the same|see eye to eye)\w*(?: with)?(?: each other)?"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_APART = (
    _pattern(rf"^(?P<a>.+?),? (?:and|but|while) (?P<b>(?:{_WHICH})(?: [\w’'-]+){{0,3}}? (?:{_AUX})\b.+)$"),
    _pattern(rf"^(?:please )?(?:compare|contrast) (?P<a>.+?) (?:and|{_WITH}) (?P<b>.+?){_ABOUT}$"),
    _pattern(rf"^how (?:{_AUX}) (?P<a>.+?) (?:compare[ds]?|differ(?:ed|s)?) (?:{_WITH}) (?P<b>.+?){_ABOUT}$"),
    _pattern(rf"\b(?:differences?|contrast|disagreements?|similarit\w+) between (?P<a>.+?) and (?P<b>.+?){_ABOUT}$"),
    _pattern(rf"^(?:(?:how|where|why) )?(?:{_AUX}) (?:both )?(?P<a>.+?) and (?P<b>.+?) {_AGREEING}{_ABOUT}$"),
)
_CHANGES = _pattern(r"\b(?:compare|change|differ|versus|vs\b|both|than|shift|evolve|grow|grew|fall|fell|rise|rose)")
_SPAN = _pattern(r"\b(?:between|from) (?:the )?$")
_JOIN = _pattern(r"\s*[–-]\s*|,? (?:and|to|until) (?:the )?")
_DATED_VERSUS = _pattern(rf"(?P<a>.*?){_VERSUS}(?P<b>.*)")
_NAMES_APART = re.compile(rf"(?P<a>{_NAME}) (?:versus|[Vv]s\.?|as opposed to|compared (?:with|to)) (?P<b>{_NAME})")
_NAMES_AT_END = re.compile(rf"(?P<rest>.+?),? (?:versus|[Vv]s\.?|as opposed to|compared (?:with|to)) (?P<b>{_NAME})$")


def sides_of(question: str) -> Sides:
    """The two sides, each to be searched for alone; () where the wording shows none."""
    asked = question.strip().rstrip("?.! ")
    for sides in _readings(asked):
        if len(set(sides)) == 2 and all(len(content_stems(side)) >= _FEWEST for side in sides):
            return sides
    return ()


def _readings(asked: str) -> Iterator[Sides]:
    yield _two_times(asked)
    for pattern in _APART:
        if match := pattern.search(asked):
            second, about = match["b"], match.groupdict().get("about") or ""
            if not content_stems(second):
                second, about = f"{second} {about}", ""
            yield _sides(match["a"], second, about)
    yield _names_apart(asked)


def _sides(first: str, second: str, about: str = "") -> Sides:
    return f"{first} {about}".strip(), f"{_unsaid(first, second)} {about}".strip()


def _unsaid(first: str, second: str) -> str:
    """The second side behind the words of the first that are neither names nor dates, and not its own."""
    rest, said = first, content_stems(second)
    for written in dates_in(first):
        rest = rest.replace(written.words, " ")
    kept = [word for word in rest.split() if not word[0].isupper() and content_stems(word) - said]
    return " ".join([*kept, *second.split()])


def _two_times(asked: str) -> Sides:
    """The same at one time and at another: "How did prices change between 2021 and 2023"."""
    dates = [each for each in dates_in(asked) if each.exists]
    if not dates or not _CHANGES.search(asked):
        return ()
    first, last = dates[0], dates[-1]
    if spanned := _SPAN.search(asked[: first.start]):
        ends = _JOIN.split(asked[first.start : last.end])
        rest = f"{asked[: spanned.start()]}{{}}{asked[last.end :]}"
        return tuple(rest.replace("{}", f"in {end}") for end in ends) if len(ends) == 2 else ()
    gap = asked[first.end : last.start]
    match = _DATED_VERSUS.fullmatch(gap) if len(dates) == 2 else None
    if match is None:
        return ()
    return _sides(asked[: first.end] + match["a"], match["b"] + asked[last.start :])


def _names_apart(asked: str) -> Sides:
    if match := _NAMES_APART.search(asked):
        before, after = asked[: match.start()], asked[match.end() :]
        return f"{before}{match['a']}{after}", f"{before}{match['b']}{after}"
    if match := _NAMES_AT_END.fullmatch(asked):
        first = re.search(_NAME, match["rest"][1:])
        return (match["rest"], match["rest"].replace(first.group(), match["b"])) if first else ()
    return ()
