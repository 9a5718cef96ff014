"""SQuAD 2.0 (Rajpurkar, Jia, Liang 2018, arXiv 1806.03822) as a test set: an article is a transcript, the sentence
around an answer its evidence.

All articles are searched, and asked are questions about those that the reader does not learn from. As with
`tests.benchmarks.retrieval.unseen`, a few weights were fitted on these.
"""

from __future__ import annotations

from pathlib import Path

from rag.reader.training.material import ARTICLES, articles, held_back
from tests.benchmarks.retrieval.unseen import drawn

NEEDED = ARTICLES


def write(data: Path, folder: Path) -> None:
    """The articles under the folder's "files", and answerable questions on those held back."""
    everything = articles(data, folder / "files")
    unseen = held_back("articles", {each["source"] for each in everything})
    drawn([each for each in everything if each["source"] in unseen], folder)
