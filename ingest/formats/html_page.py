"""Web pages (HTML): the transcript, or the article, on one. Other pages are refused, saying what they look like.

The words then go through the text formats like those of a text file. lxml reads the page as a browser would, tag soup
and all; see `html_text` for why the words are found by rules of our own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from ingest.errors import EmptyFile, Malformed, TooLarge, UnknownFormat
from ingest.formats import labelled, table
from ingest.formats.content import Content
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.html_facts import read_facts
from ingest.formats.html_text import rows_of, text_of
from ingest.formats.html_weight import Part, Weight, talking_part, weigh
from ingest.formats.paragraphs import ends_closed
from ingest.formats.script import quoted_head
from ingest.text import clean

_MOST_CHARS = 8 * 1024 * 1024
_PAGE = re.compile(
    r"(?:\s|<\?xml[^>]{0,200}\?>|<!--(?:[^-]|-(?!->)){0,5000}-->)*<(?:!doctype\s+html|html|head|body)\b", re.I
)
_FRAGMENT = re.compile(
    r"\s*<(?:p|div|article|section|h[1-6]|span|table|main|blockquote|center|font|strong|b|em|i|br)\b", re.I
)
_BROKEN_LINES = re.compile(r"<br\s*/?>|</(?:p|div|h\d|td|li)\s*>", re.I)
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]+")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://\S{1,2000}) -->")
_TIMED = re.compile(r"(?:>>|[*\[(]?\d{1,2}:\d\d(?::\d\d)?)\S{0,8}\s")
_NO_NEWS = re.compile(
    r"(?:last )?(?:updated|modified)\b.{0,60}|share(?: this)?|advertisement|print|listen|read more", re.I
)
_ERROR = re.compile(
    r"\b(?:404|403|50\d)\b|not found|no longer (?:available|exists)|forbidden|access denied|server error|unavailable"
    r"|just a moment|attention required|are you a (?:robot|human)|captcha|verify you are",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(r"(?:enable|requires?|turn on|without) java ?script|javascript is (?:disabled|required)", re.I)
_LONG = 60
_FEWEST_WORDS = 40
_FEWEST_WORDS_OF_PROSE = 80
_REMEDY = "Save the page that has the words on it, or put the words into a text file."


def sniff(text: str) -> int:
    """3 for a whole page, 2 for a part of one, 0 for anything else."""
    if _PAGE.match(text[:20_000]):
        return 3
    return 2 if _FRAGMENT.match(text) and len(_BROKEN_LINES.findall(text, 0, 200_000)) > 1 else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Content | Document:
    """The words of a page and what it states about itself; a Document where they are a table of who said what.

    `stated` wins over that.

    Raises UnknownFormat (no transcript and no article), EmptyFile, TooLarge and Malformed.
    """
    page = _tree(text, path)
    weights = weigh(page)
    part = talking_part(page, weights)
    facts = read_facts(page)
    saved = _SAVED_FROM.search(text[:5000])
    facts = facts.or_else(Metadata(url=saved[1] if saved else None).told_by("web page"))
    spoken = _spoken_table(part, weights, stated.or_else(facts))
    if spoken:
        return spoken
    words = _without_title(clean(text_of(part, weights)), facts.title)
    if not _is_talk(words) and not _is_article(words):
        cause = f"is a web page without a transcript or an article: it looks like {_kind(page, weights, words)}."
        raise UnknownFormat(path, cause, _REMEDY)
    when = Metadata(published=facts.published, published_at=facts.published_at, origins=facts.origins)
    return Content(words, replace(facts, published=None, published_at=None), when)


def _tree(text: str, path: Path) -> Element:
    text = _EMBEDDED.sub("", text)
    if len(text) > _MOST_CHARS:
        cause = f"is a web page of {len(text) / 1024 / 1024:,.0f} MiB; the limit is {_MOST_CHARS // 1024 // 1024} MiB."
        raise TooLarge(path, cause, "Put its words into a text file.")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        page = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise Malformed(path, f"is a web page that cannot be read ({error}).", _REMEDY) from error
    if page is None:
        raise EmptyFile(path, "is a web page with nothing on it.", _REMEDY)
    return page


def _spoken_table(part: Part, weights: dict[Element, Weight], facts: Metadata) -> Document | None:
    rows = rows_of(part.element)
    cells = sum(len("".join(cell.split())) for row in rows for cell in row)
    return table.document(rows, facts) if 2 * cells > weights[part.element].chars else None


def _without_title(text: str, title: str | None) -> str:
    """The text without the title, which is shown above it, and without lines that only serve the page."""
    lines = text.split("\n")
    head = [line for line in lines[:20] if not title or line.casefold() != title.casefold()]
    return "\n".join(line for line in [*head, *lines[20:]] if not _NO_NEWS.fullmatch(line)).strip()


def _is_talk(text: str) -> bool:
    """Whether somebody is named or timed as speaking, and says enough."""
    lines = [line for line in text.split("\n") if line]
    if len(text.split()) < _FEWEST_WORDS:
        return False
    timed = 5 * sum(bool(_TIMED.match(line)) for line in lines) > len(lines)
    return timed or labelled.sniff(text) > 0 or any(quoted_head(line) for line in lines)


def _is_article(text: str) -> bool:
    """Whether most of the text is paragraphs of whole sentences."""
    lines = [line for line in text.split("\n") if line]
    prose = [line for line in lines if len(line) > _LONG and ends_closed(line)]
    words = sum(len(line.split()) for line in prose)
    return words >= _FEWEST_WORDS_OF_PROSE and 2 * sum(map(len, prose)) > sum(map(len, lines))


def _kind(page: Element, weights: dict[Element, Weight], words: str) -> str:
    """What a page looks like that is neither transcript nor article."""
    heads = " ".join("".join(each.itertext()) for each in page.iter("title", "h1", "h2"))
    weight = weights[page]
    if any((each.get("type") or "").lower() == "password" for each in page.iter("input")):
        return "a page to log in"
    if _ERROR.search(heads):
        return "an error page"
    if _SCRIPTED.search("".join(page.itertext())) and len(words.split()) < _FEWEST_WORDS_OF_PROSE:
        return "a page that is empty until a browser fills it"
    if weight.links > 9 and 3 * weight.linked > weight.chars:
        return "a front page or a list of links"
    return "a page with a few words on it" if weight.chars < 1000 else "a page of something else"
