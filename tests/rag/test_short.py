"""The answer in a few words: given where one span is clearly it, cut out verbatim, else not at all."""

from __future__ import annotations

import pytest

from rag.short import short_answer


@pytest.mark.parametrize(
    ("question", "sentence", "short"),
    [
        ("By how much did Huawei's profits rise?", "Huawei profits rose 28.1 percent in 2017.", "28.1 percent"),
        ("How did the FCC vote on the order?", "The FCC voted 5-0 for the order on Tuesday.", "5-0"),
        ("How many doses were pledged?", "We will be donating 80 million doses to others.", "80 million doses"),
        ("how many people lost power", "six million people no power for nine hours", "six million people"),
        ("When was the treaty signed?", "The treaty was signed on 3 March 2021 in Oslo.", "3 March 2021"),
        ("What year did the ban begin?", "the ban began in 1994", "1994"),
    ],
)
def test_one_clear_span_is_the_answer(question: str, sentence: str, short: str) -> None:
    assert short_answer(question, sentence) == short


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many people lost power?", "The power went out at night."),
        ("How many people were hurt?", "It hit 12 towns, 30 roads, 14 bridges and 200 farms."),
        ("Why did profits rise?", "Huawei profits rose 28.1 percent in 2017."),
        ("Who left?", "Ann Lee, Bob Day, Carl Orr and Dee Fox left with Eva Gray."),
        ("When was the 2021 treaty signed in 2021?", "The treaty was signed in 2021."),
        ("Is the bridge open?", "Yes, it is."),
        ("How many people were hurt?", ""),
    ],
)
def test_nothing_is_given_where_it_is_not_clear(question: str, sentence: str) -> None:
    assert short_answer(question, sentence) == ""


def test_a_yes_counts_only_as_a_reply_to_the_same_question() -> None:
    question, reply = "Is the bridge safe for lorries?", "Yes, it is."
    assert short_answer(question, reply, "Minister, is the bridge safe for lorries now?") == "Yes"
    assert short_answer(question, reply, "Will taxes rise?") == ""
    assert short_answer(question, reply, "Isn't it true that the bridge is not safe for lorries?") == ""
