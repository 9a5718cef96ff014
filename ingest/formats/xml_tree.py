"""XML as a tree of elements that know their line, under their names without namespaces.

Read by expat through defusedxml, which refuses entities of the file's own making and files it points to.
Mended: "&" left as it is, and the entities of HTML. Elements more than 100 deep are refused, so that a tree can
be walked without care.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from ingest.errors import Malformed

_DEEPEST = 100
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{2,31};)?")


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes, the number of its line, and elements and text in it, in order."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Node]:
        """The elements right in it."""
        return (child for child in self.children if isinstance(child, Node))

    def find(self, name: str) -> Iterator[Node]:
        """The elements of that name anywhere in it."""
        for child in self.elements:
            if child.name == name:
                yield child
            yield from child.find(name)

    @property
    def text(self) -> str:
        """All text in it, white space as one blank."""
        pieces = (child if isinstance(child, str) else f" {child.text} " for child in self.children)
        return " ".join("".join(pieces).split())


def read_xml(text: str, path: Path) -> Node:
    """The root element of the text. Raises Malformed, with the line, for what is no XML or a trap."""
    text = text.rstrip()
    body = text.lstrip()
    above = text[: len(text) - len(body)].count("\n")
    parser = create_parser(forbid_dtd=False, forbid_entities=True, forbid_external=True)
    builder = _Builder(path, above, parser)
    parser.setContentHandler(builder)
    try:
        # In one piece: in many, expat reads a long token again from its start with every piece.
        parser.feed(_ENTITY.sub(_mended, body))
        parser.close()
    except SAXParseException as error:
        cause = f"is XML that cannot be read ({error.getMessage()})."
        raise Malformed(path, cause, "Export it again.", above + (error.getLineNumber() or 1)) from error
    except DefusedXmlException as error:
        cause = "defines XML entities, or points to a file that does, with which it could blow up without end."
        raise Malformed(path, cause, "Take its <!DOCTYPE …> out.", above + parser.getLineNumber()) from error
    return next(builder.top.elements)


def _mended(match: re.Match[str]) -> str:
    return escape(html.unescape(match[0]))


class _Builder(ContentHandler):
    """Takes what the parser finds, and keeps the tree under `top`."""

    def __init__(self, path: Path, above: int, place: Locator) -> None:
        super().__init__()
        self.top = Node("", {}, 0)
        self._path = path
        self._above = above
        self._place = place
        self._open = [self.top]

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        given = {_local(key): value for key, value in attrs.items()}
        node = Node(_local(name), given, self._above + (self._place.getLineNumber() or 1))
        self._open[-1].children.append(node)
        self._open.append(node)
        if len(self._open) > _DEEPEST:
            cause = f"nests XML elements more than {_DEEPEST} deep."
            raise Malformed(self._path, cause, "Export it again.", node.line)

    def endElement(self, name: str) -> None:  # noqa: N802
        self._open.pop()

    def characters(self, content: str) -> None:
        self._open[-1].children.append(content)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
