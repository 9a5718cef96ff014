"""Transcripts as live captions leave them: lower case, no punctuation, no speakers, short lines with times.

Evidence and accepted answers are put through the same `spoken`, so that they stand in the captions word for word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from ingest.formats import parse

NEEDED = ("briefings",)
MS_PER_WORD = 370
_LINES = (7, 6, 8, 7, 5, 9)
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.)+[^\W\d_]\b\.?")
_WORD = re.compile(r"[$£€]?\d+(?:[.,:/]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)*\d*")


def spoken(text: str) -> str:
    """The words of the text as captions have them: "The U.S. won't – $1.66" is "the us won't $1.66"."""
    plain = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    return " ".join(_WORD.findall(plain)).replace("’", "'").lower()


def subrip(words: Sequence[str]) -> str:
    """The words as a SubRip file, one line of about seven a cue, at an even pace."""
    return "\n".join(
        f"{number}\n{_clock(first * MS_PER_WORD)} --> {_clock(last * MS_PER_WORD)}\n{' '.join(words[first:last])}\n"
        for number, (first, last) in enumerate(_lines(len(words)), 1)
    )


def write(data: Path, folder: Path) -> None:
    """The briefings as caption files under the folder's "files", and the questions with their evidence to match."""
    for path in sorted((data / "briefings").glob("*.md")):
        words = [word for turn in parse(path).turns for word in spoken(turn.text).split()]
        (folder / "files" / f"{path.stem}.srt").write_text(subrip(words), encoding="utf-8")
    asked = map(json.loads, (data / "briefings" / "questions.jsonl").read_text(encoding="utf-8").splitlines())
    lines = (json.dumps(_matching(question), ensure_ascii=False) for question in asked)
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _matching(question: dict[str, Any]) -> dict[str, Any]:
    evidence = [
        {"source": f"{Path(each['source']).stem}.srt", "quote": spoken(each["quote"])} for each in question["evidence"]
    ]
    return {**question, "evidence": evidence, "answers": [spoken(each) or each for each in question["answers"]]}


def _lines(count: int) -> Iterator[tuple[int, int]]:
    first = 0
    for size in cycle(_LINES):
        if first >= count:
            return
        yield first, min(first + size, count)
        first += size


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d},{ms % 1000:03d}"
