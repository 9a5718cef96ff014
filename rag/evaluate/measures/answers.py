"""Is the answer right? By its words, by its meaning, and by a judge where one was asked.

Measured over questions that have an answer and say which; refusing such a question, or failing on it, scores 0.
"""

from __future__ import annotations

from rag.evaluate.metric import Metric, Parts
from rag.evaluate.record import Record

_VERDICTS = {"correct": 1.0, "partly": 0.5, "wrong": 0.0}

ANSWERS = (
    Metric(
        "answer",
        "Answer contained",
        "answers",
        "1 if an accepted answer (all of them, where all are asked for) stands in the text as whole words in any case,"
        " else 0; mean over questions",
        "as in Mallen et al. 2023, arXiv 2212.10511; whole words and whole numbers only",
    ),
    Metric(
        "em",
        "SQuAD exact match",
        "answers",
        "1 if the text equals an accepted answer but for case, punctuation and articles, else 0; mean over questions",
        "Rajpurkar et al. 2016, arXiv 1606.05250; evaluate-v2.0.py",
    ),
    Metric(
        "f1",
        "SQuAD F1",
        "answers",
        "2·shared tokens / (tokens of the text + tokens of the answer), best accepted answer; mean over questions",
        "Rajpurkar et al. 2016, arXiv 1606.05250; evaluate-v2.0.py",
    ),
    Metric(
        "similarity",
        "Semantic similarity",
        "answers",
        "cosine between the embeddings of the text and of the nearest accepted answer; mean over questions",
        "Reimers, Gurevych 2019, arXiv 1908.10084, with the archive's own embedding model",
    ),
    Metric(
        "judge",
        "Right by the judge",
        "answers",
        "1 for correct, 0.5 for partly, 0 for wrong; mean over the questions the judge gave a verdict on",
        "a language model as judge: Zheng et al. 2023, arXiv 2306.05685; the report names the model",
    ),
)


def measure(record: Record) -> dict[str, Parts]:
    """The parts of every measure above that applies; nothing where the question has no answer to compare with."""
    if record.answerable is not True or not record.answers:
        return {}
    silent = record.status in ("refused", "failed")
    values = {
        "answer": record.contained,
        "em": record.exact,
        "f1": record.f1,
        "similarity": record.similarity,
    }
    scores = {name: 0.0 if silent else value for name, value in values.items()}
    scores["judge"] = 0.0 if silent and record.judged else _VERDICTS.get(record.judged)
    return {name: (float(score), 1.0) for name, score in scores.items() if score is not None}
