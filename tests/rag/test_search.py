"""Searching through filters: which are dropped when nothing is left, and how time reorders what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from ingest.holdings import Holdings
from rag.filters import NO_FILTERS, Filters
from rag.question import Question, understand
from rag.results import Hit
from rag.search import looser, seek
from rag.timeliness import AROUND, OF_WISH, weighed
from tests.rag.builders import hits, transcript

HELD = Holdings(("Jim Xu", "Kevin Ho"), ("Harbour News",), date(2018, 1, 1), date(2018, 12, 31))


@dataclass
class Retriever:
    """Finds its hits unless a filter of these kinds is set; keeps what it was asked."""

    found: tuple[Hit, ...]
    blind: frozenset[str] = frozenset()
    asked: list[tuple[Filters, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)

    def search(
        self,
        question: str,
        limit: int,
        filters: Filters = NO_FILTERS,
        *,
        phrases: Sequence[str] = (),
        parts: Sequence[str] = (),
    ) -> tuple[Hit, ...]:
        self.asked.append((filters, tuple(phrases), tuple(parts)))
        return () if any(getattr(filters, name) for name in self.blind) else self.found[:limit]


def question(text: str) -> Question:
    return understand(text, holdings=HELD, today=date(2018, 6, 1))


def dated(*days: date | None) -> tuple[Hit, ...]:
    """Hits scored 0.5, 0.45, …, published on these days."""
    plain = hits(transcript())
    return tuple(
        replace(hit, published=day, score=0.5 - at / 20, parts={"from_words": 0.5 - at / 20})
        for at, (hit, day) in enumerate(zip(plain, days, strict=False))
    )


ASKED = "What did Jim Xu say in March 2018 on Harbour News?"


def test_filters_that_leave_something_all_hold() -> None:
    sought = seek(question(ASKED), Retriever(hits(transcript())), 3, 50)
    assert len(sought.hits) == 3
    assert sought.dropped == ()
    assert sought.notice == "Looked only at: said by Jim Xu; March 2018; from Harbour News."


@pytest.mark.parametrize(
    ("blind", "kept", "dropped"),
    [
        ({"since"}, ("said by Jim Xu", "from Harbour News"), ("March 2018",)),
        ({"sources"}, ("said by Jim Xu", "March 2018"), ("from Harbour News",)),
        ({"since", "sources"}, ("said by Jim Xu",), ("March 2018", "from Harbour News")),
        ({"since", "sources", "speakers"}, (), ("said by Jim Xu", "March 2018", "from Harbour News")),
    ],
)
def test_what_leaves_nothing_is_dropped_and_told(
    blind: set[str], kept: tuple[str, ...], dropped: tuple[str, ...]
) -> None:
    sought = seek(question(ASKED), Retriever(hits(transcript()), frozenset(blind)), 3, 50)
    assert sought.hits
    assert (sought.filters.describe(), sought.dropped) == (kept, dropped)
    where = f"Looked only at: {'; '.join(kept)}." if kept else "Looked everywhere."
    assert sought.notice == f"Nothing was found for: {'; '.join(dropped)}. {where}"


def test_an_empty_archive_has_nothing_whatever_is_dropped() -> None:
    sought = seek(question(ASKED), Retriever(()), 3, 50)
    assert (sought.hits, sought.filters) == ((), NO_FILTERS)


def test_a_question_without_filters_is_searched_once_and_tells_nothing() -> None:
    retriever = Retriever(hits(transcript()))
    assert seek(question("Why?"), retriever, 3, 50).notice == ""
    assert retriever.asked == [(NO_FILTERS, (), ())]


def test_ever_fewer_filters_down_to_none_the_time_dropped_first() -> None:
    filters = Filters(("Jim Xu",), date(2018, 3, 1), date(2018, 3, 31), ("Harbour News",))
    tried = list(looser(filters))
    assert tried[0] == filters
    assert tried[1] == Filters(("Jim Xu",), sources=("Harbour News",))
    assert tried[-1] == NO_FILTERS
    assert len(tried) == 2**3


def test_the_best_of_each_broadcast_comes_first_only_where_several_are_asked_for() -> None:
    one, other = hits(transcript())[:3], hits(transcript(name="t2"))[:1]
    found = tuple(replace(hit, score=0.9 - at / 10) for at, hit in enumerate((*one, *other)))
    usual = seek(question("What is said of Huawei?"), Retriever(found), 4, 50).hits
    various = seek(question("Which broadcasts mention Huawei?"), Retriever(found), 4, 50).hits
    assert [hit.passage.transcript_id for hit in usual] == ["t1", "t1", "t1", "t2"]
    assert [hit.passage.transcript_id for hit in various] == ["t1", "t2", "t1", "t1"]
    assert [hit.rank for hit in various] == [1, 2, 3, 4]


def test_phrases_and_sides_go_along() -> None:
    retriever = Retriever(hits(transcript()))
    seek(question('Compare Ericsson and Nokia on "open doors"'), retriever, 3, 50)
    assert retriever.asked == [(NO_FILTERS, ("open doors",), ('Ericsson on "open doors"', 'Nokia on "open doors"'))]


MARCH, LATER, LONG_AFTER = date(2018, 3, 20), date(2018, 4, 20), date(2020, 1, 1)


def test_what_was_broadcast_around_the_time_comes_first_and_nothing_is_lost() -> None:
    found = weighed(dated(LONG_AFTER, MARCH, LATER, None), question("How many died in the March 2018 floods?"))
    assert [hit.published for hit in found] == [MARCH, LATER, LONG_AFTER, None]
    assert found[0].score == pytest.approx((0.45 + AROUND) / (1 + AROUND))
    assert [hit.rank for hit in found] == [1, 2, 3, 4]


def test_the_parts_of_a_score_add_up_to_it() -> None:
    for hit in weighed(dated(LONG_AFTER, MARCH, LATER), question("How many died in the March 2018 floods?")):
        assert sum(hit.parts.values()) == pytest.approx(hit.score)


def test_the_latest_comes_first_among_equals_only_where_it_is_asked_for() -> None:
    found = dated(MARCH, LATER, LONG_AFTER)
    latest = weighed(found, question("What is the latest on tariffs?"))
    assert latest[0].published == LONG_AFTER
    assert latest[0].score == pytest.approx((0.4 + OF_WISH * 1) / (1 + OF_WISH))
    assert weighed(found, question("When did he first say that?"))[0].published == MARCH
    assert weighed(found, question("What about tariffs?")) == found


def test_undated_passages_are_weighed_by_their_score() -> None:
    found = weighed(dated(None, None), question("What is the latest on tariffs?"))
    assert [hit.score for hit in found] == [0.5 / (1 + OF_WISH), 0.45 / (1 + OF_WISH)]


def test_a_broadcast_time_filters_and_does_not_reorder() -> None:
    found = dated(LONG_AFTER, MARCH)
    assert weighed(found, question("What was said in March 2018?")) == found
