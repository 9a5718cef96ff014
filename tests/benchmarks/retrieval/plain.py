"""The plain pipeline asked a set: LangChain's recursive splitter at 1000/200, the same model, Chroma; question alone.

Captions are given to it as LangChain's loader of SubRip files gives them: the words of the cues, without numbers and
times. All other files it reads as they lie. Its passages are spans of that text, and so is the evidence (`alike`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter

from rag.evaluate import Case
from rag.evaluate.record import FoundEvidence, Ranked, Record
from rag.evaluate.score import DEEPEST
from rag.evaluate.units import Spans, numbered, ranked
from tests.benchmarks.plain import embeddings
from tests.benchmarks.retrieval.alike import Text
from tests.benchmarks.retrieval.ours import FOUND

_CUE_HEAD = re.compile(r"^(?:WEBVTT.*|\d+|[\d:.,]+ --> [\d:.,]+.*)$\n?", re.MULTILINE)
_CAPTIONS = frozenset({".srt", ".vtt"})


def text_of(path: Path) -> str:
    """What the pipeline is given of a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix not in _CAPTIONS:
        return text
    return " ".join(_CUE_HEAD.sub("", text).replace("&gt;", ">").split())


def pieces(files: Sequence[Path]) -> list[Document]:
    """The files cut, each piece with its file's name and where it begins."""
    whole = [Document(text_of(path), metadata={"source": path.name}) for path in files]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    cut: list[Document] = splitter.split_documents(whole)
    return cut


def build(files: Sequence[Path], folder: Path) -> None:
    """The pieces in a Chroma collection on disk."""
    Chroma.from_documents(pieces(files), embeddings(), persist_directory=str(folder))


def ask_all(cases: Sequence[Case], files: Sequence[Path], folder: Path, done: frozenset[str]) -> Iterator[Record]:
    """The records of the questions that are not done and have evidence; follow-ups are asked alone."""
    left = [case for case in cases if case.id not in done and case.evidence]
    if not left:
        return
    store = Chroma(persist_directory=str(folder), embedding_function=embeddings())
    store.similarity_search("Who spoke first?", k=DEEPEST)
    texts = {path.name: Text(text_of(path)) for path in files}
    spans: dict[str, list[tuple[int, int]]] = {path.name: [] for path in files}
    for each in pieces(files):
        spans[each.metadata["source"]].append(_span(each))
    for case in left:
        began = time.perf_counter()
        found = store.similarity_search(case.question, k=DEEPEST)
        ms = (time.perf_counter() - began) * 1000
        yield _record(case, found, texts, {name: tuple(each) for name, each in spans.items()}, ms)


def _record(
    case: Case, found: Sequence[Document], texts: dict[str, Text], spans: dict[str, Spans], ms: float
) -> Record:
    """What was found, judged as ours is: by the units of evidence that its passages overlap."""
    evidence = numbered([_found(each.source, each.quote, texts) for each in case.evidence], lambda name: spans[name])
    hits = [
        Ranked(f"{each.metadata['source']}:{each.metadata['start_index']}", each.metadata["source"], *_span(each), 0.0)
        for each in found
    ]
    evidence, marked = ranked(evidence, hits)
    record = Record(
        id=case.id,
        variant="as asked",
        kind=case.kind,
        question=case.question,
        history=case.history,
        answers=(),
        every=False,
        answerable=None,
        draft=False,
        status="grounded",
        timings={FOUND: round(ms, 2)},
    )
    return replace(record, evidence=evidence, hits=marked)


def _found(source: str, quote: str, texts: dict[str, Text]) -> FoundEvidence:
    span = texts[source].span(quote) if source in texts else None
    problem = "" if span else f"its quote is not found in {source!r}"
    return FoundEvidence(source, quote, 1, problem, source if span else "", (span,) if span else ())


def _span(piece: Document) -> tuple[int, int]:
    start = int(piece.metadata["start_index"])
    return start, start + len(piece.page_content)
