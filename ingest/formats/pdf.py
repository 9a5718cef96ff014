"""PDF documents with a text layer: the text of their pages, line by line, put together by `pdf_lines`.

pypdf finds the text, within bounds on what a page may unpack to and on time, for a PDF is a program that draws. A scan
has no text and is refused: pictures are not read here. The author and the day a document was made are not a programme's
source and date, so they are not taken; its title gives way to one in the text.
"""

from __future__ import annotations

import logging
import struct
import time
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from pypdf import Configuration, PageObject, PasswordType, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from ingest.errors import BinaryFile, EmptyFile, Malformed, TooLarge
from ingest.formats.content import Content
from ingest.formats.document import Metadata
from ingest.formats.docx import said_title
from ingest.formats.pdf_columns import in_columns, is_interleaved
from ingest.formats.pdf_lines import LIGATURES, Line, LineReader, text_of
from ingest.text import clean

MOST_PAGES = 3000
MOST_SECONDS = 60.0
_LIMITS = Configuration(
    array_based_stream_maximum_output_length=16_000_000,
    zlib_maximum_output_length=16_000_000,
    lzw_maximum_output_length=16_000_000,
    run_length_maximum_output_length=16_000_000,
    stream_decoding_work_maximum_length=64_000_000,
    stream_parsing_work_maximum_count=1_000_000,
    jbig2dec_binary=None,
)
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError,
    DependencyError, PyPdfError, struct.error, zlib.error,
)  # fmt: skip
_AGAIN = "Open it in a PDF program and print it to a new PDF, or give its text."
_OCR = "Have its text recognised (OCR) and give the text, or a PDF with a text layer."
_FEWEST_WORDS_A_PAGE = 3

logging.getLogger("pypdf").addHandler(logging.NullHandler())


class _OutOfTime(RuntimeError):
    """The pages took too long."""


def read(data: bytes, path: Path, *, most_seconds: float = MOST_SECONDS) -> Content:
    """The text of a PDF, heads and feet of pages left out.

    Raises BinaryFile (encrypted, a scan, fonts whose letters nobody can tell), EmptyFile, TooLarge (pages, or the time
    they take) and Malformed (broken, or set in columns that cannot be parted).
    """
    with _told(path), apply_configuration(_LIMITS):
        reader = PdfReader(BytesIO(data))
        _refuse_encrypted(reader, path)
        if len(reader.pages) > MOST_PAGES:
            raise TooLarge(path, f"has more than {MOST_PAGES:,} pages.", "Split it into one file for each broadcast.")
        deadline = time.monotonic() + most_seconds
        pages = [_lines(page, path, deadline) for page in reader.pages]
        text = clean(text_of(pages))
        _refuse_unreadable(reader, pages, text, path)
        title = reader.metadata.title if reader.metadata else None
    return Content(text, hinted=Metadata(title=said_title(title or "")).told_by("document properties"))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever pypdf makes of a broken file (it says itself that anything may come), told as what is wrong with it."""
    try:
        yield
    except (LimitReachedError, _OutOfTime) as error:
        raise TooLarge(path, "is a PDF of a size or depth that no transcript has.", _AGAIN) from error
    except _BROKEN as error:
        reason = str(error).rstrip(".") or type(error).__name__
        raise Malformed(path, f"is a PDF that cannot be read ({reason[:200]}).", _AGAIN) from error


def _refuse_encrypted(reader: PdfReader, path: Path) -> None:
    """A file whose password is empty is read by everybody, so it is read here too."""
    try:
        locked = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
    except DependencyError:
        locked = True
    if locked:
        remedy = "Open it with the password and print it to a new PDF, or give its text."
        raise BinaryFile(path, "is an encrypted PDF.", remedy)


def _lines(page: PageObject, path: Path, deadline: float) -> list[Line]:
    def check(*_: object) -> None:
        if time.monotonic() > deadline:
            raise _OutOfTime

    check()
    reader = LineReader(check)
    page.extract_text(visitor_operand_before=reader.operation, visitor_text=reader.text)
    check()
    lines = reader.lines()
    if not is_interleaved(lines, float(page.mediabox.width)):
        return lines
    parted = in_columns(page.extract_text(extraction_mode="layout").translate(LIGATURES))
    if parted is None:
        raise Malformed(path, "is set in columns whose lines cannot be told apart.", "Give its text.")
    heights = {" ".join(line.text.split()): line.y for line in lines}
    return [line._replace(y=heights.get(" ".join(line.text.split()), line.y)) for line in parted]


def _refuse_unreadable(reader: PdfReader, pages: Sequence[Sequence[Line]], text: str, path: Path) -> None:
    words = len(text.split())
    if words < _FEWEST_WORDS_A_PAGE * len(pages):
        if any("/XObject" in (page.get("/Resources") or {}) for page in reader.pages):
            raise BinaryFile(path, "is a scan: its pages are pictures without text.", _OCR)
        raise EmptyFile(path, "is a PDF with hardly a word in it.", "Give a file that has words in it.")
    unreadable = sum(unicodedata.category(char) in ("Co", "Cn") or char == "\ufffd" for char in text)
    if 20 * unreadable > len(text):
        raise BinaryFile(path, "is a PDF whose fonts do not say which letters they show.", _OCR)
