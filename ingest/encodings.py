"""Encodings other than UTF-8 and Windows-1252: the one a page declares, or one that the bytes leave no doubt about.

Bytes of an alphabet of its own (Cyrillic, Greek, Hebrew, Arabic, Thai) betray their encoding to charset-normalizer.
Those of Latin script do not: it took Polish for Celtic and Turkish for Nordic in our trials, so there is no guess for
them, and the person is asked to save the file as UTF-8. East Asian encodings overlap (it took Japanese for Korean), but
what the bytes say in the wrong one does not read like a language; that is looked at here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_DECLARED_IN_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})", re.IGNORECASE)
_READ = re.compile(
    r"""windows-?(?:125\d|874|31j) | cp(?:125\d|437|85\d|86\d|874|93\d|949) | iso[-_]?8859[-_]\d\d? | latin-?\d
    | koi8-[ru] | (?:x-)?mac-?(?:cyrillic|roman) | macintosh | shift[-_]?jis | sjis | euc[-_](?:jp|kr) | gbk | gb2312
    | gb18030 | big5(?:-hkscs)? | tis-620 | us-ascii | ascii""",
    re.IGNORECASE | re.VERBOSE,
)
_MEANT = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254"}
_MEANT |= {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932"}
_MEANT |= {"euc-kr": "cp949", "tis-620": "cp874", "windows-874": "cp874", "windows-31j": "cp932"}
_MEANT |= {"x-mac-cyrillic": "mac_cyrillic", "x-mac-roman": "mac_roman"}
_HEAD = 4096
_SAMPLE = 100_000
_FEWEST_BYTES = 60
_MOST_CHAOS = 0.1
_LEAST_COHERENCE = 0.3
_ALPHABETS = frozenset(("CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI"))
_KANA = re.compile("[\u3041-\u30fe]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u4e00-\u9fff]")
_COMMON_HAN = re.compile(
    "[的一是不了在有人我他这這个個大来來上国國中和地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年过過发發后後作里用道"
    "行所然家种種事成方多经經么去法学學如都同现現当當没動动面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實]"
)


def decode_declared(data: bytes) -> str | None:
    """The text in the encoding that an HTML page or an XML file names at its top, None where that does not work.

    As browsers do (https://encoding.spec.whatwg.org), ISO 8859-1 is taken for Windows-1252, GB2312 for GB 18030.
    """
    match = _DECLARED_IN_XML.match(data[:_HEAD]) or _DECLARED.search(data[:_HEAD])
    name = match[1].decode("ascii", "replace").lower() if match else ""
    return _strictly(data, _MEANT.get(name, name)) if _READ.fullmatch(name) else None


class Guess(NamedTuple):
    """A text, and the encoding that its bytes can only be in, as Python names it."""

    text: str
    encoding: str


def decode_guessed(data: bytes) -> Guess | None:
    """The text where the bytes can be only one script in one encoding, None where there is a doubt."""
    sample = data[:_SAMPLE]
    if sum(byte > 0x7F for byte in sample) < _FEWEST_BYTES:
        return None
    read = ((_strictly(data, encoding), encoding, fits) for encoding, fits in _EAST_ASIAN)
    texts = [Guess(text, encoding) for text, encoding, fits in read if text and fits(_mixture(text))]
    if texts:
        return texts[0] if len(texts) == 1 else None
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None or best.chaos > _MOST_CHAOS or best.coherence < _LEAST_COHERENCE:
        return None
    text = _strictly(data, best.encoding)
    return Guess(text, best.encoding) if text and _is_in_alphabet(text) else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_in_alphabet(text: str) -> bool:
    """Whether half of the letters are not Latin, and of one alphabet."""
    letters = [char for char in text[:_SAMPLE] if char.isalpha()]
    scripts = Counter(unicodedata.name(char, "").split(" ", 1)[0] for char in letters if char > "\x7f")
    found = {name for name, times in scripts.items() if 50 * times > scripts.total()}
    return len(found) == 1 and found <= _ALPHABETS and 2 * scripts.total() >= len(letters)


class _Mixture(NamedTuple):
    """How many of the letters are kana, Hangul syllables, Chinese characters, and common ones among these."""

    letters: int
    kana: int
    hangul: int
    han: int
    common: int


def _mixture(text: str) -> _Mixture:
    sample = text[:_SAMPLE]
    counts = (len(found.findall(sample)) for found in (_KANA, _HANGUL, _HAN, _COMMON_HAN))
    return _Mixture(sum(map(str.isalpha, sample)), *counts)


def _is_japanese(mixture: _Mixture) -> bool:
    """Kana between the characters, nothing else but Latin."""
    written = mixture.kana + mixture.han
    return 4 * mixture.kana > written and 2 * written > mixture.letters and not mixture.hangul


def _is_chinese(mixture: _Mixture) -> bool:
    """One in sixteen characters at least is among the commonest hundred, where chance would have one in sixty."""
    return 16 * mixture.common > mixture.han and 2 * mixture.han > mixture.letters and not mixture.kana


def _is_korean(mixture: _Mixture) -> bool:
    """Nearly all syllables."""
    return 10 * mixture.hangul > 9 * (mixture.letters - mixture.letters // 3)


_EAST_ASIAN: tuple[tuple[str, Callable[[_Mixture], bool]], ...] = (
    ("cp932", _is_japanese),
    ("euc_jp", _is_japanese),
    ("gb18030", _is_chinese),
    ("big5hkscs", _is_chinese),
    ("cp949", _is_korean),
)
