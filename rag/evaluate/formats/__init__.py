"""Question sets of every format we read: `read_questions(path)`. One module a format, chosen from `READERS`.

The content decides which format a file is; its ending only where the content leaves it open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rag.errors import QuestionSetError
from rag.evaluate.cases import QuestionSet
from rag.evaluate.formats import beir, mtrag, ours, ragas, records, squad
from rag.evaluate.formats.check import Source, checked
from rag.evaluate.formats.json_rows import document
from rag.evaluate.formats.look import Look, look_at

__all__ = ["READERS", "Reader", "detect", "read_questions"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format we read. `claims` tells by a first look whether a path holds it; `known_by` tells a person."""

    name: str
    known_by: str
    claims: Callable[[Look], bool]
    open: Callable[[Look], Source]


READERS = (
    Reader("BEIR", "a folder with corpus.jsonl, queries.jsonl and qrels", beir.claims, beir.source),
    Reader("SQuAD", "JSON with articles under `data`", squad.claims, squad.source),
    Reader(
        "MTRAG",
        "JSONL with `input` and `task_id`",
        lambda look: mtrag.claims(look.keys),
        lambda look: records.source(look, "MTRAG", mtrag.case),
    ),
    Reader(
        "RAGAS",
        "JSONL, JSON or CSV with `user_input`",
        lambda look: ragas.claims(look.keys),
        lambda look: records.source(look, "RAGAS", ragas.case),
    ),
    Reader(
        "ours",
        "JSONL, JSON, CSV or YAML with `question`",
        lambda look: ours.claims(look.keys),
        lambda look: records.source(look, "", ours.case),
    ),
)


def detect(look: Look) -> Reader:
    """The first reader that claims it, or that tells best what is wrong: JSON that does not parse claims nothing.

    Raises QuestionSetError: what is broken, or what is there and what is read.
    """
    for reader in READERS:
        if reader.claims(look):
            return reader
    if look.container == "JSON":
        document(look.path)
    if look.container == "JSONL" and not look.keys:
        return READERS[-1]
    known = "; ".join(f"{each.known_by} ({each.name})" for each in READERS)
    raise QuestionSetError(look.path, 0, f"is no question set that we know: {_seen(look)}. Read are: {known}")


def _seen(look: Look) -> str:
    if not look.container:
        return "it is neither JSON nor a table nor YAML"
    named = ", ".join(sorted(look.keys)[:10])
    return f"it looks like {look.container} with {f'the fields {named}' if named else 'no fields that can be read'}"


def read_questions(path: Path | str) -> QuestionSet:
    """The question set of a file or folder, read through and checked once; its `cases` read it anew and stream.

    JSONL, CSV and BEIR sets of any length are read in bounded memory: their ids alone are kept, and judgements.

    Raises QuestionSetError, which names the first line that is wrong, why, and where up to five more are.
    """
    look = look_at(Path(path))
    return checked(detect(look).open(look))
