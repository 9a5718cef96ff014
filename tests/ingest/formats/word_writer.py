"""Word documents for tests: made by python-docx, or put together from XML where it cannot make what Word makes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx

from tests.ingest.packing import zipped

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a document of python-docx."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def word(*paragraphs: str, title: str = "", heading: str = "") -> bytes:
    """A document of the paragraphs; `title` is in its properties, `heading` in its title style."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = "Somebody"
    if heading:
        document.add_heading(heading, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def word_table(rows: Sequence[Sequence[str]], *above: str) -> bytes:
    """A document with the paragraphs and a table below them."""
    document = docx.Document()
    for paragraph in above:
        document.add_paragraph(paragraph)
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document)


def word_xml(body: str, *, before: str = "", parts: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """A document with that XML as its body, and whatever parts are added."""
    whole = f'<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}{whole}'
    return zipped([("[Content_Types].xml", _TYPES), ("word/document.xml", xml.encode()), *parts])
