"""The report's head: what was asked of what, when and by whom, read from run.json. What is not told is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """`name` is the question set's file, `archive` the folder's name; `date` is such as "23 November 2025"."""

    name: str
    format: str
    archive: str
    transcripts: int | None
    passages: int | None
    answerer: str
    judge: str
    date: str
    took: str


def head(about: Told) -> Head:
    """The head of a run."""
    questions, archive = _part(about, "questions"), _part(about, "archive")
    started, finished = _moment(about, "started"), _moment(about, "finished")
    return Head(
        name=PurePath(str(questions.get("path") or "questions")).name,
        format=str(questions.get("format") or ""),
        archive=PurePath(str(archive.get("folder") or "")).name,
        transcripts=archive.get("transcripts"),
        passages=archive.get("passages"),
        answerer=str(about.get("answerer") or "an answerer without a name"),
        judge=str(about.get("judge") or ""),
        date=f"{started.day} {started:%B %Y}" if started else "",
        took=_lasting((finished - started).total_seconds()) if started and finished else "",
    )


def _part(about: Told, name: str) -> Told:
    found = about.get(name)
    return found if isinstance(found, Mapping) else {}


def _moment(about: Told, name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(str(about.get(name) or ""))
    except ValueError:
        return None


def _lasting(seconds: float) -> str:
    """ "42 s", "3 min 5 s", "2 h 10 min"."""
    minutes, rest = divmod(round(max(seconds, 0)), 60)
    hours, left = divmod(minutes, 60)
    if hours:
        return f"{hours} h {left} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
