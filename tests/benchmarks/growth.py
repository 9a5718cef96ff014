"""How the archive grows: `python -m tests.benchmarks.growth --passages 10000 100000`.

With `--keep FOLDER` the archives are made there and stay, so that they can be measured again.

Made-up archives of so many passages: words drawn by Zipf's law, vectors drawn about some hundred topics. They are
stored and searched by the real parts; only reading files and embedding are left out. Printed are the time to open, p50
and p95 of finding candidates with and without filters, memory, disk, and the share of the true nearest that is found.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from ingest.archive import Archive
from ingest.embed import Vectors
from ingest.index import open_index
from ingest.rows import Stored
from ingest.transcript import Passage, Transcript, Turn
from rag.filters import NO_FILTERS, Filters
from rag.gather import Asked, Gatherer
from rag.query import read_query

WORDS, TOPICS, DIMENSION = 60_000, 300, 384
A_TRANSCRIPT, A_PASSAGE = 40, 90
QUESTIONS, WANTED = 100, 50
FIRST_DAY = date(2015, 1, 1)
FILTERS = {
    "none": NO_FILTERS,
    "one speaker": Filters(speakers=("Speaker 7",)),
    "one source": Filters(sources=("Source 3",)),
    "a month": Filters(since=date(2018, 5, 1), until=date(2018, 5, 31)),
    "five years": Filters(since=date(2016, 1, 1), until=date(2020, 12, 31)),
}


def transcripts(passages: int, drawn: np.random.Generator) -> Iterator[tuple[Transcript, list[Stored]]]:
    """Made-up transcripts of passages, forty to each, with their vectors."""
    topics = drawn.normal(size=(TOPICS, DIMENSION)).astype(np.float32)
    count = passages // A_TRANSCRIPT
    for number in range(count):
        turns, offset = [], 0
        for at in range(A_TRANSCRIPT):
            said = " ".join(f"w{word}" for word in np.minimum(drawn.zipf(1.2, A_PASSAGE), WORDS))
            speaker = f"Speaker {drawn.integers(count // 4 + 8)}"
            turns.append(Turn(at, speaker, None, at * 30_000, (at + 1) * 30_000, said, offset))
            offset += len(said) + 1
        key, day = f"{number:016x}", FIRST_DAY + timedelta(days=int(drawn.integers(3650)))
        source, text = f"Source {number % 12}", "\n".join(turn.text for turn in turns)
        transcript = Transcript(key, f"Report {number}", source, day, None, None, None, tuple(turns), text)
        yield transcript, [_stored(transcript, turn, topics, drawn) for turn in turns]


def _stored(transcript: Transcript, turn: Turn, topics: Vectors, drawn: np.random.Generator) -> Stored:
    vector = topics[drawn.integers(TOPICS)] + drawn.normal(size=DIMENSION).astype(np.float32)
    end = turn.char_start + len(turn.text)
    where = (turn.index, turn.index, turn.char_start, end, (turn.speaker or "",), turn.start_ms, turn.end_ms)
    passage = Passage(f"{transcript.id[-10:]}{turn.index:06d}", transcript.id, *where, turn.text)
    return Stored(passage, vector / np.linalg.norm(vector))


def fill(folder: Path, passages: int) -> None:
    """Makes the archive and its indexes."""
    drawn = np.random.default_rng(1)
    with Archive.open(folder, create=True) as store:
        with store.writing():
            for transcript, stored in transcripts(passages, drawn):
                store.put(transcript, stored, place=f"/made/up/{transcript.id}", sha256=transcript.id)
        open_index(store).close()


def measure(folder: Path) -> Iterator[tuple[str, str]]:
    """What is found, and how fast; by name and as text."""
    began = time.perf_counter()
    with Archive.open(folder) as store:
        index = open_index(store)
        yield "open", f"{(time.perf_counter() - began) * 1000:.0f} ms"
        gatherer, drawn = Gatherer(store, index), np.random.default_rng(2)
        some = [*store.passages(store.passage_ids()[:: max(1, store.passage_count() // QUESTIONS)]).values()]
        asked = [_asked(each, drawn) for each in some[:QUESTIONS]]
        for name, filters in FILTERS.items():
            gatherer.gather(asked[0], filters)
            times = [_timed(gatherer, each, filters) for each in asked]
            yield f"p50 / p95, {name}", f"{np.percentile(times, 50):.1f} / {np.percentile(times, 95):.1f} ms"
        found = few = 0
        exact = store.few_matching(NO_FILTERS, store.passage_count())
        assert exact
        for each in asked[:30]:
            nearest = {exact[0][row] for row in np.argsort(-(exact[1] @ each.vector))[:WANTED]}
            found, few = found + len(nearest & index.vectors.search(each.vector, WANTED).keys()), few + len(nearest)
        yield "true nearest found", f"{found / few:.1%}"
        index.close()


def _asked(like: Stored, drawn: np.random.Generator) -> Asked:
    """A question about a passage: six of its words, and a vector near its own."""
    vector = like.vector + 0.5 * drawn.normal(size=DIMENSION).astype(np.float32) / np.sqrt(DIMENSION)
    words = " ".join(drawn.choice(like.passage.text.split(), 6))
    return Asked(read_query(words), {}, np.asarray(vector / np.linalg.norm(vector), dtype=np.float32), WANTED)


def _timed(gatherer: Gatherer, asked: Asked, filters: Filters) -> float:
    began = time.perf_counter()
    gatherer.gather(asked, filters)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Prints a table for each size. Each is measured in a process of its own, so that memory is its own too."""
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth")
    options.add_argument("--passages", type=int, nargs="+", default=[10_000])
    options.add_argument("--keep", type=Path)
    options.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.measure:
        for name, value in measure(chosen.measure):
            print(f"{name:<28}{value}")
        print(f"{'memory at most':<28}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
        return
    for passages in chosen.passages:
        print(f"\n{passages:,} made-up passages")
        if chosen.keep:
            _grow(chosen.keep / str(passages), passages)
        else:
            with tempfile.TemporaryDirectory(prefix="onrecord-growth-") as base:
                _grow(Path(base) / "archive", passages)


def _grow(folder: Path, passages: int) -> None:
    if not folder.exists():
        began = time.perf_counter()
        fill(folder, passages)
        print(f"{'stored and indexed in':<28}{time.perf_counter() - began:.0f} s")
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{'disk':<28}{disk / 2**20:.0f} MiB", flush=True)
    subprocess.run([sys.executable, "-m", "tests.benchmarks.growth", "--measure", str(folder)], check=True)


if __name__ == "__main__":
    main()
