"""`python -m tests.benchmarks.stories`: how well stories are told apart, and whether passages gain by it.

Passages end where a story ends; everything else is the pipeline as it is. Progress goes to stderr.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.archive import Archive
from ingest.embed import Embedder, bulk_embedder
from ingest.index import open_index
from ingest.lock import write_lock
from ingest.passages import split
from ingest.storing import Read, store_all
from ingest.transcript import Passage
from rag.evaluate import Case, QuestionSet, evaluate
from rag.evaluate.estimate import ALL
from tests.benchmarks.bulletins import Bulletin, joined, our_cases, ours
from tests.benchmarks.segmentation import pk, window_diff
from tests.benchmarks.segmenters import Segmenter, all_of

_MEASURES = ("recall@1", "recall@5", "mrr@10", "answer")
_CUTTING = ("Pk", "WindowDiff", "right", "wrong", "missed")
_RETRIEVED = (
    "no boundary",
    "marks of the file",
    "hand-over words",
    "marks and words",
    "as ingested",
    "least scatter, 24",
    "least scatter, 24, words",
    "by hand",
)
_STORIES = 5


@dataclass(frozen=True, slots=True)
class Cutting:
    """How the boundaries of a segmenter compare with the true ones: means of Pk and WindowDiff, and counts."""

    pk: float
    window_diff: float
    right: int
    wrong: int
    missed: int


def compare(bulletins: Sequence[Bulletin], segment: Segmenter) -> Cutting:
    """The boundaries of the segmenter against the true ones; those within a turn count as missed."""
    scores, right, wrong, missed = [], 0, 0, 0
    for each in bulletins:
        true, found = each.units(each.starts), each.units(segment(each))
        size = len(each.sentences)
        scores.append((pk(true, found, size), window_diff(true, found, size)))
        right += len({*true} & {*found})
        wrong += len({*found} - {*true})
        missed += len({*true} - {*found})
    means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    return Cutting(means[0], means[1], right, wrong, missed)


def passages_of(bulletin: Bulletin, segment: Segmenter) -> tuple[Passage, ...]:
    """The passages of a bulletin, none of which runs over a boundary of the segmenter."""
    return split(bulletin.transcript, openings=[bulletin.turns[char] for char in segment(bulletin)])


def mixed(bulletin: Bulletin, passages: Sequence[Passage]) -> int:
    """How many passages have a piece of two stories."""
    return sum(any(each.char_start < start < each.char_end for start in bulletin.starts) for each in passages)


def retrieval(
    bulletins: Sequence[Bulletin], cases: Sequence[Case], segment: Segmenter, embedder: Embedder
) -> tuple[int, int, list[float]]:
    """The number of passages, of mixed ones, and the measures of the questions asked of the bulletins."""
    cut = [(each, passages_of(each, segment)) for each in bulletins]
    with tempfile.TemporaryDirectory(prefix="onrecord-stories-") as name:
        folder = Path(name)
        reads = (Read(each.transcript, found, each.transcript.id, each.transcript.id, False) for each, found in cut)
        with write_lock(folder), Archive.open(folder, create=True, embedder=embedder.name) as store:
            index = open_index(store)
            for _ in store_all(reads, store, index, embedder):
                pass
            index.catch_up()
            index.close()
        asked = QuestionSet(folder, "joined", hashlib.sha256().hexdigest(), len(cases), lambda: iter(cases))
        found = evaluate(asked, folder).summary.groups[ALL]
    values = [found[name].value for name in _MEASURES]
    return (
        sum(len(passages) for _, passages in cut),
        sum(mixed(*each) for each in cut),
        [value if value is not None else float("nan") for value in values],
    )


def main() -> None:
    """Prints how well stories are told apart in each set, then what passages gain, asked of all in one archive."""
    embedder = bulk_embedder()
    methods = all_of(embedder)
    bulletins, cases = joined(_STORIES)
    sets = {"our bulletins": tuple(ours()), f"samples joined by {_STORIES}": bulletins}
    for title, members in sets.items():
        starts = sum(len(each.starts) for each in members)
        within = starts - sum(len(each.reachable) for each in members)
        _head(f"{title}: {len(members)} bulletins, {starts} boundaries, {within} of them within a turn", _CUTTING)
        for name, segment in methods.items():
            cut = compare(members, segment)
            _row(name, f"{cut.pk:.3f}", f"{cut.window_diff:.3f}", cut.right, cut.wrong, cut.missed)
    whole = tuple(each for members in sets.values() for each in members)
    for title, asked in (("our bulletins", our_cases()), ("the samples joined", cases)):
        _head(f"{len(asked)} questions on {title}", ("passages", "mixed", *_MEASURES))
        for name in _RETRIEVED:
            print(f"… {title}: {name}", file=sys.stderr, flush=True)
            count, of_two, values = retrieval(whole, asked, methods[name], embedder)
            _row(name, count, of_two, *(f"{value:.3f}" for value in values))


def _head(title: str, columns: Sequence[str]) -> None:
    print(f"\n{title}\n\n| | {' | '.join(columns)} |\n{'|---' * (len(columns) + 1)}|", flush=True)


def _row(name: str, *cells: object) -> None:
    print(f"| {name} | {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    main()
