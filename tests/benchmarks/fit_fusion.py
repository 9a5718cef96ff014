"""Fits the search's weights: `python -m tests.benchmarks.fit_fusion [FOLDER] [--model NAME]`: minutes with archives.

The share of words in the fused score, the weights of title and speakers beside the text, and that of runs such as
"F-35". Questions that paraphrase hard (those written for training, none held back) and questions in the words of the
text (SQuAD 2.0) count alike: fitted to the former alone, words weigh too little for the latter. In folds by transcript:
chosen by recall@5 and MRR@10 on all but one fold, judged on that one. Of all choices within a standard error of the
best, the one nearest to equal weights is taken (the rule of Breiman, Friedman, Olshen, Stone 1984, Classification and
Regression Trees). A choice that does not beat the present one by more than chance is no reason to change it. Nothing of
the test set is used. In FOLDER, when given, the archives are kept. `--model` names another embedder than the default.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import product
from math import log2
from pathlib import Path
from typing import Any

import numpy as np

from ingest.archive import Archive
from ingest.embed import DEFAULT_MODEL, Embedder, question_embedder
from ingest.index import Index, open_index
from ingest.transcript import Passage
from ingest.words import FIELDS
from rag.config import Settings
from rag.evaluate.cases import Evidence
from rag.evaluate.locate import Locator, Place
from rag.fuse import fuse
from rag.gather import cosines
from rag.query import read_query
from rag.reader.training.material import SETS, prepared
from rag.retrieve import TOGETHER
from tests.benchmarks.cases import data_folder

SEED, FOLDS, POOL, CANDIDATES, SAMPLES, ARTICLE_QUESTIONS = 7, 5, 150, 50, 2000, 400
KINDS = tuple(SETS)
Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to weigh. `words` is the share of BM25 in the fused score; the others weigh within BM25, text being 1."""

    words: float
    head: float
    speakers: float
    together: float

    @property
    def far_from_equal(self) -> float:
        """0 where words and vectors, and all fields, weigh the same."""
        return abs(self.words - 0.5) + abs(log2(self.head)) / 10 + abs(log2(self.speakers)) / 10

    def __str__(self) -> str:
        return " ".join(f"{each.name}={getattr(self, each.name):g}" for each in fields(self))


