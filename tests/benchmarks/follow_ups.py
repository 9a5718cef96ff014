"""Follow-up rewriting against people's rewrites: `python -m tests.benchmarks.follow_ups`, a second.

TREC CAsT 2020: turns of conversations with a stand-alone form of each written by a person. Counted is what matters to a
search, the stems of content words: which share of the person's are in ours (recall), which share of ours are in the
person's (precision), and their harmonic mean (F1), averaged over all turns but the first of each conversation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from rag.follow_up import leaned_on, leans, searchable
from rag.stems import content_stems
from tests.benchmarks.cases import data_folder

Rewrite = Callable[[str, Sequence[str]], str]

TOPICS = Path("follow_ups") / "2020_manual_evaluation_topics_v1.0.json"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as asked, the questions before it, and its stand-alone form by a person."""

    asked: str
    earlier: tuple[str, ...]
    by_hand: str


def turns(folder: Path) -> Iterator[Turn]:
    """Every turn that has one before it."""
    for topic in json.loads((folder / TOPICS).read_text(encoding="utf-8")):
        asked = [turn["raw_utterance"] for turn in topic["turn"]]
        for at, turn in enumerate(topic["turn"][1:], 1):
            yield Turn(asked[at], tuple(asked[:at]), turn["manual_rewritten_utterance"])


def overlap(ours: str, by_hand: str) -> tuple[float, float, float]:
    """Recall, precision and F1 of the content stems."""
    found, wanted = content_stems(ours), content_stems(by_hand)
    both = len(found & wanted)
    recall, precision = both / len(wanted) if wanted else 1.0, both / len(found) if found else 0.0
    return recall, precision, 2 * both / (len(found) + len(wanted)) if found or wanted else 1.0


WAYS: dict[str, Rewrite] = {
    "as asked": lambda asked, earlier: asked,
    "behind the question before": lambda asked, earlier: f"{earlier[-1]} {asked}",
    "behind all questions before": lambda asked, earlier: " ".join([*earlier, asked]),
    "ours": lambda asked, earlier: searchable(asked, leaned_on(asked, earlier)),
}


def main() -> None:
    """Prints a row for each way."""
    told = tuple(turns(data_folder()))
    print(f"{len(told)} follow-ups, {sum(leans(turn.asked) for turn in told)} taken to lean on earlier ones")
    print(f"{'':<30}{'recall':>8}{'precision':>11}{'F1':>7}")
    for name, rewrite in WAYS.items():
        rows = [overlap(rewrite(turn.asked, turn.earlier), turn.by_hand) for turn in told]
        recall, precision, f1 = (fmean(column) for column in zip(*rows, strict=True))
        print(f"{name:<30}{recall:>8.3f}{precision:>11.3f}{f1:>7.3f}")


if __name__ == "__main__":
    main()
