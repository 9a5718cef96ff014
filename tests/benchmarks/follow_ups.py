"""Follow-ups: whether they are noticed, and how they are made to stand alone. `python -m tests.benchmarks.follow_ups`.

Rewriting, on TREC CAsT 2020: turns of conversations with a stand-alone form of each written by a person. Counted is
what matters to a search, the stems of content words: which share of the person's are in ours (recall), which share of
ours are in the person's (precision), and their harmonic mean (F1), averaged over all turns but the first of each
conversation. Noticing, on the question sets and the same turns: how many questions that stand alone would be taken for
follow-ups, and how many follow-ups would not, as written and in small letters. A turn that its person left as it is
counts as standing alone. It takes seconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from rag.follow_up import leaned_on, leans, read
from rag.stems import content_stems
from tests.benchmarks.cases import data_folder

Rewrite = Callable[[str, Sequence[str]], str]

TOPICS = Path("follow_ups") / "2020_manual_evaluation_topics_v1.0.json"
QUESTIONS = ("briefings", "training")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as asked, the questions before it, and its stand-alone form by a person."""

    asked: str
    earlier: tuple[str, ...]
    by_hand: str


@dataclass(frozen=True, slots=True)
class Told:
    """Questions that stand alone and questions that do not, of one set."""

    name: str
    alone: tuple[str, ...]
    leaning: tuple[str, ...]


def turns(folder: Path) -> Iterator[Turn]:
    """Every turn that has one before it."""
    for topic in json.loads((folder / TOPICS).read_text(encoding="utf-8")):
        asked = [turn["raw_utterance"] for turn in topic["turn"]]
        for at, turn in enumerate(topic["turn"][1:], 1):
            yield Turn(asked[at], tuple(asked[:at]), turn["manual_rewritten_utterance"])


def told_apart(folder: Path) -> Iterator[Told]:
    """The sets in which it is known which questions lean."""
    for name in QUESTIONS:
        rows = [json.loads(line) for line in (folder / name / "questions.jsonl").open(encoding="utf-8")]
        alone = tuple(row["question"] for row in rows if not row.get("history"))
        yield Told(name, alone, tuple(row["question"] for row in rows if row.get("history")))
    every = tuple(turns(folder))
    alone = tuple(turn.asked for turn in every if turn.asked == turn.by_hand)
    yield Told("TREC CAsT", alone, tuple(turn.asked for turn in every if turn.asked != turn.by_hand))


def overlap(ours: str, by_hand: str) -> tuple[float, float, float]:
    """Recall, precision and F1 of the content stems."""
    found, wanted = content_stems(ours), content_stems(by_hand)
    both = len(found & wanted)
    recall, precision = both / len(wanted) if wanted else 1.0, both / len(found) if found else 0.0
    return recall, precision, 2 * both / (len(found) + len(wanted)) if found or wanted else 1.0


def by_us(asked: str, earlier: Sequence[str]) -> str:
    """The question as the engine takes it."""
    return read(asked, leaned_on(asked, earlier)).standalone


WAYS: dict[str, Rewrite] = {
    "as asked": lambda asked, earlier: asked,
    "behind the question before": lambda asked, earlier: f"{earlier[-1]} {asked}",
    "behind all questions before": lambda asked, earlier: " ".join([*earlier, asked]),
    "behind those it leans on": lambda asked, earlier: " ".join([*leaned_on(asked, earlier), asked]),
    "ours": by_us,
}


def main() -> None:
    """Prints a row for each way, then one for each set."""
    every = tuple(turns(data_folder()))
    print(f"{len(every)} turns of TREC CAsT 2020")
    print(f"{'':<30}{'recall':>8}{'precision':>11}{'F1':>7}")
    for name, rewrite in WAYS.items():
        rows = [overlap(rewrite(turn.asked, turn.earlier), turn.by_hand) for turn in every]
        recall, precision, f1 = (fmean(column) for column in zip(*rows, strict=True))
        print(f"{name:<30}{recall:>8.3f}{precision:>11.3f}{f1:>7.3f}")
    print(f"\n{'taken wrongly':<14}{'standing as leaning':>22}{'in small letters':>18}{'leaning as standing':>22}")
    for told in told_apart(data_folder()):
        wrong, small = (sum(map(leans, each)) for each in (told.alone, map(str.lower, told.alone)))
        missed = sum(not leans(each) for each in told.leaning)
        alone = len(told.alone)
        print(f"{told.name:<14}{_of(wrong, alone):>22}{_of(small, alone):>18}{_of(missed, len(told.leaning)):>22}")


def _of(count: int, whole: int) -> str:
    return f"{count} of {whole}"


if __name__ == "__main__":
    main()
