"""Which questions name what they are about, beside an answer that tells of something else or of nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.cite import cite
from rag.follow_up import leaned_on
from rag.own_subject import has_own_subject
from rag.results import Answer
from tests.rag.builders import transcript

REFUSED = Answer("When did Germany close its mines?", "The transcripts do not answer this.", (), ())
OF = transcript()
TOLD = Answer("Why is Huawei turning to Europe?", "…", (cite(OF, 0, len(OF.turns[0].text), 1),), ())


@pytest.mark.parametrize(
    "question",
    [
        "tell me more about the telescope",
        "Can you tell me something about the telescope?",
        "ok, and what do they say about the big telescope",
        "Anything else on the telescope?",
        "I want to know more about the telescope.",
        "what about the telescope?",
    ],
)
@pytest.mark.parametrize("before", [REFUSED, TOLD], ids=["refused", "told"])
def test_a_subject_that_the_answer_before_does_not_tell_of(question: str, before: Answer) -> None:
    assert has_own_subject(question, before)
    assert leaned_on(question, [before]) == ()


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("tell me more", REFUSED),
        ("tell me more about it", REFUSED),
        ("tell me more about their plans", TOLD),
        ("tell me more about the US", TOLD),
        ("tell me more about Huawei's plans", TOLD),
        ("what about France?", REFUSED),
        ("And when was that?", REFUSED),
        ("How large is it?", TOLD),
    ],
)
def test_what_points_back_or_takes_a_place_in_the_question_before(question: str, before: Answer) -> None:
    assert not has_own_subject(question, before)


def test_of_earlier_questions_as_strings_nothing_is_known() -> None:
    before = "When did Germany close its mines?"
    assert leaned_on("tell me more about the telescope", [before]) == (before,)


@given(st.text(max_size=200))
def test_no_text_breaks_it(question: str) -> None:
    has_own_subject(question, TOLD)
