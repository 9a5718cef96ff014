"""A title from the words of a file's name, and one from opening words, for files that state none."""

from __future__ import annotations

import re

from ingest.speakers import readable_word
from ingest.spelling import Spelling

_LONGEST = 70
_BETWEEN = re.compile(r"[\s_.-]+")
_HASH = re.compile(r"(?=.*\d)[0-9a-f]{6,}|[0-9a-f]{12,}", re.IGNORECASE)
_NOTHING_LIST = """
    audio captions copy document export file final new out output part recording scan script segment subtitles text
    tmp transcript transcription untitled video
"""
_SAYS_NOTHING = frozenset(_NOTHING_LIST.split())


def title_of(name: str, spelling: Spelling) -> str | None:
    """The words of a name as a title, spelt as the transcript spells them where they are all in small letters.

    None when they say nothing: "000_3ee6ce2fcd9e73fe", "transcript_final_2", "part1".
    """
    words = [word for word in _BETWEEN.split(name) if word]
    if not any(_is_word(word) for word in words):
        return None
    if name == name.lower():
        words = [readable_word(word, spelling) for word in _hyphenated(words, spelling)]
    title = " ".join(words)
    return title[:1].upper() + title[1:]


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
    return letters >= 3 and not _HASH.fullmatch(word) and word.lower().rstrip("0123456789") not in _SAYS_NOTHING
