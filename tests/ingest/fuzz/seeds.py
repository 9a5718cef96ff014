"""Good files of every format we read, to be spoilt: golden files, samples, and documents and containers made here."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ingest import samples
from tests.ingest.formats.pdf_writer import column, pdf_file
from tests.ingest.formats.test_machine_fuzz import GOOD
from tests.ingest.formats.word_writer import word, word_table
from tests.ingest.packing import zipped

GOLDEN = Path(__file__).parents[2] / "data" / "formats"
TALK = """ANN LEE, HOST: Good evening, everybody, and welcome to the programme, in which we talk about bridges.
BOB RAY, ENGINEER: Thank you. It is 1,200 feet long.
LEE: Is it safe?
RAY: Not until we know how deep the cracks go, and that will take eight weeks at the least, I am told.
(END VIDEO CLIP)"""
_PARAGRAPHS = "".join(f"<p>{line}</p>" for line in TALK.split("\n"))
_PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>The bridge &amp; the river - Northgate Radio</title>
<meta property="og:title" content="The bridge"><meta name="date" content="2024-05-01">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2024-05-01T18:00:00Z"}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>The bridge</h1>{_PARAGRAPHS}</article></body></html>"""
_ROWS = [{"id": n, "title": f"Talk {n}", "date": "2024-05-01", "text": TALK} for n in range(3)]
_CSV = 'title,date,text\nThe bridge,2024-05-01,"{}"\nThe ferry,1 May 2024,"{}"\n'
_STATED = "---\ntitle: The bridge\ndate: 2024-05-01\nspeakers: [Ann Lee]\nurl: https://example.org/a\n---\n\n"


class Seed(NamedTuple):
    """A file that is read without complaint."""

    name: str
    data: bytes


@cache
def seeds() -> tuple[Seed, ...]:
    """All of them, in the same order each time."""
    golden = (path for path in sorted(GOLDEN.iterdir()) if path.suffix != ".json")
    files = [*golden, *sorted(samples.paths())]
    return (*(Seed(path.name, path.read_bytes()) for path in files), *_machine(), *_made())


def _machine() -> list[Seed]:
    return [Seed(f"{name}.json", json.dumps(value, indent=1).encode()) for name, value in GOOD.items()]


def _made() -> list[Seed]:
    paragraphs = TALK.split("\n")
    table = [["0:01", "Ann Lee", "Good evening."], ["0:05", "Bob Ray", "Thank you very much."]] * 3
    lines = [line for paragraph in paragraphs for line in (paragraph, "")]
    text = _STATED + TALK
    return [
        Seed("page.html", _PAGE.encode()),
        Seed("talk.docx", word(*paragraphs, title="The bridge", heading="The bridge")),
        Seed("table.docx", word_table(table, "The bridge", "May 1, 2024")),
        Seed("talk.pdf", pdf_file([column(lines)] * 2, title="The bridge", packed=False)),
        Seed("packed.pdf", pdf_file([column(lines), column(lines[:4]) + column(lines[4:8], x=320)])),
        Seed("rows.jsonl", "\n".join(map(json.dumps, _ROWS)).encode()),
        Seed("rows.json", json.dumps(_ROWS).encode()),
        Seed("rows.csv", _CSV.format(TALK.replace('"', '""'), TALK).encode()),
        Seed("talk.txt.gz", gzip.compress(text.encode(), mtime=0)),
        Seed("talks.zip", zipped([("a/talk.txt", TALK.encode()), ("b.md", text.encode()), ("c.pdf", b"%PDF-1.7")])),
        Seed("stated.md", text.encode()),
        Seed("wide.txt", TALK.encode("utf-16")),
    ]
