"""The bytes of a file as clean text: decoded, line ends made \\n, NFC, no control or zero-width characters.

Guesses an encoding only where the bytes leave no doubt; otherwise it says what is wrong. It reads no files.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from ingest.encodings import decode_declared, decode_guessed
from ingest.errors import BadEncoding, BinaryFile, EmptyFile
from ingest.magic import kind_of
from ingest.mending import mend_mojibake, mended_words
from ingest.repairs import garbled_words, other_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EXPORT = "Export it as plain text, Markdown, WebVTT or SubRip first."
_REMEDIES = {
    "picture": "Have its text recognised (OCR) and give the text.",
    "document": "Save it as DOCX, PDF or plain text and give that.",
    "archive": "Unpack it and give the folder.",
    "recording": "Have it transcribed and give the transcript.",
    "program": "Give a transcript instead.",
}
_SAVE = "Save it as UTF-8 and try again."

_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SYMBOLS = "\u00a1-\u00a9\u00ab-\u00b6\u00b8\u00b9\u00bb-\u00bf\u00f7\u0192\u02c6\u02dc\u2020\u2021\u2030\u2039\u203a"
_SYMBOL_IN_WORD = re.compile(rf"[^\W\d_][{_SYMBOLS}][^\W\d_]")
_LINE_ENDS = re.compile("\r\n|[\r\f\x0b\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_STRAY_JOINERS = re.compile("(?<![\u0600-\U0010ffff])[\u200c\u200d]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Decoded(NamedTuple):
    """A text, and what was put right in it, a phrase each (`ingest.repairs`)."""

    text: str
    mended: tuple[str, ...] = ()


def decode(data: bytes, path: Path | str) -> str:
    """The clean text of a file's bytes, mojibake mended; `path` is only named in errors.

    Raises EmptyFile (nothing but white space), BinaryFile (not text) and BadEncoding (text in an encoding
    that we cannot tell, with the line).
    """
    return decode_telling(data, path).text


def decode_telling(data: bytes, path: Path | str) -> Decoded:
    """As `decode`, and what was put right."""
    _refuse_binary(data, path)
    raw, odd = _decoded(data, path)
    if len(_CONTROLS.findall(raw)) > max(3, len(raw) // 50):
        raise BinaryFile(path, "is full of control characters, so it is no text.", _EXPORT)
    mended = mend_mojibake(raw)
    text = clean(mended)
    if not text.strip():
        raise EmptyFile(path, "is empty.", "Give a file that has words in it.")
    return Decoded(text, odd + garbled_words(mended_words(raw, mended)))


def clean(text: str) -> str:
    """The text with \\n line ends, plain spaces, no control or zero-width characters, in NFC.

    Joiners stay inside scripts that spell with them (Persian, Hindi) and in emoji.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _STRAY_JOINERS.sub("", _UNSEEN.sub("", _SPACES.sub(" ", text)))
    return unicodedata.normalize("NFC", text.replace("\u2011", "-"))


def _refuse_binary(data: bytes, path: Path | str) -> None:
    kind = kind_of(data)
    if kind:
        raise BinaryFile(path, f"is {kind.name}, not text.", _REMEDIES.get(kind.family, _EXPORT))


def _decoded(data: bytes, path: Path | str) -> Decoded:
    """The raw text, and what its encoding was taken for where nothing in the file says it."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], encoding, path))
    if b"\0" in data:
        unmarked = _utf16_without_mark(data)
        if unmarked is None:
            raise BinaryFile(path, "has NUL bytes in it, so it is no text.", _EXPORT)
        return Decoded(_strictly(data, unmarked, path), other_encoding(unmarked.upper()))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        declared = decode_declared(data)
        return Decoded(declared) if declared else _guessed(data, path, error)


def _strictly(data: bytes, encoding: str, path: Path | str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        cause = f"should be {encoding.upper()}, but its bytes are not ({error.reason})."
        raise BadEncoding(path, cause, _SAVE, line) from error


def _utf16_without_mark(data: bytes) -> str | None:
    """In UTF-16 of a Latin script every other byte is NUL; nothing else looks like that."""
    even, odd = data[0::2], data[1::2]
    shares = [half.count(0) / max(1, len(half)) for half in (even, odd)]
    if len(data) < 4 or min(shares) > 0.05 or max(shares) < 0.4:
        return None
    return "utf-16-le" if shares[1] > shares[0] else "utf-16-be"


def _guessed(data: bytes, path: Path | str, error: UnicodeDecodeError) -> Decoded:
    """The bytes as Windows-1252, if they read like it: mostly ASCII, no symbols in the middle of words.

    If they do not, as whatever else they can only be.
    """
    line = data.count(b"\n", 0, error.start) + 1
    sequences = _MULTIBYTE.findall(data)
    strays = len(_HIGH.findall(data)) - sum(map(len, sequences))
    if len(sequences) > strays:
        cause = f"is UTF-8 except for the byte 0x{data[error.start]:02X} here."
        raise BadEncoding(path, cause, "Mend that character, or save the file again.", line) from error
    text = data.decode("cp1252", "replace")
    high = sum(char > "\x7f" for char in text)
    if "\ufffd" in text or high > max(3, len(text) // 5) or _SYMBOL_IN_WORD.search(text):
        guessed = decode_guessed(data)
        if guessed:
            return Decoded(guessed.text, other_encoding(guessed.encoding))
        cause = "is neither UTF-8 nor Windows-1252, and we cannot tell what else it is."
        raise BadEncoding(path, cause, _SAVE, line) from error
    return Decoded(text, other_encoding("Windows-1252"))
