"""Bulletins of several stories whose boundaries are known: ours, marked by hand, and the packaged samples joined.

Beside `NAME.txt` (or .md, .vtt) lies `NAME.starts`: for every story but the first the words it begins with, after "*"
where the file itself marks the place (">>>", a break, music, a rule) and after "-" where only the words tell.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from ingest import samples
from ingest.formats import parse
from ingest.sentences import sentences
from ingest.transcript import Transcript
from rag.evaluate import Case, read_questions
from tests.benchmarks.cases import ROOT

FOLDER = ROOT / "tests" / "data" / "stories"
QUESTIONS = FOLDER / "questions.jsonl"
_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Bulletin:
    """A transcript and the characters at which its stories begin, but for the first. `marked` are those marked."""

    transcript: Transcript
    starts: tuple[int, ...]
    marked: tuple[int, ...] = ()

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """Where each sentence begins and what it says."""
        turns = self.transcript.turns
        spans = ((turn, *span) for turn in turns for span in sentences(turn.text))
        return tuple((turn.char_start + start, turn.text[start:end]) for turn, start, end in spans)

    @cached_property
    def turns(self) -> Mapping[int, int]:
        """The turns after the first by the character they begin at: nothing else can be told to begin a story."""
        return {turn.char_start: turn.index for turn in self.transcript.turns[1:]}

    def units(self, chars: Iterable[int]) -> tuple[int, ...]:
        """The numbers of the sentences that begin at these characters."""
        at = {start: number for number, (start, _) in enumerate(self.sentences)}
        return tuple(at[char] for char in chars)

    @property
    def reachable(self) -> tuple[int, ...]:
        """The starts that begin a turn."""
        return tuple(char for char in self.starts if char in self.turns)


def ours() -> Iterator[Bulletin]:
    """The bulletins in `FOLDER`."""
    for side in sorted(FOLDER.glob("*.starts")):
        [path] = (each for each in FOLDER.glob(f"{side.stem}.*") if each != side)
        transcript = parse(path)
        rows = [row.partition(" ") for row in side.read_text(encoding="utf-8").splitlines()]
        starts = tuple(transcript.text.index(words) for _, _, words in rows)
        marked = tuple(start for start, (sign, _, _) in zip(starts, rows, strict=True) if sign == "*")
        yield Bulletin(replace(transcript, id=path.name), starts, marked)


def our_cases() -> Sequence[Case]:
    """The questions asked of our bulletins."""
    return tuple(read_questions(QUESTIONS).cases())


def joined(stories: int, seed: int = 0) -> tuple[tuple[Bulletin, ...], Sequence[Case]]:
    """The samples in random order, so many to a bulletin, and their questions, asked of the bulletins."""
    paths = samples.paths()
    random.Random(seed).shuffle(paths)
    bulletins, places = [], {}
    for number, at in enumerate(range(0, len(paths), stories), 1):
        name, part = f"Bulletin {number}", paths[at : at + stories]
        bulletins.append(join([parse(path) for path in part], name))
        places.update({path.name: name for path in part})
    return tuple(bulletins), tuple(_moved(case, places) for case in read_questions(samples.questions_path()).cases())


def join(parts: Sequence[Transcript], name: str) -> Bulletin:
    """The transcripts one after the other, under that name and without their titles, dates and times."""
    starts = tuple(accumulate((len(part.text) + len(_BETWEEN) for part in parts[:-1]), initial=0))
    turns = [
        replace(turn, char_start=turn.char_start + start, start_ms=None, end_ms=None)
        for part, start in zip(parts, starts, strict=True)
        for turn in part.turns
    ]
    numbered = tuple(replace(turn, index=index) for index, turn in enumerate(turns))
    text = _BETWEEN.join(part.text for part in parts)
    return Bulletin(Transcript(name, name, None, None, None, None, None, numbered, text), starts[1:])


def _moved(case: Case, places: Mapping[str, str]) -> Case:
    return replace(case, evidence=tuple(replace(each, source=places[each.source]) for each in case.evidence))
