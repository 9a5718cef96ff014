"""Sets of 100,000 questions in a process that may not grow with them: JSONL, CSV and BEIR."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rag.evaluate.questions_on_disk import to_file

COUNT = 100_000
PADDING = "words " * 120
MIB = 1024 * 1024
READ_AND_MEASURE = """
import resource, sys
from rag.evaluate.formats import read_questions

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before = peak()
read = read_questions(sys.argv[1])
asked = sum(1 for _ in read.cases())
brought = sum(1 for _ in read.transcripts()) if read.transcripts else 0
print(read.count, asked, brought, peak() - before)
"""


def jsonl(folder: Path) -> Path:
    with (folder / "a.jsonl").open("w") as out:
        for n in range(COUNT):
            out.write(json.dumps({"id": f"q{n}", "question": "Who?", "evidence": [PADDING]}) + "\n")
    return folder / "a.jsonl"


def table(folder: Path) -> Path:
    with (folder / "a.csv").open("w") as out:
        out.write("id,question,quote\n")
        out.writelines(f'q{n},Who?,"{PADDING}\n"\n' for n in range(COUNT))
    return folder / "a.csv"


def beir(folder: Path) -> Path:
    (folder / "qrels").mkdir()
    to_file(folder / "qrels" / "test.tsv", "".join(f"q{n}\td{n // 5}\t1\n" for n in range(COUNT)))
    to_file(folder / "queries.jsonl", "".join(f'{{"_id": "q{n}", "text": "Who?"}}\n' for n in range(COUNT)))
    with (folder / "corpus.jsonl").open("w") as out:
        out.writelines(f'{{"_id": "d{n}", "text": "{PADDING}"}}\n' for n in range(COUNT // 5))
    return folder


@pytest.mark.parametrize(("write", "documents", "limit"), [(jsonl, 0, 40), (table, 0, 40), (beir, COUNT // 5, 100)])
def test_memory_does_not_grow_with_the_set(
    tmp_path: Path, root: Path, write: Callable[[Path], Path], documents: int, limit: int
) -> None:
    """Ids (and judgements) are kept, some 200 bytes (and 400) a question; the texts, at 720 bytes, are not."""
    path = write(tmp_path)
    command = [sys.executable, "-c", READ_AND_MEASURE, str(path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    count, asked, brought, grown = map(int, done.stdout.split())
    assert (count, asked, brought) == (COUNT, COUNT, documents)
    assert grown * 1024 < limit * MIB
