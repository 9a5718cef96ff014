"""What a model has written so far, cut into sentences with the markers that belong to each. Judges nothing.

Works on a growing text: a sentence is given out once enough follows it to be sure where it ends. Markdown
dressing and list bullets are blanked out in place, so that offsets stay true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.sentences import LONGEST_WORDS, sentences
from rag.markers import MARKER_RUN, UNFINISHED, numbers_of

_LOOKAHEAD = 24
_SPACES, _LINE_ENDS = re.compile(r"[^\S\n]+"), re.compile(r"\s*\n\s*")
_DRESSING = re.compile(r"\*{1,3}|__|`+|^(?:[-•–]|\d{1,2}[.)]|#{1,6})(?=\s)|^>+", re.MULTILINE)
_CLOSED = re.compile(rf"(?P<run>[ \t]?{MARKER_RUN.pattern}[ \t]?)(?P<stop>[.!?]+[\"”’']?)", re.IGNORECASE)
_LABEL = re.compile(r"\A(?:Narration|Answer)\s*:\s*")
_END = re.compile(r"[.!?…][\"”’')\]]*\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One written sentence: `raw` as written, `text` without markers and dressing, its markers in order."""

    raw: str
    text: str
    markers: tuple[int, ...]
    new_line: bool = False

    @property
    def finished(self) -> bool:
        """Whether it closes as a sentence does."""
        return bool(_END.search(self.text))


@dataclass(slots=True)
class _Unit:
    """Where a sentence lies in what was written, its markers included."""

    start: int
    end: int
    text: str
    new_line: bool
    runs: list[re.Match[str]] = field(default_factory=list)

    def own(self, run: re.Match[str]) -> None:
        self.runs.append(run)
        self.start, self.end = min(self.start, run.start()), max(self.end, run.end())


def take(raw: str, *, final: bool) -> tuple[tuple[Sentence, ...], str]:
    """The sentences of `raw` that are complete, and the rest, to be passed in again with what comes next.

    With `final`, everything is taken and the rest is empty.
    """
    raw = _LINE_ENDS.sub("\n", _SPACES.sub(" ", raw))
    shown = raw if final else UNFINISHED.sub(_blank, raw)
    units = _units(shown)
    done = units if final else [unit for unit, follower in pairwise(units) if len(raw) - follower.start >= _LOOKAHEAD]
    written = tuple(_sentence(shown, unit) for unit in done if any(map(str.isalnum, unit.text)))
    return written, "" if final else raw[done[-1].end if done else 0 :]


def _units(shown: str) -> list[_Unit]:
    masked = _masked(shown)
    units = [
        _Unit(start, end, _plain(masked[start:end]), _begins_line(masked, start))
        for start, end in sentences(masked, bare_words=LONGEST_WORDS)
    ]
    for run in MARKER_RUN.finditer(shown) if units else ():
        _owner(shown, run, units).own(_CLOSED.match(shown, run.start()) or run)
    return units


def _masked(shown: str) -> str:
    bare = _DRESSING.sub(_blank, shown)
    stops_first = _CLOSED.sub(lambda match: match["stop"] + _blank(match["run"]), bare)
    return MARKER_RUN.sub(_blank, stops_first)


def _blank(match: re.Match[str] | str) -> str:
    """Spaces of the same length; line ends stay."""
    text = match if isinstance(match, str) else match.group()
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _begins_line(masked: str, start: int) -> bool:
    return "\n" in masked[:start] and not masked[:start].rpartition("\n")[2].strip()


def _owner(shown: str, run: re.Match[str], units: list[_Unit]) -> _Unit:
    """Which sentence a run of markers belongs to: "A [1]. B [2]", "A. [1] B. [2]", "[1] A. [2] B."."""
    place = max((i for i, unit in enumerate(units) if unit.start <= run.start()), default=0)
    unit = units[place]
    if place == len(units) - 1 or run.start() < unit.end or _CLOSED.match(shown, run.start()):
        return unit
    follower = units[place + 1]
    ends_line = "\n" in shown[run.end() : follower.start]
    leads = "\n" in shown[unit.end : run.start()] or (bool(unit.runs) and not ends_line)
    return follower if leads else unit


def _plain(text: str) -> str:
    collapsed = _LABEL.sub("", " ".join(text.split()).lstrip("-*•#> "))
    return re.sub(r"\s+([,.;:!?])", r"\1", collapsed)


def _sentence(shown: str, unit: _Unit) -> Sentence:
    markers = tuple(dict.fromkeys(number for run in unit.runs for number in numbers_of(run.group())))
    return Sentence(" ".join(shown[unit.start : unit.end].split()), unit.text, markers, unit.new_line)
