"""A run in the forms other tools read: TREC run and qrels for trec_eval, JSON lines for RAGAS. Streamed, written whole.

Of follow-ups only those asked with their history are exported: the same question is in a set once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ingest.transcript import Transcript
from rag.evaluate.atomic import replacing
from rag.evaluate.formats.ragas import contexts_of, reference_of
from rag.evaluate.measures.retrieval import judgements, ranking
from rag.evaluate.record import Ranked, Record

NOTHING_FOUND = "nothing-found"
_EVIDENCE = ("source", "quote", "relevance")
_TRANSCRIPTS_HELD = 64
_UNSAFE = re.compile(r"[\s%\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def write_trec_run(path: Path, records: Iterable[Record], tag: str) -> None:
    """Every ranking as "qid Q0 docid rank score tag". Scores fall by rank, so that no tie is left to break.

    A document is a unit of evidence at the place of the first hit that finds it, else a passage: as in the qrels. A
    question for which nothing was found has one document that is never relevant, so that trec_eval counts it as 0
    and does not leave it out. White space and % in ids are percent-encoded. Raises ResultsError.
    """
    name = _id(tag)
    with replacing(path) as file:
        for record in _asked(records):
            for rank, (document, score) in enumerate((ranking(record) or {NOTHING_FOUND: 1.0}).items(), 1):
                file.write(f"{_id(record.id)} Q0 {_id(document)} {rank} {score:g} {name}\n")


def write_qrels(path: Path, records: Iterable[Record]) -> None:
    """What is relevant as "qid 0 docid relevance", for each question whose evidence all stands in the archive.

    With it, trec_eval's numbers for the run are the report's. Raises ResultsError.
    """
    with replacing(path) as file:
        for record in _asked(records):
            for document, relevance in judgements(record).items() if record.located else ():
                file.write(f"{_id(record.id)} 0 {_id(document)} {relevance}\n")


def write_ragas(path: Path, records: Iterable[Record], passage_text: Callable[[Ranked], str]) -> None:
    """A JSON line a question in the names of RAGAS's single-turn samples (ragas 0.2 and later).

    `reference` is the first accepted answer, or all of them where all are needed; null where the archive holds none.
    A sample has one question and no more, so that earlier questions stand apart as `history`. RAGAS ignores that, as it
    does whatever else stands before `user_input`: with it, reading the file as a question set gives back the questions
    as they were. Raises ResultsError.
    """
    with replacing(path) as file:
        for record in _asked(records):
            file.write(json.dumps(_sample(record, passage_text), ensure_ascii=False) + "\n")


def texts_of(transcript: Callable[[str], Transcript]) -> Callable[[Ranked], str]:
    """The words of a passage, by its place; `transcript` gives a transcript by its id, and few are held at a time."""
    held = lru_cache(maxsize=_TRANSCRIPTS_HELD)(transcript)
    return lambda hit: held(hit.transcript_id).text[hit.char_start : hit.char_end]


def _sample(record: Record, passage_text: Callable[[Ranked], str]) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind,
        "answerable": record.answerable,
        "history": list(record.history),
        "answers": list(record.answers),
        "evidence": [{name: getattr(each, name) for name in _EVIDENCE} for each in record.evidence],
        "every": record.every,
        "draft": record.draft,
        "user_input": record.question,
        "response": record.text,
        "retrieved_contexts": [passage_text(hit) for hit in record.hits],
        "reference": reference_of(record.answers, every=record.every),
        "reference_contexts": contexts_of(record.evidence),
    }


def _asked(records: Iterable[Record]) -> Iterator[Record]:
    return (record for record in records if record.variant == "as asked")


def _id(name: str) -> str:
    """The name as one column of a TREC file; different names stay different."""
    return _UNSAFE.sub(lambda found: quote(found[0], errors="surrogatepass"), name)
