"""How much text each part of a web page has, how much of it is links, and which part holds the talk."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml.etree import _Element as Element
from lxml.etree import iterwalk

_UNSEEN = frozenset(
    """script style noscript template svg math head iframe object embed canvas select button input textarea audio video
    picture map dialog""".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTAINERS = frozenset("body div section article main center table tbody tr td form span".split())
_TALK = re.compile(r"\btranscript", re.IGNORECASE)
_DEEPEST = 200


class Weight(NamedTuple):
    """Characters printed, those of them in links, and the links."""

    chars: int = 0
    linked: int = 0
    links: int = 0

    @property
    def own(self) -> int:
        """Characters that are no link's."""
        return self.chars - self.linked


_NOTHING = Weight()


class Part(NamedTuple):
    """The element that holds the talk, and elements in it that come after the talk and are the page's."""

    element: Element
    after: frozenset[Element]


def is_unseen(element: Element) -> bool:
    """Whether a browser would not show it as text."""
    if element.tag in _UNSEEN or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def weigh(page: Element) -> dict[Element, Weight]:
    """The weight of every element that is seen."""
    found: dict[Element, list[int]] = {}
    walk = iterwalk(page, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            found[element] = [_printed(element.text), 0, 0]
            if is_unseen(element):
                found[element] = [0, 0, 0]
                walk.skip_subtree()
        else:
            _add_up(element, found)
    return {element: Weight(*counts) for element, counts in found.items()}


def _add_up(element: Element, found: Mapping[Element, list[int]]) -> None:
    counts = found[element]
    if element.tag == "a" and element.get("href") is not None:
        counts[1:] = counts[0], 1
    above = found.get(element.getparent())
    if above:
        above[0] += counts[0] + _printed(element.tail)
        above[1] += counts[1]
        above[2] += counts[2]


def _printed(text: str | None) -> int:
    return sum(map(len, text.split())) if text else 0


def talking_part(page: Element, weights: Mapping[Element, Weight]) -> Part:
    """The part named as a transcript if there is a large one, else the article, else what the page is mostly made of.

    What follows a part that has four fifths of the words, and has a tenth at most itself, is left out: else the last
    speaker would also be asking for donations.
    """

    def own(element: Element) -> int:
        return weights.get(element, _NOTHING).own

    body = next((each for each in page.iter("body") if each in weights), page)
    named = (_largest(body, weights, *kind) for kind in _KINDS)
    part = next((found for found in named if found is not None), body)
    after: set[Element] = set()
    inner = part
    for _ in range(_DEEPEST):
        heavy = max(inner, key=own, default=None)
        if heavy is None or heavy.tag not in _CONTAINERS or 5 * own(heavy) < 4 * own(part):
            break
        following = [each for each in heavy.itersiblings() if each in weights]
        if 10 * sum(map(own, following)) <= own(part):
            after.update(following)
        inner = heavy
    return Part(part, frozenset(after))


def _largest(
    body: Element, weights: Mapping[Element, Weight], share: float, fits: Callable[[Element], bool]
) -> Element | None:
    """The one with the most text of those that fit, if it has that share of the page's."""
    fitting = (each for each in weights if each is not body and fits(each))
    best = max(fitting, key=lambda each: weights[each].own, default=None)
    return best if best is not None and weights[best].own >= max(1, share * weights[body].own) else None


def _is_transcript(element: Element) -> bool:
    return any(_TALK.search(element.get(name) or "") for name in ("class", "id", "itemprop"))


def _is_article_body(element: Element) -> bool:
    return (element.get("itemprop") or "").lower() in ("articlebody", "text")


_KINDS: tuple[tuple[float, Callable[[Element], bool]], ...] = (
    (0.25, _is_transcript),
    (0.5, _is_article_body),
    (0.5, lambda element: element.tag == "article"),
    (0.5, lambda element: element.tag == "main" or element.get("role") == "main"),
)
