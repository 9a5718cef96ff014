"""The corpus of a BEIR folder: a document a line, each a transcript. It goes by line after line and is never held."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import BaseModel, Field, ValidationError

from ingest.transcript import Transcript
from rag.errors import QuestionSetError
from rag.evaluate.formats.fields import Id, Text, explain
from rag.evaluate.formats.json_rows import line_rows
from rag.evaluate.formats.place import Fault, Place
from rag.evaluate.formats.texts import identity, transcript

Named = Annotated[Id, Field(validation_alias="_id", min_length=1)]


class _Document(BaseModel):
    id: Named
    title: Text | None = None
    text: Text | None = None


def key_of(document: str) -> str:
    """The transcript id of a document. It hangs on the document's id alone, so that judgements need no corpus."""
    return identity("beir", document)


def transcripts(path: Path) -> Iterator[Transcript]:
    """Every document. Its title stands in for a text it lacks. Raises QuestionSetError at a line that is none."""
    for place, each in _documents(path):
        if isinstance(each, Fault):
            raise QuestionSetError(path, place.line, each.cause)
        yield transcript(key_of(each.id), each.title or "", each.text or each.title or "", "beir")


def faults(path: Path, judged: set[str]) -> Iterator[Fault]:
    """What is wrong with the documents; those that are there are taken out of `judged`.

    Twins are found by a digest of eight bytes for each document, and named by a second reading when there are any.
    """
    digests = array("Q")
    for _, each in _documents(path):
        if isinstance(each, Fault):
            yield each
        else:
            judged.discard(each.id)
            digests.append(_digest(each.id))
    values, counts = np.unique(np.frombuffer(digests, dtype=np.uint64), return_counts=True)
    repeated = frozenset(values[counts > 1].tolist())
    if repeated:
        yield from _twins(path, repeated)


def _digest(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest())


def _twins(path: Path, repeated: frozenset[int]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for place, each in _documents(path):
        if isinstance(each, _Document) and _digest(each.id) in repeated:
            line = first.setdefault(each.id, place.line)
            if line != place.line:
                yield Fault(place, f"the id {each.id!r} is taken: the document on line {line} has it")


def _documents(path: Path) -> Iterator[tuple[Place, _Document | Fault]]:
    for row in line_rows(path):
        place = Place(row.place.line, file=path.name)
        if isinstance(row, Fault):
            yield place, Fault(place, row.cause)
            continue
        try:
            yield place, _Document.model_validate(row.fields)
        except ValidationError as error:
            yield place, Fault(place, explain(error))
