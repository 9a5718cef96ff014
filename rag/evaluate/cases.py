"""A test question and what a right answer to it holds; a set of them. Values only: reading them is elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that answer the question, verbatim but for white space and the shape of quotation marks.

    `source` names the transcript: its file name, id, title or address; "" means any. An empty `quote` means the whole
    transcript. `relevance` is the grade a judge gave, 1 where there are no grades; 0 means judged and not relevant.
    """

    source: str
    quote: str
    relevance: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what came before it in the conversation, and what is right.

    `kind` is free text to group by. `answers` are the accepted short answers, any one of which will do unless `every`
    is set: then `answers[i]` belongs to `evidence[i]` and all are needed. `answerable` is None where the set does not
    say. `draft` marks a question no person has checked yet. `line` is where it stands in its file, from 1.
    """

    id: str
    question: str
    kind: str = ""
    history: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answerable: bool | None = None
    every: bool = False
    draft: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A question set as it lies on disk, read anew each time it is asked for, so that its size does not matter.

    `cases` gives the questions in order. Sets that bring the texts asked about (SQuAD, BEIR) give them as
    `transcripts`, each of whose ids `Evidence.source` may name; None where they bring none. `sha256` is of the file, or
    of the folder's files.
    """

    path: Path
    format: str
    sha256: str
    count: int
    cases: Callable[[], Iterator[Case]] = field(repr=False)
    transcripts: Callable[[], Iterator[Transcript]] | None = field(default=None, repr=False)
