"""BEIR folders (Thakur et al. 2021, arXiv 2104.08663): corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv.

The split is "test", or the only one there is, and the set's format names it: "BEIR (test)". A split is made of the
queries that it judges; the others in queries.jsonl belong to other splits. Each document is a transcript, and evidence
is a whole document with its grade. The judgements are held, the corpus is not: it goes by line after line.

Queries of MTRAG's retrieval tasks hold a conversation, "|user|: " before each turn: the last turn is the question, the
user's earlier turns are the history.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ValidationError

from rag.errors import QuestionSetError
from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats import corpus
from rag.evaluate.formats.check import Source
from rag.evaluate.formats.corpus import Named, key_of
from rag.evaluate.formats.fields import Words, explain
from rag.evaluate.formats.json_rows import line_rows
from rag.evaluate.formats.look import Look
from rag.evaluate.formats.place import Fault, Items, Place
from rag.evaluate.formats.qrels import Judgement, judgements

_CORPUS, _QUERIES = "corpus.jsonl", "queries.jsonl"
_SPEAKER = re.compile(r"^\|(user|agent)\|: ?", re.MULTILINE)
_Judged = dict[str, list[Judgement]]


class _Query(BaseModel):
    id: Named
    text: Words


def claims(look: Look) -> bool:
    """Whether it is a folder: BEIR is the only format that is one."""
    return look.container == "folder"


def source(look: Look) -> Source:
    """The folder's questions and documents. Raises QuestionSetError: part of it is missing, or the split is unclear."""
    folder = look.path
    qrels = _split(folder)
    files = (folder / _CORPUS, folder / _QUERIES, qrels)
    return Source(
        folder,
        f"BEIR ({qrels.stem})",
        files,
        partial(_items, folder, qrels),
        partial(_checks, folder, qrels),
        partial(corpus.transcripts, folder / _CORPUS),
    )


def _split(folder: Path) -> Path:
    splits = sorted((folder / "qrels").glob("*.tsv"))
    here = [each.name for each in folder.glob("*.jsonl")]
    missing = [name for name in (_CORPUS, _QUERIES) if name not in here] + ([] if splits else ["qrels/test.tsv"])
    if missing:
        cause = f"is a folder without {', '.join(missing)}; name a file, or a BEIR folder, which has these"
        raise QuestionSetError(folder, 0, cause)
    chosen = [each for each in splits if each.stem == "test"] or splits
    if len(chosen) > 1:
        names = ", ".join(each.name for each in splits)
        raise QuestionSetError(folder, 0, f"has the splits {names} and no test.tsv; leave one of them in qrels")
    return chosen[0]


def _judged(qrels: Path) -> tuple[_Judged, list[Fault]]:
    """The judgements by query, and what is wrong with the others."""
    judged: _Judged = {}
    faults = []
    for each in judgements(qrels):
        if isinstance(each, Fault):
            faults.append(each)
        else:
            judged.setdefault(each.query, []).append(each)
    return judged, faults


def _items(folder: Path, qrels: Path) -> Items:
    judged, faults = _judged(qrels)
    yield from faults
    asked = set()
    for row in line_rows(folder / _QUERIES):
        place = Place(row.place.line, file=_QUERIES)
        if isinstance(row, Fault):
            yield Fault(place, row.cause)
            continue
        try:
            query = _Query.model_validate(row.fields)
        except ValidationError as error:
            yield Fault(place, explain(error))
            continue
        if query.id in judged:
            asked.add(query.id)
            yield place, _case(query, judged[query.id], row.place.line)
    for key in (key for key in judged if key not in asked):
        yield Fault(_at(qrels, judged[key][0]), f"judges the query {key!r}, which {_QUERIES} does not have")


def _case(query: _Query, found: Sequence[Judgement], line: int) -> Case:
    *history, question = _turns(query.text)
    relevant = any(each.relevance for each in found)
    evidence = tuple(Evidence(key_of(each.document), "", each.relevance) for each in found)
    return Case(
        query.id, question, history=tuple(history), evidence=evidence, answerable=True if relevant else None, line=line
    )


def _turns(text: str) -> list[str]:
    """What the user says in it, turn by turn; all of it where it names no speakers."""
    _, *parts = _SPEAKER.split(text)
    said = [words.strip() for speaker, words in zip(parts[::2], parts[1::2], strict=True) if speaker == "user"]
    return said if said and said[-1] else [text]


def _at(qrels: Path, judgement: Judgement) -> Place:
    return Place(judgement.line, file=f"{qrels.parent.name}/{qrels.name}")


def _checks(folder: Path, qrels: Path) -> Iterator[Fault]:
    """Documents that are judged twice for a query, that are not there, or that are there twice."""
    judged, _ = _judged(qrels)
    for found in judged.values():
        yield from _judged_again(qrels, found)
    unknown = {each.document for found in judged.values() for each in found}
    yield from corpus.faults(folder / _CORPUS, unknown)
    for each in (each for found in judged.values() for each in found if each.document in unknown):
        yield Fault(_at(qrels, each), f"judges the document {each.document!r}, which {_CORPUS} does not have")


def _judged_again(qrels: Path, found: Sequence[Judgement]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for each in found:
        line = first.setdefault(each.document, each.line)
        if line != each.line:
            cause = f"judges {each.document!r} for the query {each.query!r} again, as line {line} does"
            yield Fault(_at(qrels, each), cause)