PRESENT = Choice(Settings().words_weight, FIELDS["head"], FIELDS["speakers"], TOGETHER)
GRID = [
    Choice(*each) for each in product((0.2, 0.3, 0.4, 0.5, 0.6), (0.5, 1, 1.5, 2, 3), (0.5, 1, 1.5, 2, 3), (0, 0.5, 1))
]


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what each search alone says of the passages worth ranking, and those that hold its evidence."""

    kind: str
    source: str
    right: frozenset[str]
    by_part: Mapping[str, Scores]
    vectors: Scores

    def rank(self, choice: Choice) -> int:
        """The place of the first right passage, 0 for none."""
        words: dict[str, float] = {}
        weights = {"text": 1.0, "head": choice.head, "speakers": choice.speakers, "together": choice.together}
        for part, weight in weights.items():
            for key, score in self.by_part[part].items() if weight else ():
                words[key] = words.get(key, 0.0) + weight * score
        by_words, near = _best(words), _best(self.vectors)
        order = fuse(by_words, {key: self.vectors[key] for key in {**by_words, **near}}, choice.words)
        return next((rank for rank, key in enumerate(order, 1) if key in self.right), 0)


def _best(scores: Scores) -> dict[str, float]:
    return dict(sorted(scores.items(), key=lambda item: -item[1])[:CANDIDATES])


def cases(
    kind: str, archive: Archive, index: Index, embedder: Embedder, questions: Sequence[Mapping[str, Any]]
) -> Iterator[Case]:
    """The questions that stand alone and whose evidence is in the archive."""
    locator = Locator(archive, index.words)
    for asked in questions:
        evidence = asked["evidence"][0]
        place = locator.place(Evidence(source=evidence["source"], quote=evidence["quote"]))
        if not place.spans or asked["history"]:
            continue
        vector = embedder.embed([asked["question"]])[0]
        by_part, pool = _by_part(index, asked["question"], list(index.vectors.search(vector, CANDIDATES)))
        stored = archive.passages(pool)
        scores = cosines(np.stack([each.vector for each in stored.values()]), vector)
        right = frozenset(key for key, each in stored.items() if _overlaps(each.passage, place))
        yield Case(kind, evidence["source"], right, by_part, dict(zip(stored, map(float, scores), strict=True)))


def _overlaps(passage: Passage, place: Place) -> bool:
    same = passage.transcript_id == place.transcript_id
    return same and any(start < passage.char_end and passage.char_start < end for start, end in place.spans)


def _by_part(index: Index, question: str, near: Sequence[str]) -> tuple[dict[str, Scores], list[str]]:
    """BM25 of each field and of the runs, over whatever any of them or the vectors would put forward."""
    query, words = read_query(question), index.words
    pool = {**words.search(query.terms, POOL, together=dict.fromkeys(query.together, 1.0)), **dict.fromkeys(near, 0.0)}
    pool |= {key: 0.0 for field in FIELDS for key in words.search(query.terms, POOL, fields={field: 1.0})}
    among = list(pool)
    alone = {field: words.search(query.terms, len(among), fields={field: 1.0}, among=among) for field in FIELDS}
    together = words.search([], len(among), together=dict.fromkeys(query.together, 1.0), among=among)
    return {**alone, "together": together}, among


def scored(ranks: Sequence[int]) -> tuple[float, float]:
    """Recall@5 and MRR@10."""
    recall = sum(0 < rank <= 5 for rank in ranks) / len(ranks)
    return recall, sum(1 / rank for rank in ranks if 0 < rank <= 10) / len(ranks)


@dataclass(frozen=True)
class Fit:
    """The cases, each one's fold, and its rank under every choice."""

    cases: Sequence[Case]
    folds: Sequence[int]
    ranks: Mapping[Choice, Sequence[int]]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Fit:
        """Ranks everything under every choice; folds are by transcript, of each kind evenly."""
        fold_of: dict[str, int] = {}
        for kind in KINDS:
            sources = sorted({case.source for case in cases if case.kind == kind})
            random.Random(SEED).shuffle(sources)
            fold_of |= {source: at % FOLDS for at, source in enumerate(sources)}
        ranks = {choice: [case.rank(choice) for case in cases] for choice in dict.fromkeys([*GRID, PRESENT])}
        return cls(cases, [fold_of[case.source] for case in cases], ranks)

    def worth(self, choice: Choice, chosen: Sequence[int]) -> float:
        """What a choice is made by: recall@5 and MRR@10 alike, and the kinds alike."""
        return sum(sum(self.figures(self.ranks[choice], chosen, kind)) for kind in KINDS) / 2 / len(KINDS)

    def choice(self, chosen: Sequence[int]) -> Choice:
        """The one nearest to equal weights of those that the best does not beat by more than a standard error."""
        worth = {choice: self.worth(choice, chosen) for choice in GRID}
        best = max(worth, key=lambda choice: worth[choice])
        near = [choice for choice in GRID if worth[best] - worth[choice] <= self.error(best, choice, chosen)]
        return min(near, key=lambda choice: (choice.far_from_equal, -worth[choice]))

    def error(self, one: Choice, other: Choice, chosen: Sequence[int]) -> float:
        """The standard error of how much more the one is worth, transcripts being what was drawn."""
        variance = sum(self._variance(one, other, chosen, kind) for kind in KINDS)
        return float(np.sqrt(variance)) / len(KINDS)

    def _variance(self, one: Choice, other: Choice, chosen: Sequence[int], kind: str) -> float:
        totals: dict[str, float] = {}
        held = [at for at in chosen if self.cases[at].kind == kind]
        for at in held:
            more = sum(scored([self.ranks[one][at]])) - sum(scored([self.ranks[other][at]]))
            source = self.cases[at].source
            totals[source] = totals.get(source, 0.0) + more / 2 / len(held)
        return len(totals) * float(np.var(list(totals.values()), ddof=1))

    def figures(self, ranks: Sequence[int], chosen: Sequence[int], kind: str) -> tuple[float, float]:
        """Recall@5 and MRR@10 over those of the chosen that are of the kind."""
        return scored([ranks[at] for at in chosen if self.cases[at].kind == kind])

    def told(self, ranks: Sequence[int], chosen: Sequence[int]) -> str:
        """The figures of each kind as a line."""
        figures = ((kind, *self.figures(ranks, chosen, kind)) for kind in KINDS)
        return ", ".join(f"{kind} recall@5 {recall:.3f} MRR@10 {mrr:.3f}" for kind, recall, mrr in figures)

    def gain(self, held_out: Sequence[int], kind: str, measure: int) -> tuple[float, float]:
        """The 95 % bootstrap interval of the mean gain over the present choice; transcripts are drawn."""
        gains: dict[str, list[float]] = {}
        for case, new, old in zip(self.cases, held_out, self.ranks[PRESENT], strict=True):
            if case.kind == kind:
                gains.setdefault(case.source, []).append(scored([new])[measure] - scored([old])[measure])
        table = np.array([(sum(each), len(each)) for each in gains.values()])
        drawn = np.random.default_rng(SEED)
        sums = [table[drawn.integers(0, len(table), len(table))].sum(axis=0) for _ in range(SAMPLES)]
        low, high = np.percentile([total / count for total, count in sums], [2.5, 97.5])
        return float(low), float(high)


