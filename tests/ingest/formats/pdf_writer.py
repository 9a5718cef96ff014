"""A small writer of PDF files for tests: lines of Helvetica at given places, in the order given."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 612, 792
LEFT, TOP, PITCH, SIZE = 72, 720, 14, 11


class Words(NamedTuple):
    """Words at a place, in points from the lower left corner of the page."""

    x: float
    y: float
    text: str
    size: float = SIZE


def column(lines: Sequence[str], x: float = LEFT, top: float = TOP) -> list[Words]:
    """Lines one below the other; an empty one leaves a gap."""
    return [Words(x, top - PITCH * place, line) for place, line in enumerate(lines) if line]


def drawn(words: Sequence[Words]) -> bytes:
    """The content stream that shows the words."""
    shown = (f"BT /F1 {w.size} Tf 1 0 0 1 {w.x} {w.y} Tm ({_escaped(w.text)}) Tj ET\n" for w in words)
    return "".join(shown).encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def pdf_file(
    pages: Sequence[Sequence[Words] | bytes],
    *,
    title: str = "",
    packed: bool = True,
    resources: str = "",
    more: Sequence[str] = (),
) -> bytes:
    """A PDF file of the pages, each given as words or as a content stream.

    `resources` are added to those of each page; `more` are objects after the pages, from number 5 + 2 * pages on.
    """
    streams = [page if isinstance(page, bytes) else drawn(page) for page in pages]
    first = 5
    kids = " ".join(f"{first + 2 * place} 0 R" for place in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_escaped(title)}) /CreationDate (D:20200102030405Z) /Author (somebody) >>".encode("cp1252"),
    ]
    for place, stream in enumerate(streams):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {first + 2 * place + 1} 0 R"
        objects += [f"{page} /Resources << /Font << /F1 3 0 R >> {resources} >> >>".encode(), _stream(stream, packed)]
    objects += [each.encode() for each in more]
    return _file(objects)


def _stream(data: bytes, packed: bool) -> bytes:
    body, filtered = (zlib.compress(data), " /Filter /FlateDecode") if packed else (data, "")
    return f"<< /Length {len(body)}{filtered} >>\nstream\n".encode() + body + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\n".encode()
    return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()
