"""Where another person begins to speak in captions: ">>" and ">>>", a name and a colon, dashes for two at once.

">> BILL RAY: ", ">> Bill: " and ">> bill: " are names; ">> HERE'S THE THING: " is speech. In small letters several
words are a name only where it has a title or comes back, for nothing tells "bill ray" from "fun fact".
">>>" and breaks open a new story; somebody else begins to speak there too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.formats.cast import Cast
from ingest.formats.directions import is_unspoken, parts_stories
from ingest.formats.labels import LabelStyle, learn
from ingest.formats.paragraphs import ends_closed
from ingest.speakers import split_label
from ingest.spelling import Spelling

CHEVRONS = re.compile(r"\s*>>+\s*")
_BEFORE = r"[\s.?!…,;:)\]♪\"”’'–—-]"
_INSIDE = re.compile(rf"(?<={_BEFORE})(?=>>)")
_MUSIC = re.compile(r"\A\s*(?:♪\s*){2,}|(?:\s*♪){2,}\s*\Z")
_DASH = re.compile(r"\s*[-–—]\s?(?=\S)")
_LOW = re.compile(r"(?P<label>[^\W\d_][^:\n]{0,40}?)\s*:(?=\s)(?P<rest>.*)", re.DOTALL)
_TITLED = re.compile(r"(?:mr|mrs|ms|dr|sen|rep|gov|gen|mayor|chief|judge|officer|sgt|senator|president)\b\.?\s")
_SAYINGS = frozenset(
    """
    again alert alternatively anyway basically bottom breaking bye caution conclusion consider context example
    exactly fact finally folks forecast guess hello hey hint historically honestly imagine indeed listen look
    meaning meantime meanwhile namely nope now okay ok otherwise please point problem quote reality really reason
    recall remember reminder result right rule seriously similarly simply specifically surprise thanks thing today
    together tomorrow tonight truth unquote wait well wow yeah yep yesterday
    """.split()
)
_NO_PART_OF_A_NAME = frozenset(
    """
    all am an any are be been can could did do does every got had has have he her here him his how i if is it its
    just let me more most must my no not only or our she should so some than that their them then there these
    they this those us very was we were what when where which who why will would yes you your
    """.split()
)
_CONTRACTED = re.compile(r"\w+(?:n['’]t|['’](?:ll|re|ve|d|m))|(?:he|here|it|let|she|that|there|what|who)['’]s")


class Line(NamedTuple):
    """Words of one speaker. `opens` says that somebody begins to speak here, named or not, `opens_story` that a story
    begins. A break is a line without words that opens both.
    """

    text: str
    label: str | None
    opens: bool
    opens_story: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """How one file marks its speakers: its labels, and the names in small letters that come back."""

    style: LabelStyle
    low: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Marks:
        """The marks of a file's captions or paragraphs."""
        rows = [row for text in texts for row in _rows(text)]
        announced = [row[mark.end() :] for row in rows if (mark := CHEVRONS.match(row))]
        low = Counter(match["label"] for match in map(_LOW.match, announced) if match)
        style = learn([CHEVRONS.sub("", row, count=1) for row in rows])
        return cls(style, frozenset(label for label, times in low.items() if times > 1))

    def lines(self, text: str) -> list[Line]:
        """The words of a cue or a paragraph, parted where a mark or a label says that another speaks.

        Rows at either end of a speaker's words that nobody says, such as "[applause]", are left out.
        """
        rows = _rows(text)
        dashed = sum(bool(_DASH.match(row)) for row in rows) > 1
        found: list[_Growing] = []
        for row in rows:
            if parts_stories(row.strip()):
                found.append(_Growing(None, opens=True, opens_story=True))
                continue
            mark = CHEVRONS.match(row) or (_DASH.match(row) if dashed else None)
            bare = row[mark.end() :] if mark else row
            opening = not found or not found[-1].rows or ends_closed(found[-1].rows[-1])
            label = self._label(bare, opening=opening, announced=bool(mark))
            story = bool(mark) and row.lstrip().startswith(">>>")
            if label:
                found.append(_Growing(label.label, opens=True, opens_story=story, rows=[label.text]))
            elif mark or not found:
                found.append(_Growing(None, opens=bool(mark), opens_story=story, rows=[bare]))
            else:
                found[-1].rows.append(row)
        return [each.line() for each in found]

    def _label(self, bare: str, *, opening: bool, announced: bool) -> Line | None:
        label = self.style.match(bare, opening=opening, announced=announced)
        if label and label.text and not (announced and _is_phrase(label.text)):
            return Line(label.rest, label.text, opens=True)
        low = _LOW.match(bare) if announced else None
        if not low or not self._is_low_name(low["label"]):
            return None
        return Line(low["rest"].strip(), " ".join(low["label"].split()), opens=True)

    def _is_low_name(self, label: str) -> bool:
        words = label.split()
        loud = self.style.match(f"{label.upper()}: .", opening=True, announced=True)
        if not loud or not loud.text or not label.islower() or _is_phrase(label):
            return False
        return len(words) == 1 or label in self.low or bool(_TITLED.match(label)) or is_nobody(label)


@dataclass(slots=True)
class _Growing:
    label: str | None
    opens: bool
    opens_story: bool = False
    rows: list[str] = field(default_factory=list)

    def line(self) -> Line:
        first, last = 0, len(self.rows)
        while first < last and _is_aside(self.rows[first]):
            first += 1
        while first < last and _is_aside(self.rows[last - 1]):
            last -= 1
        return Line(_MUSIC.sub("", " ".join(self.rows[first:last])), self.label, self.opens, self.opens_story)


def raised(label: str) -> str:
    """A name in small letters as labels are written, so that it is spelt like any other."""
    return label.upper() if label.islower() else label


def _rows(text: str) -> Sequence[str]:
    """The rows of a text, and a row of its own for what stands after a ">>" inside one."""
    rows = text.split("\n")
    return [part for row in rows for part in _INSIDE.split(row)] if ">>" in text else rows


def _is_phrase(label: str) -> bool:
    """Whether the words before a colon are a piece of a sentence: "HERE'S WHAT WE KNOW", "bottom line"."""
    words = split_label(label).name.lower().split()
    return words[0] in _SAYINGS or any(word in _NO_PART_OF_A_NAME or _CONTRACTED.fullmatch(word) for word in words)


def is_nobody(label: str) -> bool:
    """Whether the label may stand for somebody else each time: "UNIDENTIFIED MALE"."""
    return Cast(None, Spelling(), ()).person(raised(label)).shared


def _is_aside(row: str) -> bool:
    return row.strip()[:1] in ("(", "[", "♪") and is_unspoken(row.strip())
