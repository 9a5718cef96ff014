"""Fits `rag/quote_weights.py`: `python -m tests.benchmarks.fit_quotes [FOLDER] [--model NAME]`, half an hour.

Questions written for training over 450 briefings, and SQuAD 2.0, in equal parts; for passages that our reader has read,
only those about transcripts it did not learn from. Sentence weights: a conditional logit over the sentences that the
engine itself weighs. Whether anything answers: a logistic regression on questions whose evidence is among those
sentences, against some of them with their transcript withheld and questions that have no answer. Nothing of the test
set is used. FOLDER keeps the archives; that of `rag.reader.train` has them already for the default embedder. `--model`
names another one, whose weights go into `FITTED` there under its name.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from ingest.embed import DEFAULT_MODEL, Vectors
from rag import Engine
from rag.answerable import signals
from rag.config import Settings
from rag.evaluate.match import flat
from rag.quote_weights import Weights
from rag.reader.training.material import SETS, held_back, prepared
from rag.readers import NONE, OWN
from rag.sentence_features import FEATURES, Scored
from rag.steps import Asked
from tests.benchmarks.cases import data_folder

SEED, QUESTIONS, FALSE_REFUSALS, RIDGE = 3, 300, 0.05, 1e-3
UNUSED = {NONE: ("vectors", "reads", "answers"), OWN: ("vectors", "answers")}
_BY_SEARCH = ("best_similarity", "best_overlap", "best_context", "max_vectors")
ANSWERABLE = {NONE: _BY_SEARCH, OWN: (*_BY_SEARCH[:3], "best_reads")}
"""In cross-validation the passage's own `answers` and cosine added nothing to what the reader says of sentences."""


@dataclass(frozen=True, slots=True)
class Case:
    """The sentences weighed for one question: best first, their features, and which of them are evidence."""

    features: Vectors
    right: np.ndarray[tuple[int], np.dtype[np.bool_]]
    scored: Sequence[Scored]


def cases(engine: Engine, questions: Sequence[Mapping[str, Any]], *, withhold: bool) -> Iterator[Case]:
    """What the engine weighs for each question, with or without the transcripts that hold the evidence."""
    places = {entry.id: Path(entry.place).name for entry in engine.entries()}
    for asked in questions:
        own = {each["source"] for each in asked["evidence"]}
        found = engine.understand(Asked(asked["question"], tuple(asked["history"])))
        hits = engine.search(asked["question"], 30, asked["history"])
        if withhold:
            hits = tuple(hit for hit in hits if places[hit.passage.transcript_id] not in own)
        scored = engine.quoter.rank(found.question, hits[:10])
        if scored:
            evidence = [(each["source"], flat(each["quote"])) for each in asked["evidence"]]
            right = [_is_right(each, places, evidence) for each in scored]
            yield Case(np.stack([each.features for each in scored]), np.array(right), scored)


def _is_right(scored: Scored, places: dict[str, str], evidence: Sequence[tuple[str, str]]) -> bool:
    text, source = flat(scored.candidate.text), places[scored.candidate.transcript.id]
    return any(source == where and len(text) > 15 and (text in quote or quote in text) for where, quote in evidence)


def fit_sentences(groups: Sequence[Sequence[Case]], unused: Collection[str]) -> dict[str, float]:
    """Conditional logit: how likely the evidence is to be picked, each group counting alike."""
    used = torch.tensor([float(name not in unused) for name in FEATURES])
    weights = torch.zeros(len(FEATURES), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=300)

    def loss() -> float:
        optimizer.zero_grad()
        total = RIDGE * (weights**2).sum()
        for group in groups:
            hits = [case for case in group if case.right.any()]
            for case in hits:
                scores = torch.tensor(case.features) @ (weights * used)
                picked = torch.logsumexp(scores[torch.tensor(case.right)], 0) - torch.logsumexp(scores, 0)
                total = total - picked / len(hits) / len(groups)
        total.backward()  # type: ignore[no-untyped-call]
        return float(total.detach())

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return {name: round(float(weight), 2) for name, weight in zip(FEATURES, weights, strict=True) if name not in unused}


def fit_answerable(
    held: Sequence[Case], none: Sequence[Case], features: Sequence[str]
) -> tuple[dict[str, float], float, float, str]:
    """Weights, bias, the threshold under which FALSE_REFUSALS of the answerable fall when held out, and a line."""
    answerable = [case for case in held if case.right.any()]
    rows = np.array([[signals(case.scored)[name] for name in features] for case in [*answerable, *none]])
    labels = np.array([True] * len(answerable) + [False] * len(none))
    model = LogisticRegression(C=3.0, class_weight="balanced", max_iter=3000)
    likely = cross_val_predict(model, rows, labels, cv=5, method="predict_proba")[:, 1]
    threshold = float(np.quantile(likely[labels], FALSE_REFUSALS))
    refused, area = (likely[~labels] < threshold).mean(), roc_auc_score(labels, likely)
    told = f"at {FALSE_REFUSALS:.0%} false refusals {refused:.0%} of the others are refused; AUROC {area:.3f}"
    model.fit(rows, labels)
    weights = {name: round(float(weight), 2) for name, weight in zip(features, model.coef_[0], strict=True)}
    return weights, round(float(model.intercept_[0]), 2), round(threshold, 3), told


def main(arguments: Sequence[str]) -> int:
    """Prints the weights as they stand in `rag/quote_weights.py`."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.fit_quotes", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    given = parser.parse_args(arguments)
    data = data_folder()
    if not (data / "training").is_dir():
        print("The training data is not here; ONRECORD_DATA names its folder.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        for reranker in (NONE, OWN):
            told, weights = fitted(data, folder, reranker, given.model)
            print(f"{given.model}, {reranker}: {told}\n{weights}", flush=True)
    return 0


def fitted(data: Path, folder: Path, reranker: str, embedder: str) -> tuple[str, Weights]:
    """The weights for this embedder and passages as this reader leaves them. What our own learned from is left out."""
    held: list[list[Case]] = []
    none: list[Case] = []
    for name in SETS:
        asked, archive = prepared(name, data, folder, embedder)
        unread = held_back(name, {each["source"] for each in asked})
        able = [each for each in asked if reranker == NONE or each["source"] in unread]
        chosen = random.Random(SEED).sample(able, len(able))
        sure = [each for each in chosen if each["evidence"]][:QUESTIONS]
        # Those of SQuAD were written in the words of a paragraph that does not answer: fitted to them, words shared
        # with the question would speak against an answer.
        unsure = [each for each in chosen if not each["evidence"] and name == "briefings"][: QUESTIONS // 4]
        with Engine(archive, settings=Settings(reranker=reranker, embedder=embedder)) as engine:
            held.append(list(cases(engine, sure, withhold=False)))
            none += cases(engine, sure[: QUESTIONS // 4], withhold=True)
            none += cases(engine, unsure, withhold=False)
    features = ANSWERABLE[reranker]
    sentence = fit_sentences(held, unused=UNUSED[reranker])
    answerable, bias, threshold, told = fit_answerable([case for group in held for case in group], none, features)
    return told, Weights(sentence, answerable, bias, threshold)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
