"""Reading what search found: how both scores mix, what is not read, sides of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from ingest.errors import ModelError
from rag.reader.reading import Reading
from rag.readers import load_reader
from rag.reread import Rereading
from rag.results import Hit
from tests.rag.builders import hits, transcript


@dataclass
class Reader:
    """Says of each hit what it is told to, by passage and question; `patience` hits at most."""

    says: dict[str, float]
    patience: int = 100
    name: str = "fake"
    asked: list[str] = field(default_factory=list)
    warmed: int = 0

    def read(self, question: str, hits: Sequence[Hit]) -> Sequence[Reading]:
        self.asked.append(question)
        held = [self.says.get(f"{question} {hit.passage.id}", self.says.get(hit.passage.id, 0.0)) for hit in hits]
        return [Reading(each, each / 2, {7: each}) for each in held[: self.patience]]

    def warm(self) -> None:
        self.warmed += 1
        raise ModelError("There is no such model.")


def found() -> tuple[Hit, ...]:
    """Four hits scored 0.8, 0.6, 0.4, 0.2."""
    scored = hits(transcript())[:4]
    return tuple(
        replace(hit, score=(8 - 2 * at) / 10, parts={"from_words": (8 - 2 * at) / 10, "words": 3.0})
        for at, hit in enumerate(scored)
    )


def ids(some: Sequence[Hit]) -> list[str]:
    return [hit.passage.id for hit in some]


def test_both_scores_are_mixed_by_the_share() -> None:
    a, b, c, d = ids(found())
    order = Rereading(Reader({a: -3.0, b: 5.0, c: 1.0, d: -3.0}), 4, 0.5).order(found(), ["Why?"])
    assert ids(order) == [b, c, a, d]
    assert [hit.score for hit in order] == pytest.approx(
        [0.5 * 0.6 + 0.5 * 1, 0.5 * 0.4 + 0.5 * (4 / 8), 0.5 * 0.8 + 0.5 * 0, 0.5 * 0.2 + 0.5 * 0]
    )
    assert [hit.rank for hit in order] == [1, 2, 3, 4]
    assert order[0].parts == pytest.approx(
        {"from_words": 0.5 * 0.6, "words": 3.0, "reader": 5.0, "from_reader": 0.5, "answers": 2.5}
    )
    assert order[0].read == {7: 5.0}


def test_parts_add_up_to_the_score() -> None:
    a, b, *_ = ids(found())
    for hit in Rereading(Reader({a: 1.0, b: 9.0}), 3, 0.3).order(found(), ["Why?"]):
        assert sum(part for name, part in hit.parts.items() if name.startswith("from_")) == pytest.approx(hit.score)


@pytest.mark.parametrize(("most", "patience"), [(2, 100), (100, 2)])
def test_what_is_not_read_comes_by_its_own_score_behind(most: int, patience: int) -> None:
    a, b, c, d = ids(found())
    order = Rereading(Reader({a: 0.0, b: 1.0, c: 9.0, d: 9.0}, patience), most, 0.5).order(found(), ["Why?"])
    assert ids(order) == [b, a, c, d]
    assert "reader" not in order[2].parts
    assert order[2].score == pytest.approx(0.5 * 0.4)


def test_each_side_of_a_comparison_is_read_for_itself() -> None:
    a, b, c, d = ids(found())
    reader = Reader({f"left {d}": 9.0, f"right {c}": 9.0})
    order = Rereading(reader, 4, 0.9).order(found(), ["left", "right"])
    assert reader.asked == ["left", "right"]
    assert ids(order)[:2] == [d, c]
    assert sorted(ids(order)) == sorted([a, b, c, d])


def test_where_nothing_is_found_nothing_is_read() -> None:
    reader = Reader({})
    assert Rereading(reader, 4, 0.5).order((), ["Why?"]) == ()
    assert reader.asked == []


def test_a_model_that_is_missing_does_not_spoil_the_warming_up() -> None:
    reader = Reader({})
    Rereading(reader, 4, 0.5).warm()
    assert reader.warmed == 1


def test_readers_by_name() -> None:
    whole = transcript()
    named = {name: load_reader(name, lambda _: whole, 1.0) for name in ("none", "onrecord", "BAAI/bge-reranker-base")}
    assert [reader and reader.name for reader in named.values()] == [None, "onrecord", "BAAI/bge-reranker-base"]
