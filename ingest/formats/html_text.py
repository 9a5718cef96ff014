"""The text of a part of a web page, line by line, without menus, captions, lists of links and the like.

Not with trafilatura: where a table lays the page out, it runs lines together that a <br> parts, so that all speakers of
an older transcript page come out as one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element
from lxml.etree import iterwalk

from ingest.formats.html_weight import Part, Weight, is_unseen

_BESIDES = frozenset("nav aside footer header form figure menu".split())
_BESIDES_ROLES = frozenset("navigation banner contentinfo complementary search dialog menu toolbar".split())
_BESIDES_NAME = re.compile(
    r"""(?:ads?|advert\w*|banner|breadcrumbs?|byline|caption|comments?|consent|cookies?|credit|disqus|footer|header
    |masthead|menu|modal|most-?(?:read|popular|viewed)|nav\w*|newsletter|pagination|popup|promo\w*|recirc\w*|recommend\w*
    |related|share|sharing|sidebar|signup|skip|social|sponsor\w*|subscribe|subscription|tags?|toolbar|topics|trending
    |visually-hidden|sr-only|screen-reader)(?:$|[-_])""",
    re.IGNORECASE | re.VERBOSE,
)
_BLOCKS = frozenset(
    """address article blockquote body center dd div dl dt fieldset h1 h2 h3 h4 h5 h6 hr li main ol p pre section table
    tbody thead tfoot td th tr ul caption details summary""".split()
)
_LISTS = frozenset("ul ol div section table tr td center".split())
_SPEAKER = re.compile(r"(?:^|[-_])(?:speaker|interlocutor)(?:[-_]?name)?$", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_GAPS = re.compile(r" *\n *")
_BLANKS = re.compile(r"\n{3,}")
_LONGEST_NAME = 80


def text_of(part: Part, weights: Mapping[Element, Weight]) -> str:
    """The lines of the part; a blank line parts paragraphs."""
    writer = _Writer()
    most = weights[part.element].chars // 3
    walk = iterwalk(part.element, events=("start", "end"))
    for event, element in walk:
        unread = element is not part.element and (element in part.after or _is_besides(element, weights, most))
        if event == "start":
            if unread:
                walk.skip_subtree()
            else:
                writer.open(element)
        else:
            if not unread:
                writer.close(element)
            if element is not part.element:
                writer.write(element.tail or "")
    return writer.text


def rows_of(element: Element) -> list[list[str]]:
    """The cells of the tables in the element, row by row."""
    return [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row if cell.tag in ("td", "th")]
        for row in element.iter("tr")
    ]


def _is_besides(element: Element, weights: Mapping[Element, Weight], most: int) -> bool:
    """Whether the element is no part of the talk. One that has a third of the text is, whatever it is called."""
    if is_unseen(element):
        return True
    weight = weights.get(element, Weight())
    if weight.chars > most:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    besides = element.tag in _BESIDES or element.get("role") in _BESIDES_ROLES or any(map(_BESIDES_NAME.match, named))
    listed = element.tag in _LISTS and weight.links > 1 and 10 * weight.linked > 6 * weight.chars
    pointed = element.tag in ("p", "li") and not weight.own and weight.chars > _LONGEST_NAME // 2
    return besides or listed or pointed


@dataclass(slots=True)
class _Writer:
    """The text so far. `after_name` says that a speaker's name has just been written and the talk comes next."""

    parts: list[str] = field(default_factory=list)
    verbatim: int = 0
    after_name: bool = False

    @property
    def text(self) -> str:
        """What has been written, lines trimmed, with at most one blank line between them."""
        return _BLANKS.sub("\n\n", _GAPS.sub("\n", "".join(self.parts))).strip("\n")

    def open(self, element: Element) -> None:
        """An element begins."""
        self._part(element, "\n\n")
        self.verbatim += element.tag == "pre"
        if element.tag == "br":
            self.parts.append("\n")
        self.write(element.text or "")

    def close(self, element: Element) -> None:
        """An element ends; what follows a speaker's name goes on in the same line."""
        self.verbatim -= element.tag == "pre"
        name = _name_of(element)
        if name:
            self.parts.append(" " if name.endswith(":") else ": ")
            self.after_name = True
        else:
            self._part(element, "\n\n")

    def _part(self, element: Element, gap: str) -> None:
        if element.tag in _BLOCKS and not self.after_name:
            self.parts.append(gap)

    def write(self, text: str) -> None:
        """Words; white space is one space, but for no-break spaces and inside <pre>."""
        if text.strip():
            self.after_name = False
        if self.verbatim:
            self.parts.append(text)
        elif text:
            self.parts.append(_SPACE.sub(" ", text))


def _name_of(element: Element) -> str | None:
    """The name in an element that is marked as a speaker's, or that is the term of a list of who said what."""
    marked = element.tag == "dt" or any(map(_SPEAKER.search, (element.get("class") or "").split()))
    name = " ".join("".join(element.itertext()).split()) if marked else ""
    return name if 0 < len(name) <= _LONGEST_NAME else None
