"""A title and a date from a file's name, and a title from opening words, for files that state none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ingest.formats.dates import parse_date
from ingest.speakers import readable_word
from ingest.spelling import Spelling

_LONGEST = 70
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_BETWEEN = re.compile(r"[\s_.-]+")
_HASH = re.compile(r"(?=.*\d)[0-9a-f]{6,}|[0-9a-f]{12,}", re.IGNORECASE)
_NOTHING_LIST = """
    audio captions copy document export file final new out output recording scan script segment subtitles text
    tmp transcript transcription untitled video
"""
_SAYS_NOTHING = frozenset(_NOTHING_LIST.split())


class NamedBy(NamedTuple):
    """What a file's name tells."""

    title: str | None
    published: date | None


def from_file_name(path: Path, spelling: Spelling) -> NamedBy:
    """ "2023-08-23_moon-landing.txt" is "Moon landing" of 23 August 2023; "000_3ee6ce2fcd9e73fe.txt" nothing.

    Words are spelt as the transcript spells them where the name is all in small letters.
    """
    match = _DATE.search(path.stem)
    published = parse_date("-".join(match.groups())) if match else None
    stem = f"{path.stem[: match.start()]} {path.stem[match.end() :]}" if match and published else path.stem
    words = [word for word in _BETWEEN.split(stem) if word]
    if not any(_is_word(word) for word in words):
        return NamedBy(None, published)
    if stem == stem.lower():
        words = [readable_word(word, spelling) for word in _hyphenated(words, spelling)]
    title = " ".join(words)
    return NamedBy(title[:1].upper() + title[1:], published)


def _hyphenated(words: list[str], spelling: Spelling) -> list[str]:
    """The words with those joined that the transcript writes with a hyphen: Chandrayaan-3."""
    joined = words[:1]
    for word in words[1:]:
        together = f"{joined[-1]}-{word}"
        if spelling.knows(together):
            joined[-1] = together
        else:
            joined.append(word)
    return joined


def opening_words(text: str) -> str:
    """The first words of the text, up to about 70 characters, with "…" where it goes on."""
    line = " ".join(text[: 4 * _LONGEST].partition("\n")[0].split())
    if len(line) <= _LONGEST:
        return line
    cut = line[: _LONGEST + 1].rsplit(" ", 1)[0][:_LONGEST]
    return cut.rstrip(" ,;:–—-") + "…"


def _is_word(word: str) -> bool:
    letters = sum(char.isalpha() for char in word)
    return letters >= 3 and not _HASH.fullmatch(word) and word.lower() not in _SAYS_NOTHING
