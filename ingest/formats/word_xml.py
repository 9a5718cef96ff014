"""The body of a Word document, read as a stream: paragraphs and tables in order, tracked changes taken as accepted.

Not with python-docx: what it gives as the text of a paragraph lacks what was inserted with tracking on and what stands
in content controls. The XML is read by defusedxml, which refuses entities.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

Rows = list[list[str]]

_UNREAD = frozenset(("del", "moveFrom", "Fallback", "delText", "instrText", "footnoteReference", "rt"))
_OFF = ("0", "false", "off")
_WRITTEN: Mapping[str, Callable[[Element], str]] = {
    "t": lambda element: element.text or "",
    "tab": lambda _: "    ",
    "ptab": lambda _: "    ",
    "br": lambda _: "\n",
    "cr": lambda _: "\n",
    "noBreakHyphen": lambda _: "-",
}


@dataclass(frozen=True, slots=True)
class Body:
    """What a document holds: paragraphs and tables in order, and the paragraph in the style of a title."""

    blocks: list[str | Rows]
    title: str | None

    @property
    def words(self) -> list[int]:
        """How many words each block has."""
        return [sum(len(text.split()) for text in _texts(block)) for block in self.blocks]


def _texts(block: str | Rows) -> list[str]:
    return [block] if isinstance(block, str) else [cell for row in block for cell in row]


def read_body(xml: bytes) -> Body:
    """The body of `word/document.xml`. Raises ParseError, DefusedXmlException, LookupError or ValueError."""
    reader = _Reader()
    for event, element in iterparse(BytesIO(xml), events=("start", "end"), forbid_dtd=True):
        (reader.start if event == "start" else reader.end)(element, element.tag.rpartition("}")[2])
    return Body([block if isinstance(block, str) else _joined(block) for block in reader.blocks], reader.title)


def _joined(rows: list[list[list[str]]]) -> Rows:
    return [["\n".join(filter(None, cell)) for cell in row] for row in rows]


@dataclass(slots=True)
class _Paragraph:
    parts: list[str] = field(default_factory=list)
    style: str = ""
    runs_on: bool = False


@dataclass(slots=True)
class _Reader:
    """Where the reading stands: in how much that is not read, in which paragraphs, runs and cells."""

    blocks: list[str | list[list[list[str]]]] = field(default_factory=list)
    title: str | None = None
    unread: int = 0
    tables: int = 0
    in_properties: int = 0
    in_run: bool = False
    hidden: bool = False
    open: list[_Paragraph] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)

    def start(self, element: Element, name: str) -> None:
        """Something opens."""
        if name == "del" and self.in_properties and self.open:
            self.open[-1].runs_on = True
        self.unread += name in _UNREAD
        self.in_properties += name == "pPr"
        self.tables += name == "tbl"
        if name == "p":
            self.open.append(_Paragraph())
        elif name == "r":
            self.in_run, self.hidden = True, False
        elif self.tables == 1:
            self._open_table(name)

    def _open_table(self, name: str) -> None:
        if name == "tbl":
            self.blocks.append([])
        rows = self.blocks[-1] if self.blocks else ""
        if name == "tr" and isinstance(rows, list):
            rows.append([])
        elif name == "tc" and isinstance(rows, list) and rows:
            rows[-1].append([])

    def end(self, element: Element, name: str) -> None:
        """Something closes, and all that it holds is known."""
        self.unread -= name in _UNREAD
        self.in_properties -= name == "pPr"
        self.tables -= name == "tbl"
        if name == "pStyle" and self.open:
            self.open[-1].style = _value(element)
        elif name == "vanish" and self.in_run:
            self.hidden = _value(element) not in _OFF
        elif name in _WRITTEN and self.in_run and self.open and not self.unread and not self.hidden:
            self.open[-1].parts.append(_WRITTEN[name](element))
        elif name == "r":
            self.in_run = False
        elif name == "p" and self.open:
            self._close(self.open.pop())
            element.clear()

    def _close(self, paragraph: _Paragraph) -> None:
        self.begun += paragraph.parts
        if paragraph.runs_on:
            return
        text = "".join(self.begun)
        self.begun = []
        last = self.blocks[-1] if self.blocks else ""
        if self.tables and isinstance(last, list):
            if last and last[-1]:
                last[-1][-1].append(text)
        elif paragraph.style == "Title" and not self.title and text.strip():
            self.title = " ".join(text.split())
        else:
            self.blocks.append(text)


def _value(element: Element) -> str:
    return next((value for key, value in element.items() if key.endswith("}val")), "")
