"""Mends what went wrong with a text before it came to us: UTF-8 read as Windows-1252, HTML entities in plain text.

Only what can be nothing else is mended ("donâ€™t", "cafÃ©", "AT&amp;T"), word by word; a text without such damage comes
back as it is. The mended text is the archive's text: offsets and quotes are of it, the file itself stays as it was.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5

_LATER_BYTES = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # noqa: RUF001
_TRACE = re.compile(rf"[Â-ô][{_LATER_BYTES}]")
_CHARACTER = re.compile(rf"[Â-ß][{_LATER_BYTES}]|[à-ï][{_LATER_BYTES}]{{2}}|[ð-ô][{_LATER_BYTES}]{{3}}")
_SUSPECT = re.compile(rf"[^ \t\r\n]{{0,60}}[Â-ô][{_LATER_BYTES}][^ \t\r\n]{{0,60}}")
_LOST_CLOSING_MARK = re.compile(rf"â€(?![{_LATER_BYTES}])")
_ENTITY = re.compile(r"&(?:amp;)*(?P<name>#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_TIMES = 3


def mend_mojibake(text: str) -> str:
    """The text with what was read in the wrong encoding put right, in words that ftfy judges to be damaged.

    Its judgement is taken, not its cure, which tries other encodings too and makes "ӧ" of "”ß". A closing quotation
    mark whose last byte was lost ("â€") is mended where opening ones came out wrong as well.
    """
    if text.isascii() or not _TRACE.search(text):
        return text
    if "â€œ" in text:
        text = _LOST_CLOSING_MARK.sub("”", text)
    return _SUSPECT.sub(lambda word: _word(word[0]), text)


def mended_words(text: str, mended: str) -> list[tuple[str, str]]:
    """The words of the text that `mend_mojibake` put right, each as it was and as it is in the mended text."""
    if mended == text:
        return []
    words = zip(_BLANKS.split(text), _BLANKS.split(mended), strict=True)
    return [(was, now) for was, now in words if was != now]


def mend_entities(text: str) -> str:
    """Plain text with HTML entities as the characters they stand for, however often they were escaped.

    What only looks like one ("R&D;", "&nosuch;") stays. Not for markup, nor for formats that escape on purpose.
    """
    return _ENTITY.sub(_character, text) if "&" in text and ";" in text else text


def entities_in(text: str) -> int:
    """How many HTML entities `mend_entities` spells out in the text."""
    return sum(_character(entity) != entity[0] for entity in _ENTITY.finditer(text))


@lru_cache(maxsize=10_000)
def _word(word: str) -> str:
    from ftfy.badness import is_bad

    for _ in range(_MOST_TIMES):
        mended = _CHARACTER.sub(_meant, word) if is_bad(word) else word
        if mended == word:
            break
        word = mended
    return word


def _meant(read: re.Match[str]) -> str:
    """The character whose UTF-8 bytes were read as Windows-1252, or as Latin-1 where that has no character."""
    data = b"".join(char.encode("latin-1") if char <= "\xff" else char.encode("cp1252") for char in read[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return read[0]


def _character(entity: re.Match[str]) -> str:
    name = entity["name"]
    known = name.startswith("#") or f"{name};" in html5
    return html.unescape(f"&{name};") if known else entity[0]
