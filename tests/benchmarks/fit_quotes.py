"""Fits `rag/quote_weights.py`: `python -m tests.benchmarks.fit_quotes`, about a quarter of an hour on two cores.

Questions written for training over 450 briefings, and SQuAD 2.0, in equal parts. Sentence weights: a conditional logit
over the sentences that the engine itself weighs. Whether anything answers: a logistic regression on questions whose
evidence is among those sentences, against the same with their transcript withheld. Nothing of the test set is used.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from ingest import sync
from ingest.embed import Vectors
from ingest.sentences import sentences
from rag import Engine
from rag.evaluate.match import flat
from rag.quote import Scored, signals
from rag.quote_weights import ANSWERABLE
from rag.sentence_features import FEATURES
from rag.steps import Asked
from tests.benchmarks.cases import data_folder

SEED, QUESTIONS, FALSE_REFUSALS, RIDGE = 3, 300, 0.05, 1e-3
UNUSED = ("vectors",)


@dataclass(frozen=True, slots=True)
class Case:
    """The sentences weighed for one question: best first, their features, and which of them are evidence."""

    features: Vectors
    right: np.ndarray[tuple[int], np.dtype[np.bool_]]
    scored: Sequence[Scored]


def briefings(data: Path, folder: Path) -> list[dict[str, Any]]:
    """Writes the training transcripts as files and gives their answerable questions."""
    asked = [json.loads(line) for line in (data / "training" / "questions.jsonl").open(encoding="utf-8")]
    wanted = {each["source"] for question in asked for each in question["evidence"]}
    with gzip.open(data / "press-briefings-all.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            name = record["id"].split("/")[-1] + ".md"
            if name in wanted:
                head = f"---\ntitle: {json.dumps(record['title'])}\ndate: {record['date'][:10]}\n---\n"
                (folder / name).write_text(head + record["text"], encoding="utf-8")
    return [question for question in asked if question["answers"]]


def squad(data: Path, folder: Path) -> list[dict[str, Any]]:
    """The same of SQuAD 2.0: an article is a transcript, the sentence around an answer is its evidence."""
    questions: list[dict[str, Any]] = []
    articles = json.loads((data / "squad2" / "dev-12-articles.json").read_text(encoding="utf-8"))["data"]
    for article in articles:
        name = f"{article['title']}.txt"
        paragraphs = [" ".join(each["context"].split()) for each in article["paragraphs"]]
        (folder / name).write_text("\n".join([article["title"].replace("_", " "), *paragraphs]), encoding="utf-8")
        for paragraph, text in zip(article["paragraphs"], paragraphs, strict=True):
            questions += _answerable(paragraph["qas"], text, name)
    return questions


def _answerable(asked: Sequence[dict[str, Any]], text: str, source: str) -> Iterator[dict[str, Any]]:
    for each in asked:
        at = text.find(" ".join(each["answers"][0]["text"].split())) if each["answers"] else -1
        quotes = [text[start:end] for start, end in sentences(text) if start <= at < end]
        if quotes:
            yield {"question": each["question"], "history": [], "evidence": [{"source": source, "quote": quotes[0]}]}


def cases(engine: Engine, questions: Sequence[dict[str, Any]], *, withhold: bool) -> Iterator[Case]:
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


def fit_sentences(groups: Sequence[Sequence[Case]]) -> dict[str, float]:
    """Conditional logit: how likely the evidence is to be picked, each group counting alike."""
    used = torch.tensor([float(name not in UNUSED) for name in FEATURES])
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
    return {name: round(float(weight), 2) for name, weight in zip(FEATURES, weights * used, strict=True)}


def fit_answerable(held: Sequence[Case], withheld: Sequence[Case]) -> tuple[dict[str, float], float, float]:
    """Weights, bias, and the threshold under which FALSE_REFUSALS of the answerable fall in cross-validation."""
    answerable = [case for case in held if case.right.any()]
    rows = np.array([[signals(case.scored)[name] for name in ANSWERABLE] for case in [*answerable, *withheld]])
    labels = np.array([True] * len(answerable) + [False] * len(withheld))
    model = LogisticRegression(C=3.0, class_weight="balanced", max_iter=3000)
    likely = cross_val_predict(model, rows, labels, cv=5, method="predict_proba")[:, 1]
    threshold = float(np.quantile(likely[labels], FALSE_REFUSALS))
    refused = (likely[~labels] < threshold).mean()
    print(f"at {FALSE_REFUSALS:.0%} false refusals, {refused:.0%} of those withheld are refused")
    model.fit(rows, labels)
    weights = {name: round(float(weight), 2) for name, weight in zip(ANSWERABLE, model.coef_[0], strict=True)}
    return weights, round(float(model.intercept_[0]), 2), round(threshold, 3)


def main() -> int:
    """Prints the weights as they stand in `rag/quote_weights.py`."""
    data = data_folder()
    if not (data / "training").is_dir():
        print("The training data is not here; ONRECORD_DATA names its folder.", file=sys.stderr)
        return 1
    held: list[list[Case]] = []
    withheld: list[Case] = []
    for load in (briefings, squad):
        with tempfile.TemporaryDirectory() as folder:
            questions = load(data, Path(folder))
            chosen = random.Random(SEED).sample(questions, QUESTIONS)
            archive = Path(folder) / "archive"
            print(load.__name__, sync([folder], archive).summary)
            with Engine(archive) as engine:
                held.append(list(cases(engine, chosen, withhold=False)))
                withheld += cases(engine, chosen[: QUESTIONS // 2], withhold=True)
    print("SENTENCE =", fit_sentences(held))
    weights, bias, threshold = fit_answerable([case for group in held for case in group], withheld)
    print("ANSWERABLE =", weights, "\nBIAS =", bias, "\nTHRESHOLD =", threshold)
    return 0


if __name__ == "__main__":
    sys.exit(main())
