"""The texts and questions that the reader learns from, and which of them are held back. It reads `../shared/data`.

White House briefings with questions written for training, and SQuAD 2.0 (Rajpurkar, Jia, Liang 2018,
arXiv:1806.03822), whose articles stand for transcripts without speakers. What is held back is whole transcripts, never
single questions: briefings whose name's SHA-256 begins with 0 or 1, and every sixth article by name.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ingest import sync
from ingest.embed import DEFAULT_MODEL
from ingest.sentences import sentences

Asked = Mapping[str, Any]
"""A question: "id", "kind", "question", "history", "answers", "evidence" ("source", "quote"), and its own "source"."""
BRIEFINGS = ("training/questions.jsonl", "press-briefings-all.jsonl.gz")
ARTICLES = ("squad2/dev-12-articles.json",)
"""The files, in the data folder, that each set is made of."""


def is_held_back(source: str) -> bool:
    """Whether nothing of this briefing is learned from."""
    return hashlib.sha256(source.encode()).hexdigest()[0] in "01"


def briefings(data: Path, folder: Path, wanted: Callable[[str], bool] = lambda source: True) -> list[Asked]:
    """Writes the briefings that the questions for training are about, each a file; gives the questions.

    Only those whose name is wanted, and what is asked about no other.
    """
    with (data / BRIEFINGS[0]).open(encoding="utf-8") as lines:
        asked = [_about_briefing(json.loads(line)) for line in lines]
    asked = [each for each in asked if all(map(wanted, _sources(each)))]
    named = {source for each in asked for source in _sources(each)}
    with gzip.open(data / BRIEFINGS[1], "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            name = record["id"].split("/")[-1] + ".md"
            if name in named:
                head = f"---\ntitle: {json.dumps(record['title'])}\ndate: {record['date'][:10]}\n---\n"
                (folder / name).write_text(head + record["text"], encoding="utf-8")
    return asked


def _about_briefing(record: Asked) -> Asked:
    about = record["evidence"] or record["distractors"]
    return {**{name: value for name, value in record.items() if name != "distractors"}, "source": about[0]["source"]}


def _sources(asked: Asked) -> set[str]:
    return {asked["source"], *(each["source"] for each in asked["evidence"])}


def articles(data: Path, folder: Path) -> list[Asked]:
    """The same of SQuAD 2.0: an article is a transcript, the sentence around an answer is its evidence."""
    asked: list[Asked] = []
    with (data / ARTICLES[0]).open(encoding="utf-8") as file:
        found = json.load(file)["data"]
    for article in found:
        name = f"{article['title']}.txt"
        texts = [" ".join(each["context"].split()) for each in article["paragraphs"]]
        (folder / name).write_text("\n".join([article["title"].replace("_", " "), *texts]), encoding="utf-8")
        for paragraph, text in zip(article["paragraphs"], texts, strict=True):
            asked += (each for record in paragraph["qas"] for each in _about_article(record, text, name))
    return asked


def _about_article(record: Asked, text: str, source: str) -> Iterator[Asked]:
    """Nothing where the answer's sentence cannot be told."""
    answers = list(dict.fromkeys(" ".join(each["text"].split()) for each in record["answers"]))
    about = {"id": record["id"], "question": record["question"], "history": [], "answers": answers, "source": source}
    if not answers:
        yield {**about, "kind": "unanswerable", "evidence": []}
        return
    at = text.find(answers[0])
    quotes = [text[start:end] for start, end in sentences(text) if start <= at < end]
    if quotes:
        yield {**about, "kind": "fact", "evidence": [{"source": source, "quote": quotes[0]}]}


def prepared(name: str, data: Path, out: Path, embedder: str = DEFAULT_MODEL) -> tuple[list[Asked], Path]:
    """A set's questions, and an archive of its texts in the folder `out`, made once for each embedder and kept."""
    texts = out / name
    texts.mkdir(parents=True, exist_ok=True)
    asked = SETS[name](data, texts)
    archive = out / (f"{name}-archive" if embedder == DEFAULT_MODEL else f"{name}-archive-{Path(embedder).name}")
    sync([texts], archive, embedder=embedder)
    return asked, archive


SETS: dict[str, Callable[[Path, Path], list[Asked]]] = {"briefings": briefings, "articles": articles}
EVERY_SIXTH = 6


def held_back(name: str, sources: set[str]) -> frozenset[str]:
    """The sources of a set that nothing is learned from."""
    if name == "articles":
        return frozenset(sorted(sources)[::EVERY_SIXTH])
    return frozenset(filter(is_held_back, sources))
