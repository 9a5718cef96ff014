"""What a source repeats: found whole, and nothing that was said once, re-aired, or merely polite."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.boilerplate import FEWEST, least, signs, source_of, spans_of
from ingest.formats import parse
from ingest.repeats import boilerplate_of, count_in, judge
from ingest.schema import TABLES
from ingest.sentences import Span, sentences
from ingest.transcript import Transcript
from rag.evaluate.locate import spans_of as places_of
from tests.ingest.shows import NOTICE, OPENING, SPONSOR, facts, ledger, show
from tests.rag.builders import transcript


class Counted:
    """What is repeated, counted in a database of its own."""

    def __init__(self, shows: Iterable[Transcript]) -> None:
        self._db = sqlite3.connect(":memory:")
        for statement in TABLES:
            self._db.execute(statement)
        for each in shows:
            judge(self._db, count_in(self._db, each))

    def spans(self, one: Transcript) -> tuple[Span, ...]:
        """The boilerplate in one of the shows."""
        return boilerplate_of(self._db, one)


def marked(repeats: Counted, one: Transcript) -> list[str]:
    return [" ".join(one.text[start:end].split()) for start, end in repeats.spans(one)]


def test_opening_sponsor_and_notice_are_found_whole_and_nothing_else() -> None:
    shows = [ledger(number) for number in range(12)]
    repeats = Counted(shows)
    assert all(marked(repeats, one) == [f"Good morning. {OPENING}", " ".join(SPONSOR), NOTICE] for one in shows)


def test_a_source_must_have_said_it_often_enough() -> None:
    assert [least(occasions) for occasions in (0, 1, 16, 36, 37, 100, 101, 10_000)] == [3, 3, 3, 3, 4, 5, 6, 50]
    assert marked(Counted(ledger(number) for number in range(2)), ledger(0)) == []
    assert marked(Counted(ledger(number) for number in range(3)), ledger(0)) != []


def test_it_is_the_source_that_repeats_and_the_programme_where_there_is_none() -> None:
    elsewhere = [replace(ledger(number), source=f"Station {number}") for number in range(6)]
    assert not any(Counted(elsewhere).spans(one) for one in elsewhere)
    nobody = [replace(ledger(number), source=None) for number in range(6)]
    assert not any(Counted(nobody).spans(one) for one in nobody)
    assert signs(nobody[0]) == ()
    programme = [replace(one, programme="Morning Ledger") for one in nobody]
    assert source_of(programme[0]) == "Morning Ledger"
    assert all(len(Counted(programme).spans(one)) == 3 for one in programme)


def test_what_several_bulletins_of_one_day_say_was_said_once() -> None:
    story = ["The ferry to Grey Island ran aground at six this morning, and nobody was hurt.", "It waits for the tide."]
    bulletins = [show([*facts(number), *story], 1, name=f"bulletin-{number}") for number in range(5)]
    later = [show([*facts(number), *story], number) for number in (2, 3)]
    assert marked(Counted(bulletins), bulletins[0]) == []
    assert marked(Counted([*bulletins, later[0]]), bulletins[0]) == []
    assert marked(Counted([*bulletins, *later]), bulletins[0]) == [" ".join(story)]


def test_a_show_that_is_there_three_times_is_no_boilerplate() -> None:
    copies = [show(facts(1), number) for number in range(4)]
    assert not any(Counted(copies).spans(one) for one in copies)
    undated = [show(facts(1), number, dated=False) for number in range(4)]
    assert not any(Counted(undated).spans(one) for one in undated)


def test_a_long_feature_that_is_aired_again_is_no_boilerplate() -> None:
    feature = facts(40, 36)
    words = len(" ".join(feature).split())
    shows = [show([*facts(number, 40), *feature, *facts(number + 20, 40)], number) for number in range(5)]
    assert 300 < words < sum(len(one.split()) for one in facts(0, 40)) + words / 2
    assert not any(Counted(shows).spans(one) for one in shows)


def test_numbers_that_differ_are_news() -> None:
    shows = [
        show(
            [f"The current average is about {number}8,000 cases of flu a day across the country.", *facts(number)],
            number,
        )
        for number in range(1, 7)
    ]
    assert not any(Counted(shows).spans(one) for one in shows)


def test_politeness_and_slogans_in_the_middle_stay() -> None:
    phrases = ("Thank you very much, everybody.", "We will build it back better than before.", "Go ahead.")
    shows = []
    for number in range(20):
        own = facts(number, 30)
        shows.append(show([*own[:10], phrases[0], *own[10:15], phrases[1], *own[15:20], phrases[2], *own[20:]], number))
    assert not any(Counted(shows).spans(one) for one in shows)


def test_keys_fit_a_database_and_tell_sources_apart() -> None:
    here, there = signs(ledger(1)), signs(replace(ledger(1), source="Harbour News"))
    assert all(-(2**63) <= sign.key < 2**63 for sign in here)
    assert not {sign.key for sign in here} & {sign.key for sign in there}
    assert {sign.key for sign in here} == {sign.key for sign in signs(ledger(1))}


WORDS = st.text("ab c.\n’1♪é", max_size=80).filter(lambda text: text.strip())


@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(0, 3))
def test_spans_are_whole_sentences_in_order_whatever_is_said(texts: Sequence[str], odd: int) -> None:
    one = transcript([(None, None, text) for text in texts])
    spans = spans_of(one, lambda key: key % 4 <= odd)
    edges = {turn.char_start + at for turn in one.turns for span in sentences(turn.text) for at in span}
    flat = [at for span in spans for at in span]
    assert flat == sorted(flat)
    assert set(flat) <= edges


@pytest.fixture(scope="module")
def briefings(data_dir: Path) -> dict[str, Transcript]:
    """The briefings as if all had one source."""
    files = sorted((data_dir / "briefings").glob("*.md"))
    return {path.name: replace(parse(path), source="The White House") for path in files}


def test_no_evidence_of_a_question_is_boilerplate_of_the_briefings(
    briefings: dict[str, Transcript], data_dir: Path
) -> None:
    days = defaultdict(set)
    for one in briefings.values():
        for sign in signs(one):
            days[sign.key].add(one.published)
    repeats = Counted(briefings.values())
    lines = (data_dir / "briefings" / "questions.jsonl").read_text().splitlines()
    evidence = [each for line in lines for each in json.loads(line)["evidence"]]
    for each in evidence:
        one = briefings[each["source"]]
        hidden = (*repeats.spans(one), *spans_of(one, lambda key: len(days[key]) >= FEWEST))
        assert not [
            each["quote"]
            for start, end in places_of(each["quote"], one.text)
            for first, last in hidden
            if start < last and first < end
        ]
    assert evidence
