"""How often the answer in a few words is right: `python -m tests.benchmarks.short_answers [--fit]`, a minute.

Given the sentence that holds the evidence, is what `rag.short` cuts out of it an accepted answer? On the questions
written for training over 450 briefings, on those of SQuAD 2.0 that have an answer, and on the samples' own. Documents
are parted in two halves by their names: weights are fitted on one ("--fit" prints them), and all figures told are of
the other. Whether the sentence quoted first is the right one in the first place is not asked here.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from ingest import samples
from ingest.sentences import sentences
from rag.evaluate.match import contains, f1, flat
from rag.expected import Expected, expected
from rag.short import FEATURES, Picked, measure, pick, spans
from rag.stems import content_stems
from tests.benchmarks.cases import data_folder

HALF = 0.5
"""How much of an accepted answer a span that lies within it must share with it (token F1)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the sentence with its evidence, and what is accepted."""

    data: str
    document: str
    question: str
    sentence: str
    answers: tuple[str, ...]

    @property
    def fitted_on(self) -> bool:
        """Whether it belongs to the half that weights are fitted on."""
        return hashlib.sha256(self.document.encode()).digest()[0] % 2 == 0


def is_right(span: str, answers: Sequence[str]) -> bool:
    """Whether it holds an accepted answer, or is the better part of one."""
    if contains(span, answers):
        return True
    return any(contains(each, [span]) and f1(flat(span), [flat(each)]) >= HALF for each in answers)


def cases(data: Path) -> Iterator[Case]:
    """Those of the data sets that are there, and the samples'."""
    yield from _ours("samples", samples.questions_path())
    if (data / "training").is_dir():
        yield from _ours("briefings", data / "training" / "questions.jsonl")
    if (data / "squad2").is_dir():
        yield from _squad(data / "squad2" / "dev-12-articles.json")


def _ours(name: str, path: Path) -> Iterator[Case]:
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if row["answers"] and len(row["evidence"]) == 1 and not row["history"]:
            quote, answers = row["evidence"][0]["quote"], tuple(row["answers"])
            texts = [quote[start:end] for start, end in sentences(quote)]
            holding = next((text for text in texts if contains(text, answers)), texts[0])
            yield Case(name, row["evidence"][0]["source"], row["question"], holding, answers)


def _squad(path: Path) -> Iterator[Case]:
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            text, parts = paragraph["context"], sentences(paragraph["context"])
            for asked in paragraph["qas"]:
                answers = tuple(each["text"] for each in asked["answers"])
                at = asked["answers"][0]["answer_start"] if answers and not asked["is_impossible"] else -1
                holding = next((text[start:end] for start, end in parts if start <= at < end), "")
                if holding:
                    yield Case("squad2", article["title"], asked["question"], holding, answers)


def fit(among: Sequence[Case]) -> tuple[dict[str, float], float]:
    """Weights and bias of a logistic regression over the spans; each data set counts alike."""
    rows, labels, counts = [], [], []
    by_set = {name: [each for each in among if each.data == name] for name in ("briefings", "squad2")}
    for group in by_set.values():
        for case, wanted in _typed(group):
            found = spans(wanted, case.question, case.sentence)
            rows += measure(wanted, content_stems(case.question), case.sentence, found)
            labels += [is_right(case.sentence[each.start : each.end], case.answers) for each in found]
            counts += [1000 / len(group)] * len(found)
    model = LogisticRegression(max_iter=3000).fit(np.array(rows), np.array(labels), sample_weight=np.array(counts))
    weights = {name: round(float(each), 2) for name, each in zip(FEATURES, model.coef_[0], strict=True)}
    return weights, round(float(model.intercept_[0]), 2)


def _typed(among: Sequence[Case]) -> Iterator[tuple[Case, Expected]]:
    for case in among:
        wanted = expected(case.question)
        if wanted and wanted.kind != "yes or no":
            yield case, wanted


def report(name: str, among: Sequence[Case]) -> str:
    """A line: how many are given and right, of all questions and of those that expect a few words."""
    typed = [(case, pick(wanted, case.question, case.sentence)) for case, wanted in _typed(among)]
    given = [(case, found) for case, found in typed if found and found.sure]
    right = sum(_is_right(case, found) for case, found in given)
    share = f"{right / len(given):.1%}" if given else "none"
    return f"{name}: {len(among)} questions, {len(typed)} typed, {len(given)} given, {right} right ({share})"


def _is_right(case: Case, found: Picked) -> bool:
    return is_right(case.sentence[found.start : found.end], case.answers)


def main(arguments: Sequence[str]) -> int:
    """Prints a line for each data set; with "--fit" the weights too, as they stand in `rag/short.py`."""
    everything = list(cases(data_folder()))
    if "--fit" in arguments:
        print(*fit([each for each in everything if each.fitted_on and each.data != "samples"]))
        return 0
    for name in dict.fromkeys(each.data for each in everything):
        unseen = [each for each in everything if each.data == name and (name == "samples" or not each.fitted_on)]
        print(report(name, unseen))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