def report(fit: Fit) -> None:
    """Prints each fold's choice with what it scores there, the gain over the present one, and the best on all."""
    everything, held_out = range(len(fit.cases)), [0] * len(fit.cases)
    for fold in range(FOLDS):
        inside = [at for at in everything if fit.folds[at] != fold]
        outside = [at for at in everything if fit.folds[at] == fold]
        best = fit.choice(inside)
        for at in outside:
            held_out[at] = fit.ranks[best][at]
        print(f"fold {fold + 1}: {best}\n  there   {fit.told(held_out, outside)}")
        print(f"  present {fit.told(fit.ranks[PRESENT], outside)}")
    print(f"all folds held out: {fit.told(held_out, everything)}")
    print(f"present ({PRESENT}): {fit.told(fit.ranks[PRESENT], everything)}")
    for kind in KINDS:
        for at, name in enumerate(("recall@5", "MRR@10")):
            low, high = fit.gain(held_out, kind, at)
            print(f"gain in {name} on {kind}, 95 %: {low:+.3f} to {high:+.3f}")
    print(f"taken: {fit.choice(everything)}: {fit.told(fit.ranks[fit.choice(everything)], everything)}")
    for choice in sorted(GRID, key=lambda choice: -fit.worth(choice, everything))[:5]:
        print(f"on all: {choice}: {fit.told(fit.ranks[choice], everything)}")


def load(kind: str, data: Path, kept: Path, model: str) -> list[Case]:
    """The cases of a kind; its archive is made in `kept` where it is not there yet."""
    asked, folder = prepared(kind, data, kept, model)
    questions = [each for each in asked if each["evidence"]]
    if kind == "articles":
        questions = random.Random(SEED).sample(questions, ARTICLE_QUESTIONS)
    with Archive.open(folder, embedder=model) as archive:
        index = open_index(archive)
        found = list(cases(kind, archive, index, question_embedder(model), questions))
        index.close()
    return found


def main(arguments: Sequence[str]) -> int:
    """Fits on the training questions and SQuAD."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fit_fusion", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    given = parser.parse_args(arguments)
    data = data_folder()
    if not (data / "training").is_dir():
        print("The training data is not here; ONRECORD_DATA names its folder.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        kept = given.folder or Path(temporary)
        report(Fit.of([case for kind in KINDS for case in load(kind, data, kept, given.model)]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
