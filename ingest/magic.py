"""What a file's first bytes say that it is: a picture, a recording, an archive, a document of another program.

Only what begins alike every time is told; words that happen to begin like a format ("GIF is said …") are words.
It decides nothing: what is read and what is refused is up to the callers.
"""

from __future__ import annotations

from typing import NamedTuple

HEAD = 4096


class Kind(NamedTuple):
    """What the bytes are, as one says it ("a PNG picture"), and the family that tells what can be done about it."""

    name: str
    family: str


_BEGINNINGS = (
    (0, b"\x89PNG\r\n", "a PNG picture", "picture"),
    (0, b"\xff\xd8\xff", "a JPEG picture", "picture"),
    (0, b"GIF87a", "a GIF picture", "picture"),
    (0, b"GIF89a", "a GIF picture", "picture"),
    (0, b"II*\0", "a TIFF picture", "picture"),
    (0, b"MM\0*", "a TIFF picture", "picture"),
    (8, b"WEBPVP8", "a WebP picture", "picture"),
    (4, b"ftypheic", "an HEIC picture", "picture"),
    (4, b"ftypavif", "an AVIF picture", "picture"),
    (0, b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls or .ppt)", "document"),
    (0, b"{\\rtf", "a rich text (RTF) document", "document"),
    (0, b"\x1f\x8b", "a gzip archive", "gzip"),
    (0, b"PK\x03\x04", "a ZIP archive", "zip"),
    (0, b"PK\x05\x06", "an empty ZIP archive", "zip"),
    (0, b"Rar!\x1a\x07", "a RAR archive", "archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", "archive"),
    (0, b"BZh91AY&SY", "a bzip2 archive", "archive"),
    (0, b"\xfd7zXZ\0", "an xz archive", "archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", "archive"),
    (257, b"ustar", "a tar archive", "archive"),
    (0, b"bplist00", "a web archive or a property list", "document"),
    (0, b"ID3\x02", "an MP3 recording", "recording"),
    (0, b"ID3\x03", "an MP3 recording", "recording"),
    (0, b"ID3\x04", "an MP3 recording", "recording"),
    (0, b"\xff\xfb", "an MP3 recording", "recording"),
    (0, b"\xff\xf3", "an MP3 recording", "recording"),
    (0, b"\xff\xf2", "an MP3 recording", "recording"),
    (0, b"\xff\xf1", "an AAC recording", "recording"),
    (0, b"\xff\xf9", "an AAC recording", "recording"),
    (0, b"OggS", "an Ogg recording", "recording"),
    (0, b"fLaC", "a FLAC recording", "recording"),
    (0, b"\x1aE\xdf\xa3", "a Matroska or WebM video", "recording"),
    (4, b"ftyp", "an MP4 recording", "recording"),
    (4, b"moov\0", "a QuickTime recording", "recording"),
    (8, b"WAVEfmt", "a WAV recording", "recording"),
    (8, b"WAVEJUNK", "a WAV recording", "recording"),
    (8, b"WAVEbext", "a WAV recording", "recording"),
    (8, b"AVI LIST", "an AVI video", "recording"),
    (8, b"AIFF", "an AIFF recording", "recording"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media recording", "recording"),
    (0, b"\0\0\1\xba", "an MPEG video", "recording"),
    (0, b"SQLite format 3\0", "an SQLite database", "program"),
    (0, b"\x7fELF", "a program", "program"),
    (0, b"MZ\x90\0", "a program", "program"),
    (0, b"wOF2", "a font", "program"),
)
_PDF = Kind("a PDF document", "pdf")
_MARKS_BEFORE_PDF = b"\xef\xbb\xbf\0 \t\r\n\x0c"


def kind_of(data: bytes) -> Kind | None:
    """What the bytes, or the first HEAD bytes of a file, say it is; None when they say nothing, as text does."""
    if data[:HEAD].lstrip(_MARKS_BEFORE_PDF).startswith(b"%PDF-"):
        return _PDF
    found = (Kind(name, family) for offset, mark, name, family in _BEGINNINGS if data.startswith(mark, offset))
    return next(found, None)
