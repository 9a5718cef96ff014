"""Questions about the answer before: which they are, and that its own quotes answer them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.back_reference import NOTHING_CITED, Reference, refers_back, told_again
from rag.cite import cite
from rag.results import Answer
from tests.rag.builders import hits, transcript

OF = transcript()
BOUNDS = [(turn.char_start, turn.char_end) for turn in OF.turns[:3]]
BEFORE = Answer("Why Europe?", "x [1] y [2] z [3]", tuple(cite(OF, *at, n) for n, at in enumerate(BOUNDS, 1)), hits(OF))


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Who said that?", None),
        ("who said this", None),
        ("And who said it?", None),
        ("Ok, who said so?", None),
        ("Says who?", None),
        ("According to whom?", None),
        ("Whose words are those?", None),
        ("Who was speaking?", None),
        ("Where is this from?", None),
        ("where does that come from?", None),
        ("Which broadcast is that from?", None),
        ("What is the source?", None),
        ("What's your source for that?", None),
        ("Source?", None),
        ("When was that?", None),
        ("When was this said?", None),
        ("When did she say that?", None),
        ("How do you know?", None),
        ("Who said [2]?", 2),
        ("Who said 2?", 2),
        ("Who said the second one?", 2),
        ("Where is the first quote from?", 1),
        ("where does [3] come from", 3),
        ("When was the last one said?", -1),
    ],
)
def test_questions_about_the_answer(question: str, number: int | None) -> None:
    assert refers_back(question) == Reference(number)


@pytest.mark.parametrize(
    "question",
    [
        "Who said that taxes would rise?",
        "When was it built?",
        "Where is that bridge?",
        "When was the bridge opened?",
        "Who is he?",
        "How do you know a good melon?",
        "What is the source of the Nile?",
        "Who said what?",
        "When did he say that taxes would rise?",
        "",
    ],
)
def test_other_questions_are_not(question: str) -> None:
    assert refers_back(question) is None


def test_all_quotes_are_given_again_with_who_where_and_when() -> None:
    again = told_again("Who said that?", [BEFORE])
    assert again is not None
    assert again.citations == BEFORE.citations
    lines = again.text.split("\n\n")
    assert lines[1].startswith("Kevin Ho, President, Huawei Handset Product Line: “The European area")
    assert lines[0].startswith("A speaker the transcript does not name: “China's Huawei")
    at = BEFORE.citations[1].start_ms
    assert at is not None
    clock = f"at ≈{at // 60_000}:{at // 1000 % 60:02d}"
    assert lines[1].endswith(f"[2] — “Huawei turns to Europe”, Harbour News, 19 April 2018, {clock}")


def test_one_quote_keeps_its_number() -> None:
    again = told_again("Where is [2] from?", ["What went before?", BEFORE])
    assert again is not None
    assert [each.marker for each in again.citations] == [2]
    assert "[2]" in again.text
    last = told_again("Who said the last one?", [BEFORE])
    assert last is not None
    assert [each.marker for each in last.citations] == [3]


def test_the_answer_to_such_a_question_can_be_asked_about_too() -> None:
    again = told_again("Who said that?", [BEFORE])
    assert again is not None
    assert told_again("And when was that?", [BEFORE, again]) == replace(again, question="And when was that?")


def test_a_number_that_is_not_there_is_said_so() -> None:
    again = told_again("Who said [7]?", [BEFORE])
    assert again is not None
    assert (again.status, again.text) == (
        "refused",
        "The answer before this one has 3 quotes; none has the number 7.",
    )


def test_an_answer_that_quotes_nothing_has_no_source() -> None:
    again = told_again("Who said that?", [Answer("Why?", "The transcripts do not answer this.", (), ())])
    assert again is not None
    assert (again.status, again.text) == ("refused", NOTHING_CITED)


def test_without_an_answer_there_is_nothing_to_refer_to() -> None:
    assert told_again("Who said that?", []) is None
    assert told_again("Who said that?", ["Why Europe?"]) is None
    assert told_again("Who said that?", [BEFORE, "Why Europe?"]) is None


@given(st.text(max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    for question in (text, f"who said {text}"):
        again = told_again(question, [BEFORE])
        assert again is None or (again.question == question and set(again.citations) <= set(BEFORE.citations))
