"""Markdown to the plain text a reader sees: marks taken off, words and line ends kept.

What is inside a paragraph is read by markdown-it-py. Paragraphs themselves are not: to CommonMark an
indented label would be a code block, and a line that begins with "2021." a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.formats.directions import BREAK

_FENCE = re.compile(r"^(?:```|~~~)[^\n]*$", re.MULTILINE)
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+([^\n]*)$", re.MULTILINE)
_WORDS_BELOW = re.compile(r"^(?![ ]{0,3}#{1,6}[ \t])[ \t]*[^\s]", re.MULTILINE)
_QUOTE = re.compile(r"^[ ]{0,3}>(?!>)[ ]?", re.MULTILINE)
_BETWEEN = re.compile(r"(\n\s*\n)")
_MARKED = re.compile(r"[\\*_`\[\]<&~!]")
_LONGEST = 20_000
_SURE = re.compile(r"\\[\[\]()*_#.]|</?(?:s|em|strong|del|sup|sub|br)>|^#{1,6} \S|\]\(https?://", re.MULTILINE)

_INLINE = MarkdownIt("commonmark").enable("strikethrough")
_WORDS: Mapping[str, Callable[[Token], str]] = {
    "text": lambda token: token.content,
    "text_special": lambda token: token.content,
    "code_inline": lambda token: token.content,
    "softbreak": lambda _: "\n",
    "hardbreak": lambda _: "\n",
}


def is_marked_up(text: str) -> bool:
    """Whether a text without front matter is Markdown for sure: escapes, links, headings, or tags among the words."""
    return _SURE.search(text) is not None


def unfenced(markdown: str) -> str:
    """The text without the ``` lines around what should stay as it is."""
    return _FENCE.sub("", markdown)


def with_breaks(markdown: str) -> str:
    """The Markdown with a break before every heading that has words above it, since headings begin stories.

    Headings that come back are none of stories: they say who speaks.
    """
    headings = [match[1].rstrip(" \t#") for match in _HEADING.finditer(markdown)]
    words = _WORDS_BELOW.search(markdown)
    if len(set(headings)) < len(headings) or not words:
        return markdown
    above, below = markdown[: words.start()], markdown[words.start() :]
    return above + _HEADING.sub(lambda match: f"\n{BREAK}\n\n{match[0]}", below)


def plain_text(markdown: str) -> str:
    """The words of the Markdown, line by line. Pictures and tags are left out, the text of links stays.

    So does ">>", which marks another speaker in captions more often than a quotation in a quotation.
    """
    text = _without_comments(unfenced(markdown))
    text = _QUOTE.sub("", _HEADING.sub(lambda match: match[1].rstrip(" \t#") + "\n", text))
    return "".join(_inline(part) if _MARKED.search(part) else part for part in _BETWEEN.split(text))


def _without_comments(text: str) -> str:
    first, *others = text.split("<!--")
    parts = (other.partition("-->") for other in others)
    return first + "".join(after if end else f"<!--{inside}" for inside, end, after in parts)


def _inline(paragraph: str) -> str:
    if len(paragraph) > _LONGEST:
        return "\n".join(_inline(line[:_LONGEST]) + line[_LONGEST:] for line in paragraph.split("\n"))
    tokens = _INLINE.parseInline(paragraph)[0].children or []
    return "".join(_WORDS[token.type](token) for token in tokens if token.type in _WORDS)
