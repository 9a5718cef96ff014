"""Understanding a question: its kind, its names, whom it asks about, and what it follows on from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.holdings import Holdings
from rag.errors import QuestionError
from rag.follow_up import leans
from rag.question import Question, understand

SPEAKERS = (
    "Kevin Ho",
    "Jim Xu",
    "Owen Tregarth",
    "Owen Castellane",
    "Secretary Vilsack",
    "The President",
    "Jen Psaki",
)


def asked(text: str, *history: str) -> Question:
    return understand(text, history, holdings=Holdings(SPEAKERS))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How many people came?", "number"),
        ("By how much did profits rise?", "number"),
        ("When did it start?", "when"),
        ("What year was that?", "when"),
        ("Who leads the mission?", "who"),
        ("Where did the capsule land?", "where"),
        ("Why is Huawei pivoting?", "why"),
        ("What makes 5G important?", "why"),
        ("What did Jim Xu say about the market?", "said"),
        ("According to Kevin Ho, what comes first?", "said"),
        ("How did the FCC vote?", "how"),
        ("Which law took effect?", "what"),
    ],
)
def test_the_kind_of_a_question(text: str, kind: str) -> None:
    assert asked(text).kind == kind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did Ericsson's CEO say about Huawei?", ("Ericsson", "Huawei")),
        ("Why did NASA and the FCC meet Tim Cook in February?", ("NASA", "FCC", "Tim Cook")),
        ("Tell me about it", ()),
        ("NATO grew when?", ("NATO",)),
        ("How did Jean-Pierre reply?", ("Jean-Pierre",)),
    ],
)
def test_names_are_found_and_months_and_offices_are_none(text: str, names: tuple[str, ...]) -> None:
    assert asked(text).names == names


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("What did Jim Xu say about the US market?", ("Jim Xu",)),
        ("What did Xu say?", ("Jim Xu",)),
        ("What does Owen Castellane think of it?", ("Owen Castellane",)),
        ("What did Tom Vilsack say about the budget?", ("Secretary Vilsack",)),
        ("What did John Xu say?", ()),
        ("What did the White House say?", ()),
        ("According to Psaki, who goes?", ("Jen Psaki",)),
        ("When was Jim Xu born?", ()),
    ],
)
def test_whose_words_are_wanted(text: str, speakers: tuple[str, ...]) -> None:
    assert asked(text).speakers == speakers


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What did Tim Cook say about tariffs?", "Cook"),
        ("What did Ericsson's CEO say about Huawei?", "Ericsson"),
        ("What did officials say about tariffs?", ""),
        ("Why did Tim Cook resign?", ""),
    ],
)
def test_what_reported_words_must_mention(text: str, name: str) -> None:
    assert asked(text).wanted_name == name


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("And when does it start?", "When does it start? (rail deal with France)"),
        ("Why?", "Why? (rail deal with France)"),
        ("tell me more", "tell me more (rail deal with France)"),
        ("what about Spain?", "What is the rail deal with Spain?"),
    ],
)
def test_a_question_that_leans_takes_what_the_earlier_one_is_about_along(text: str, alone: str) -> None:
    question = asked(text, "What is the rail deal with France?")
    assert question.follows_on
    assert question.standalone == question.searched == alone


def test_a_question_without_a_verb_is_of_the_kind_of_the_one_before() -> None:
    before = "When did Germany close its nuclear plants?"
    assert (asked(before).kind, asked("what about France?", before).kind) == ("when", "when")
    assert asked("And who closed them?", before).kind == "who"


@pytest.mark.parametrize(
    "text", ["When did Croatia adopt the euro?", "What did Psaki say when she was asked about tests?"]
)
def test_a_question_that_stands_alone_is_left_alone(text: str) -> None:
    assert not asked(text, "What is the GDPR?").follows_on


def test_the_chain_of_leaning_questions_goes_back_to_the_one_that_stands() -> None:
    question = asked("And why?", "Old topic of sheep farming in the hills of Wales?", "What is GDPR?", "When was it?")
    assert question.standalone == "Why? (GDPR)"


def test_questions_about_an_answer_are_no_part_of_what_is_talked_about() -> None:
    assert asked("And why?", "What is GDPR?", "Who said that?").standalone == "Why? (GDPR)"


def test_no_history_nothing_to_follow() -> None:
    assert not asked("Why?").follows_on
    assert leans("Why?")


@pytest.mark.parametrize("text", ["", "   ", "?!", "\n\t", "🙂"])
def test_an_empty_question_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        asked(text)


def test_a_question_too_long_is_refused_with_both_lengths() -> None:
    with pytest.raises(QuestionError, match=r"50,000 characters; at most 2,000"):
        asked("a" * 50_000)


@given(st.text(max_size=500))
def test_no_text_breaks_it(text: str) -> None:
    try:
        assert asked(text, text or "x").text == " ".join(text.split())
    except QuestionError:
        assert not any(char.isalnum() for char in text)
