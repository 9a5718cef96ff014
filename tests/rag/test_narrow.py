"""What a question narrows the search to, and what is said of names that the archive does not have."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.holdings import Holdings
from rag.errors import QuestionError
from rag.filters import NO_FILTERS, Filters
from rag.narrow import held_by, sources_in
from rag.question import Question, understand

HELD = Holdings(
    ("Jen Psaki", "John Kirby", "Mara Lindqvist"),
    ("BBC News", "Newsnight", "Science Hour", "The Morning Ledger"),
    date(2021, 1, 1),
    date(2024, 12, 31),
)
TODAY = date(2022, 5, 18)


def asked(text: str, *history: str) -> Question:
    return understand(text, history, holdings=HELD, today=TODAY)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("What was said on Newsnight about rents?", ("Newsnight",)),
        ("According to the BBC, who won?", ("BBC News",)),
        ("Who spoke in the Science Hour episode on bees?", ("Science Hour",)),
        ("What did Xu tell BBC News?", ("BBC News",)),
        ("What had Xu told the BBC?", ("BBC News",)),
        ("Which story by the Morning Ledger named him?", ("The Morning Ledger",)),
        ("What is the BBC paying its stars?", ()),
        ("Why was Newsnight cut short?", ()),
        ("What was on the news at night?", ()),
        ("What did NewsnightX report?", ()),
    ],
)
def test_a_source_narrows_only_where_an_outlet_would_stand(text: str, sources: tuple[str, ...]) -> None:
    assert sources_in(text, HELD.sources) == sources


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("What did Psaki say in March 2022 about masks?", ("said by Jen Psaki", "March 2022")),
        ("What was said last month on Newsnight?", ("April 2022", "from Newsnight")),
        ("How many died in the March 2022 floods?", ()),
        ("What was in the briefing of 3 May 2023, after the 2022 floods?", ()),
        ("Did Psaki and Kirby agree on the no-fly zone?", ("said by Jen Psaki or John Kirby",)),
        ("How did the price named by Kirby compare with Yellen's estimate?", ()),
        ("Compare the June 2022 briefing with the November 2023 briefing", ("1 June 2022 to 30 November 2023",)),
    ],
)
def test_filters_of_a_question(text: str, told: tuple[str, ...]) -> None:
    assert asked(text).filters.describe() == told


WANTED = "What did Psaki say in March 2022 about masks?"


@pytest.mark.parametrize(
    ("follow_up", "told"),
    [
        ("And what about schools?", ("said by Jen Psaki", "March 2022")),
        ("What about Kirby?", ("said by John Kirby", "March 2022")),
        ("Did she say why?", ("said by Jen Psaki", "March 2022")),
        ("When does it start?", ("March 2022",)),
        ("And what was said in April 2022?", ("April 2022",)),
        ("Why is Huawei turning to Europe and Asia?", ()),
    ],
)
def test_a_follow_up_keeps_the_filters_it_leans_on(follow_up: str, told: tuple[str, ...]) -> None:
    assert asked(follow_up, WANTED).filters.describe() == told


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        ("What did Jen Saki say?", ("Nobody named “Jen Saki” speaks in the archive; nearest: Jen Psaki.",)),
        ("What did Tim Cook say?", ("Nobody named “Tim Cook” speaks in the archive.",)),
        ("What did officials say?", ()),
        ("What did the White House say?", ()),
        ("What did Jen Psaki say?", ()),
        ("What happened on 30 February 2022?", ("There is no 30 February 2022.",)),
    ],
)
def test_what_the_reader_should_know(text: str, remarks: tuple[str, ...]) -> None:
    assert asked(text).remarks == remarks


def test_where_nobody_is_named_nobody_is_missed() -> None:
    assert understand("What did Tim Cook say?", holdings=Holdings()).remarks == ()


def test_filters_by_hand_take_the_archives_spelling() -> None:
    given = Filters(("psaki", "JOHN KIRBY"), sources=("bbc", "morning ledger"))
    assert held_by(HELD, given) == Filters(("Jen Psaki", "John Kirby"), sources=("BBC News", "The Morning Ledger"))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Filters(speakers=("Jen Saki",)), "nearest: Jen Psaki"),
        (Filters(speakers=("",)), "Nobody named"),
        (Filters(sources=("CNN",)), "It has: BBC News, Newsnight"),
    ],
)
def test_a_name_by_hand_that_is_not_there_is_a_clear_error(given: Filters, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        held_by(HELD, given)


def test_filters_by_hand_go_before_those_found_and_none_switches_them_off() -> None:
    question = asked("What did Psaki say in March 2022 about masks?")
    by_hand = question.narrowed(Filters(speakers=("John Kirby",)))
    assert by_hand.filters.describe() == ("said by John Kirby", "March 2022")
    off = question.narrowed(NO_FILTERS)
    assert (off.filters, off.periods, off.wanted_name) == (NO_FILTERS, (), "")


def test_quoted_phrases_are_kept() -> None:
    assert asked('Who said "build back better" and “no-fly zone”, or "?" ?').phrases == (
        "build back better",
        "no-fly zone",
    )
