"""Would late interaction help? `python -m tests.benchmarks.late_interaction [--sets heldback,briefings] [--out DIR]`.

Each token of the question is met by the nearest token of the passage and these cosines are summed (Khattab, Zaharia
2020, ColBERT, arXiv:2004.12832), with the default embedder's own token vectors, which were not taught for it. The first
20 passages of the search are scored so, alone and beside our reader, and blended with the search's score at several
shares. Printed for every share: nothing is chosen here.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.archive import Archive
from ingest.embed import DEFAULT_MODEL, packaged_model
from ingest.index import open_index
from rag import Engine, Hit, Settings
from rag.evaluate import Case
from rag.evaluate.locate import Locator, Place
from rag.reader.own import OwnReader
from rag.reader.sheet import sheet_of
from rag.steps import Asked as Question
from tests.benchmarks.cases import ROOT, data_folder
from tests.benchmarks.fit_fusion import scored
from tests.benchmarks.retrieval.kept import archive
from tests.benchmarks.retrieval.sets import Absent, asked

READ = 20
LATE, READER = (0.0, 0.1, 0.2, 0.4), (0.0, Settings().reader_weight)
Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One question's passages in the search's order: three scores each, and which overlap the evidence."""

    search: Array
    late: Array
    reader: Array
    right: npt.NDArray[np.bool_]

    def rank(self, late: float, reader: float) -> int:
        """The place of the first right passage when blended at these shares, 0 for none."""
        scores = (1 - late - reader) * spread(self.search) + late * spread(self.late) + reader * spread(self.reader)
        found = np.flatnonzero(self.right[np.argsort(-scores, kind="stable")])
        return int(found[0]) + 1 if len(found) else 0


def spread(scores: Array) -> Array:
    """Between 0 and 1, as the search's own blend does."""
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.ones_like(scores)


def max_sim(question: Array, passage: Array) -> float:
    """The mean over the question's tokens of the cosine with the nearest of the passage's."""
    return float((question @ passage.T).max(axis=1).mean())


class Tokens:
    """The default embedder's vectors of each token, of unit length, without the marks at both ends."""

    def __init__(self) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(str(packaged_model()), device="cpu")

    def of(self, texts: Sequence[str]) -> list[Array]:
        """One array of (tokens, 384) for each text."""
        found: Any = self._model.encode(list(texts), output_value="token_embeddings", show_progress_bar=False)
        told = [each[1:-1].float().numpy() for each in found]
        return [each / np.linalg.norm(each, axis=1, keepdims=True) for each in told]


def ranked(engine: Engine, locator: Locator, tokens: Tokens, cases: Sequence[Case]) -> Iterator[tuple[Ranked, float]]:
    """The questions whose evidence is in the archive, with the milliseconds that late interaction took."""
    reader = OwnReader(engine.transcript, seconds=1000)
    for case in cases:
        places = [place for place in map(locator.place, case.evidence) if place.spans]
        hits = engine.search(case.question, READ, case.history)
        if not (places and hits):
            continue
        text = engine.understand(Question(case.question, tuple(case.history))).question.standalone
        began = time.perf_counter()
        [question], passages = tokens.of([text]), tokens.of([_sheet(engine, hit) for hit in hits])
        late = np.array([max_sim(question, each) for each in passages], dtype=np.float32)
        took = (time.perf_counter() - began) * 1000
        read = np.array([each.rank for each in reader.read(text, hits)], dtype=np.float32)
        search = np.array([hit.score for hit in hits], dtype=np.float32)
        yield Ranked(search, late, read, np.array([_holds(hit, places) for hit in hits])), took


def _sheet(engine: Engine, hit: Hit) -> str:
    return sheet_of(hit, engine.transcript(hit.passage.transcript_id))[0].text


def _holds(hit: Hit, places: Sequence[Place]) -> bool:
    passage = hit.passage
    return any(
        place.transcript_id == passage.transcript_id
        and any(start < passage.char_end and passage.char_start < end for start, end in place.spans)
        for place in places
    )


def measured(name: str, kept: Path, tokens: Tokens) -> str:
    """The table of one set. Raises Absent."""
    over = asked(name, data_folder(), kept / "sets")
    folder = archive(over, kept / "archives", lambda text: print(f"… {text}", file=sys.stderr, flush=True))
    settings = Settings(archive=folder, reranker="none")
    with Archive.open(folder, embedder=DEFAULT_MODEL) as held, Engine(folder, settings=settings) as engine:
        locator = Locator(held, open_index(held).words)
        told = list(ranked(engine, locator, tokens, over.cases))
    lines = ["| late | reader | recall@5 | MRR@10 |", "|-----:|-------:|---------:|-------:|"]
    for reader, late in product(READER, LATE):
        recall, mrr = scored([each.rank(late, reader) for each, _ in told])
        lines.append(f"| {late:4g} | {reader:6g} | {recall:8.3f} | {mrr:6.3f} |")
    took = float(np.median([ms for _, ms in told]))
    head = f"{name}: {len(told)} questions, the first {READ} passages; late interaction took {took:.0f} ms (median)"
    return "\n".join([head, "", *lines])


def main(arguments: Sequence[str]) -> None:
    """Prints a table for each set; one whose data are not here is left out with a message."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.late_interaction", description=__doc__)
    parser.add_argument("--sets", default="samples,heldback,briefings,captions,qmsum")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "measure")
    given = parser.parse_args(arguments)
    tokens = Tokens()
    for name in given.sets.split(","):
        try:
            print(f"{measured(name, given.out, tokens)}\n", flush=True)
        except Absent as absent:
            print(f"… left out: {absent}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
