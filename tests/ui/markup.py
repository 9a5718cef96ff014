"""Reads HTML the way a test wants it: which elements and attributes there are, and what a reader sees."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"br", "meta", "img", "link", "base", "input", "hr"})


class Markup(HTMLParser):
    """Elements as (name, attributes), all text, and whether everything that opens is closed in turn."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.balanced = True
        self._open: list[tuple[str, set[str], int]] = []
        self._texts: list[tuple[set[str], str]] = []
        self.feed(html)
        self.close()
        self.balanced = self.balanced and not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.elements.append((tag, named))
        if tag not in VOID:
            self._open.append((tag, {tag, *named.get("class", "").split()}, len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.balanced = False
            return
        _, names, start = self._open.pop()
        self._texts.append((names, self.text[start:]))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.balanced = False

    @property
    def tags(self) -> set[str]:
        """Names of all elements."""
        return {tag for tag, _ in self.elements}

    @property
    def attributes(self) -> set[str]:
        """Names of all attributes."""
        return {name for _, named in self.elements for name in named}

    def texts(self, name: str) -> list[str]:
        """The text of every element of that tag or class, in the order in which they end."""
        return [text for names, text in self._texts if name in names]

    def values(self, tag: str, attribute: str) -> list[str]:
        """An attribute of every element of a kind that has it."""
        return [named[attribute] for name, named in self.elements if name == tag and attribute in named]
