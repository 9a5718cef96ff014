"""Question sets written to disk and read back, for the tests of their readers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from rag.errors import QuestionSetError
from rag.evaluate.cases import Case
from rag.evaluate.formats import read_questions

BEIR_CORPUS = (
    {"_id": "d1", "title": "Moon", "text": "The lander touched down.  It was evening."},
    {"_id": "d2", "title": "Sea", "text": ""},
    {"_id": "d3", "text": "Nobody asks about this."},
)
BEIR_QUERIES = (
    {"_id": "q1", "text": "Who landed?"},
    {"_id": "q2", "text": "Not judged?"},
    {"_id": 3, "text": "Where?"},
)
BEIR_QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n3\td2\t1\n"


def to_file(path: Path, content: str | bytes) -> Path:
    """The content as it stands, line ends and all."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def to_jsonl(path: Path, records: Iterable[Mapping[str, object]]) -> Path:
    """A record a line."""
    return to_file(path, "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records))


def cases(path: Path) -> list[Case]:
    """All questions, which must be as many as the set says."""
    read = read_questions(path)
    found = list(read.cases())
    assert len(found) == read.count
    return found


def error(path: Path | str) -> str:
    """What is wrong, without the path's folder."""
    with pytest.raises(QuestionSetError) as caught:
        read_questions(path)
    return str(caught.value).replace(f"{Path(path).parent}/", "")


def beir(
    folder: Path,
    *,
    corpus: Iterable[Mapping[str, object]] = BEIR_CORPUS,
    queries: Iterable[Mapping[str, object]] = BEIR_QUERIES,
    qrels: Mapping[str, str] | None = None,
) -> Path:
    """A BEIR folder; `qrels` are tables by split."""
    (folder / "qrels").mkdir(parents=True)
    to_jsonl(folder / "corpus.jsonl", corpus)
    to_jsonl(folder / "queries.jsonl", queries)
    for split, table in ({"test": BEIR_QRELS} if qrels is None else qrels).items():
        to_file(folder / "qrels" / f"{split}.tsv", table)
    return folder
