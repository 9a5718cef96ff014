"""What is measured of sentences beside similarity: names, numbers and a span that may be the answer."""

from __future__ import annotations

import numpy as np

from rag.question import understand
from rag.sentence_features import FEATURES, candidates, measure
from tests.rag.builders import hits, lookup, transcript

TALK = transcript(
    [(None, None, "Profits of Huawei rose 28.1 percent."), (None, None, "x " * 400 + "The weather stayed fine.")],
    title="Markets",
)


class Even(dict[str, float]):
    """Every stem is as rare as any other."""

    def __missing__(self, stem: str) -> float:
        return 1.0


def measured(question: str, name: str) -> list[float]:
    found = candidates(hits(TALK), lookup(TALK))
    ends = [found[0], found[-1]]
    rows = measure(
        understand(question), ends, np.zeros((2, 4), dtype=np.float32), np.zeros(4, dtype=np.float32), Even()
    )
    return [round(float(each), 3) for each in rows[:, FEATURES.index(name)]]


def test_names_count_by_their_share() -> None:
    assert measured("Did profits of Huawei beat those of Nokia?", "named") == [1 / 2, 0]


def test_a_question_without_names_or_numbers_lacks_none() -> None:
    assert measured("Why did profits rise?", "named") == [1, 1]
    assert measured("Why did profits rise?", "counted") == [1, 1]


def test_numbers_stand_in_the_sentence_or_in_its_date() -> None:
    assert measured("Did profits rise in 2018 or 2031?", "counted") == [1 / 2, 1 / 2]


def test_a_span_of_the_kind_asked_for_tells() -> None:
    with_number, without = measured("By how much did profits rise?", "short")
    assert with_number > 0.8
    assert without == 0
    assert measured("Why did profits rise?", "short") == [0.5, 0.5]
