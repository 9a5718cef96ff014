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
    "text",
    [
        "And when does it start?",
        "what about France?",
        "Why?",
        "How much is it worth?",
        "tell me more",
        "Did he agree?",
    ],
)
def test_a_question_that_leans_takes_the_earlier_one_along(text: str) -> None:
    question = asked(text, "What is the GDPR?")
    assert question.follows_on
    assert question.standalone.startswith("What is the GDPR? ")


@pytest.mark.parametrize(
    "text", ["When did Croatia adopt the euro?", "What did Psaki say when she was asked about tests?"]
)
def test_a_question_that_stands_alone_is_left_alone(text: str) -> None:
    assert not asked(text, "What is the GDPR?").follows_on


def test_the_chain_of_leaning_questions_goes_back_to_the_one_that_stands() -> None:
    question = asked("And why?", "Old topic of sheep farming?", "What is the GDPR?", "When did it start?")
    assert question.standalone == "What is the GDPR? When did it start? why?"


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
