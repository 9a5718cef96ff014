"""What a question narrows the search to, and what is said of names that the archive does not have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.holdings import Holdings
from rag.errors import QuestionError
from rag.filters import NO_FILTERS, Filters
from rag.narrow import held_by, is_outlet, sources_in, written_in
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
        ("What did the BBC say about rents?", ("BBC News",)),
        ("What did the BBC's report say about rents?", ("BBC News",)),
        ("what did newsnight say about rents", ("Newsnight",)),
        ("what does the bbc report on rents", ("BBC News",)),
        ("according to the bbc, who won", ("BBC News",)),
        ("Has the Science Hour ever covered bees?", ("Science Hour",)),
        ("What did Newsnight's editor say about rents?", ()),
        ("What did the BBC pay for the rights?", ()),
    ],
)
def test_a_source_narrows_only_where_an_outlet_would_stand(text: str, sources: tuple[str, ...]) -> None:
    assert sources_in(text, HELD.sources) == sources


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("What did The World say about the war?", ("The World",)),
        ("What did the World report on the war?", ("The World",)),
        ("Who spoke of the war on Today?", ("Today",)),
        ("According to the World, who won?", ("The World",)),
        ("What did the world say about the war in Syria?", ()),
        ("what did the world say about the war", ()),
        ("What is the effect on the world?", ()),
        ("According to the World Bank, who won?", ()),
        ("What did the World Cup show about Qatar?", ()),
        ("what was decided on today", ()),
        ("What was on the World Tonight about Qatar?", ("The World Tonight",)),
        ("what was on the world tonight about qatar", ("The World Tonight",)),
    ],
)
def test_a_common_word_is_a_programme_only_where_it_is_written_as_one(text: str, sources: tuple[str, ...]) -> None:
    assert sources_in(text, ("The World", "The World Tonight", "Today")) == sources


@pytest.mark.parametrize(
    ("words", "outlet"),
    [
        ("Newsnight", True),
        ("the BBC", True),
        ("BBC News", True),
        ("the BBC's report", True),
        ("the Newsnight interview", True),
        ("Newsnight's editor", False),
        ("the BBC and Xu", False),
        ("Newsnights", False),
        ("Jen Psaki", False),
    ],
)
def test_an_outlet_is_its_name_or_what_it_broadcast(words: str, outlet: bool) -> None:
    assert is_outlet(words, HELD.sources) is outlet


@pytest.mark.parametrize("text", ["What did the BBC say about rents?", "What did Newsnight tell us about the Morning?"])
def test_an_outlet_that_is_asked_for_narrows_and_is_no_speaker(text: str) -> None:
    question = asked(text)
    assert (question.wants, question.wanted_name, question.remarks, question.speakers) == (None, "", (), ())
    assert question.filters.sources
    assert not question.topic & {"bbc", "newsnight"}


def test_a_programme_called_after_who_speaks_is_the_person() -> None:
    held = Holdings(("Rosa Hartley", "Ann Lee"), ("Hartley", "Newsnight", "The Rosa Hartley Show"))
    person = understand("What did Hartley say about rents?", holdings=held)
    assert (person.filters, person.wants) == (Filters(speakers=("Rosa Hartley",)), "Hartley")
    guest = understand("What did Ann Lee say on Hartley?", holdings=held)
    assert guest.filters == Filters(speakers=("Ann Lee",), sources=("Hartley",))
    show = understand("What did Hartley say on the Rosa Hartley Show?", holdings=held)
    assert show.filters == Filters(speakers=("Rosa Hartley",), sources=("The Rosa Hartley Show",))
    absent = understand("What did Hartley say?", holdings=Holdings(("Ann Lee",), ("Hartley",)))
    assert (absent.filters, absent.wants) == (Filters(sources=("Hartley",)), None)


def test_only_the_names_of_sources_that_stand_there_are_written() -> None:
    assert written_in("what did the bbc say of the morning news?", HELD.sources) == ("BBC",)


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
        ("When does it start?", ("said by Jen Psaki", "March 2022")),
        ("Who pays for it?", ("March 2022",)),
        ("And what was said in April 2022?", ("said by Jen Psaki", "April 2022")),
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


def test_by_hand_alone_takes_off_one_filter_with_what_the_question_wants_of_its_kind() -> None:
    question = asked("What did Psaki say in March 2022 about masks?")
    undated = question.narrowed(Filters(speakers=("Jen Psaki",), only=True))
    assert (undated.filters, undated.periods, undated.wants) == (Filters(speakers=("Jen Psaki",)), (), question.wants)
    by_anybody = question.narrowed(replace(question.filters, speakers=(), only=True))
    assert by_anybody.filters == replace(question.filters, speakers=())
    assert (by_anybody.periods, by_anybody.wanted_name) == (question.periods, "")
    assert question.periods


def test_quoted_phrases_are_kept() -> None:
    assert asked('Who said "build back better" and “no-fly zone”, or "?" ?').phrases == (
        "build back better",
        "no-fly zone",
    )
