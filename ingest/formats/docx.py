"""Word documents (.docx, ECMA-376): paragraphs and tables as text, or as speech where a table holds it.

Comments, footnotes, heads and feet are no part of the talk. The author of a document and the day it was made are not a
programme's source and date, so they are not taken; its title gives way to one in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ingest.errors import BinaryFile, EmptyFile, Malformed
from ingest.formats import table
from ingest.formats.content import Content
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.header import read_before
from ingest.formats.paragraphs import is_wrapped
from ingest.formats.word_xml import Body, read_body
from ingest.text import clean
from ingest.zipped import document_in, open_zip, read_entry

_MOST_BYTES = 48 * 1024 * 1024
_MAIN = "word/document.xml"
_SAYS_NOTHING = re.compile(
    r"""microsoft\b.* | untitled\b.{0,20} | (?:word|powerpoint)?\W*(?:document|presentation|transcript|title|page)\W*\d*
    | .*\.(?:docx?|pdf|txt|rtf|odt|indd|pages|wpd|html?|pptx?)""",
    re.IGNORECASE | re.VERBOSE,
)
_AGAIN = "Open it in a word processor and save it again."


def read(data: bytes, path: Path, stated: Metadata = NOTHING) -> Content | Document:
    """The words of a Word document; `stated` wins over what it states itself.

    Raises BinaryFile (another kind of ZIP file), EmptyFile, TooLarge and Malformed.
    """
    kind = document_in(data, path)
    if kind is None:
        raise BinaryFile(path, "is a ZIP archive of files, not a file.", "Ingest it as it is, or unpack it.")
    if kind != "a Word document":
        raise BinaryFile(path, f"is {kind}.", "Save it as DOCX, PDF or plain text and give that.")
    try:
        with open_zip(data, path) as archive:
            body = read_body(_part(archive, _main_part(archive, path), path))
            hinted = Metadata(title=_title(archive, path)).told_by("document properties")
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise Malformed(path, f"is a Word document that cannot be read ({error}).", _AGAIN) from error
    if not any(body.words):
        raise EmptyFile(path, "is a Word document without words.", "Give a file that has words in it.")
    return _spoken_table(body, stated, hinted) or Content(_text(body), Metadata(title=body.title), hinted)


def said_title(title: str) -> str | None:
    """The title a document's properties state, None for what programs put there: "Document1", "notes.doc"."""
    title = " ".join(clean(title).split())
    return None if not title or len(title) > 200 or _SAYS_NOTHING.fullmatch(title) else title


def _part(archive: ZipFile, name: str, path: Path) -> bytes:
    return read_entry(archive, archive.getinfo(name), path, max_bytes=_MOST_BYTES)


def _main_part(archive: ZipFile, path: Path) -> str:
    if _MAIN in archive.namelist():
        return _MAIN
    relations = fromstring(_part(archive, "_rels/.rels", path), forbid_dtd=True)
    found = (each.get("Target", "") for each in relations if each.get("Type", "").endswith("/officeDocument"))
    return str(next(found, _MAIN)).lstrip("/")


def _title(archive: ZipFile, path: Path) -> str | None:
    name = "docProps/core.xml"
    if name not in archive.namelist():
        return None
    stated = (
        each.text for each in fromstring(_part(archive, name, path), forbid_dtd=True) if each.tag.endswith("}title")
    )
    return said_title(next(stated, None) or "")


def _text(body: Body) -> str:
    """Paragraphs with a blank line between them, but as they stand where each is a line that was wrapped by hand."""
    lines = [line for block in body.blocks for line in _lines(block)]
    gap = "\n" if is_wrapped(lines, lambda _: False) else "\n\n"
    return clean(gap.join(lines))


def _lines(block: str | Sequence[Sequence[str]]) -> list[str]:
    return [block] if isinstance(block, str) else [cell for row in block for cell in row if cell.strip()]


def _spoken_table(body: Body, stated: Metadata, hinted: Metadata) -> Document | None:
    """The tables that are one table of speech, if they hold most of the words; what is above them is the header."""
    tables = [block for block in body.blocks if not isinstance(block, str)]
    rows = [[clean(cell) for cell in row] for block in tables for row in block]
    if 2 * sum(len(cell.split()) for row in rows for cell in row) < sum(body.words):
        return None
    first = next(place for place, block in enumerate(body.blocks) if not isinstance(block, str))
    above = [clean(line) for block in body.blocks[:first] for line in _lines(block)]
    own = Metadata(title=body.title).or_else(read_before([line for each in above for line in (each, "")]).metadata)
    return table.document(rows, stated.or_else(own).or_else(hinted))
