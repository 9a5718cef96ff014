"""What the names of a file and its folder tell: title, day, moment, language. What may mean two things tells nothing.

- A day is yyyy-mm-dd, yyyy_mm_dd, yyyy.mm.dd or yyyymmdd anywhere in the name and not inside a longer word or number;
  dd-mm-yyyy (or mm-dd-yyyy) only where one reading is possible. Two different days are none, an impossible one is none.
- Six digits are yymmdd only in the names of CNN's transcripts, `cnnt_150413`: a programme's code of theirs, "_", six
  digits, and at most the number of a part. Anywhere else they may be a number, or day, month and year.
- A time is read only with its zone: 2024-05-01T1800Z. "T1800" alone is left out of the title and tells nothing.
- A language is the last part of a caption file's name ("Title.en.vtt"), or stands in brackets at its end ("[en]");
  codes that are English words ("This.is.vtt", "[no]") only behind the id of a downloader.
- The id that yt-dlp puts in brackets ("[dQw4w9WgXcQ]") is no part of the title. No address is made from it.
- A folder tells a day only if its whole name is one, or with the two above it is (2024/05/01).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ingest.formats.dates import parse_date
from ingest.formats.document import Metadata
from ingest.formats.moments import parse_moment
from ingest.formats.titles import title_of
from ingest.languages import is_plain_tag, language_tag
from ingest.spelling import Spelling

_YEAR_FIRST = r"(?P<year>(?:19|20)\d\d)(?P<gap>[-_.]?)(?P<month>\d\d)(?P=gap)(?P<day>\d\d)"
_YEAR_LAST = r"(?P<first>\d\d)(?P<between>[-_.])(?P<second>\d\d)(?P=between)(?P<last>(?:19|20)\d\d)"
_TIME = r"T(?P<hour>\d\d)[-:.]?(?P<minute>\d\d)(?:[-:.]?(?P<seconds>\d\d))?(?P<zone>Z|[+-]\d\d:?\d\d)?"
_DAY = re.compile(rf"(?<![A-Za-z0-9])(?:{_YEAR_FIRST}|{_YEAR_LAST})(?:{_TIME})?(?![A-Za-z0-9])")
_CNN_CODES = """
    acd ampr ath cg cnnt cnr ctw ebo fzgps ip ita ldt lkl lvab nday ng pmt qmb rs sitroom smer sn sotu wolf
"""
_CNN = re.compile(rf"(?:{'|'.join(_CNN_CODES.split())})_(?P<yy>\d\d)(?P<mm>\d\d)(?P<dd>\d\d)(?:[._-]\d\d?)?")
_IN_BRACKETS = re.compile(r"\s*\[([^\[\]]{1,40})\]\s*$")
_YOUTUBE, _BBC, _NUMBER = r"(?=.*[a-z\d][A-Z])[\w-]{11}", r"[bmpw][\db-df-hj-np-tv-z]{7,14}", r"\d{6,20}"
_ID = re.compile(f"{_YOUTUBE}|{_BBC}|{_NUMBER}", re.ASCII)
_ENGLISH_WORDS = frozenset("am an as be he is it my no or so to".split())
_CAPTIONS_LIST = ".ass .dfxp .json3 .sami .sbv .smi .srt .srv1 .srv2 .srv3 .ssa .sub .ttml .vtt"
_CAPTIONS = frozenset(_CAPTIONS_LIST.split())


class _Stem(NamedTuple):
    """A file's name without ending, language and the id a downloader gave it."""

    text: str
    language: str | None


class _When(NamedTuple):
    """When a name says, and the name without it."""

    facts: Metadata
    rest: str


def from_file_name(path: Path, spelling: Spelling) -> Metadata:
    """ "2023-08-23_moon-landing.txt" is "Moon landing" of 23 August 2023; "000_3ee6ce2fcd9e73fe.txt" nothing.

    Words are spelt as the transcript spells them where the name is all in small letters.
    """
    stem = _stem(path)
    when = _from_cnn(stem.text) or _when(stem.text)
    title = title_of(when.rest, spelling)
    return Metadata(title=title, language=stem.language).or_else(when.facts)


def from_folder_name(path: Path) -> Metadata:
    """The day that the file's own folder is named by: "newsnight/2024-05-01/part1.vtt", "2024/05/01/part1.vtt"."""
    names = path.absolute().parent.parts
    for name in (names[-1:], names[-3:]):
        whole = _DAY.fullmatch("-".join(name))
        day = _day(whole) if whole and not whole["hour"] else None
        if day:
            return Metadata(published=day)
    return Metadata()


def _stem(path: Path) -> _Stem:
    path = Path(path.stem) if path.suffix.lower() == ".gz" else path
    text, language = path.stem, None
    before, dot, last = text.rpartition(".")
    if dot and before and path.suffix.lower() in _CAPTIONS:
        downloaded = _IN_BRACKETS.search(before)
        language = _tag_of_download(last) if downloaded and _ID.fullmatch(downloaded[1]) else _tag(last)
        text = before if language else text
    while bracketed := _IN_BRACKETS.search(text):
        tag = None if language else _tag(bracketed[1])
        if not tag and not _ID.fullmatch(bracketed[1]):
            break
        text, language = text[: bracketed.start()], language or tag
    return _Stem(text, language)


def _tag(written: str) -> str | None:
    """The language, if it is written as one and is no word."""
    return language_tag(written) if is_plain_tag(written) and written not in _ENGLISH_WORDS else None


def _tag_of_download(written: str) -> str | None:
    """The language behind a downloader's id, which may have a track's id after it: "en-uYU8mmqFLq8"."""
    first, _, _ = written.partition("-")
    return next((language_tag(each) for each in (written, first) if is_plain_tag(each)), None)


def _from_cnn(stem: str) -> _When | None:
    match = _CNN.fullmatch(stem)
    century = "19" if match and match["yy"] > "69" else "20"
    day = parse_date(f"{century}{match['yy']}-{match['mm']}-{match['dd']}") if match else None
    return _When(Metadata(published=day), "") if day else None


def _when(stem: str) -> _When:
    """When the name says, if it says one day only."""
    dated = list(_dated(stem))
    if len({day for _, day in dated}) != 1:
        return _When(Metadata(), stem)
    match, day = dated[0]
    clock = f"{match['hour']}:{match['minute']}:{match['seconds'] or '00'} {match['zone']}"
    moment = parse_moment(f"{day} {clock}") if match["zone"] else None
    return _When(Metadata(published=day, published_at=moment), f"{stem[: match.start()]} {stem[match.end() :]}")


def _dated(stem: str) -> Iterator[tuple[re.Match[str], date]]:
    for match in _DAY.finditer(stem):
        day = _day(match)
        if day:
            yield match, day


def _day(match: re.Match[str]) -> date | None:
    if match["year"]:
        return parse_date(f"{match['year']}-{match['month']}-{match['day']}")
    return parse_date(f"{match['first']}-{match['second']}-{match['last']}")
