"""What a short answer would look like, by the question's wording alone."""

from __future__ import annotations

import pytest

from rag.expected import expected


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What percentage of trade passes the canal?", "percent"),
        ("How much money did they spend?", "money"),
        ("By how much did profits rise?", "amount"),
        ("how many people were hurt", "count"),
        ("How long did it last?", "duration"),
        ("How far did it drive?", "length"),
        ("How old was she?", "age"),
        ("How did the FCC vote?", "score"),
        ("What year did it begin?", "year"),
        ("At what time did it land?", "clock"),
        ("When was it signed?", "date"),
        ("Who designed the notes?", "person"),
        ("In which city was it signed?", "place"),
        ("Where did it land?", "place"),
        ("Which rocket carried the telescope?", "name"),
        ("Is the bridge open?", "yes or no"),
        ("When forces act, what law gives symmetry?", "name"),
    ],
)
def test_the_kind_is_read_off_the_question_word(question: str, kind: str) -> None:
    wanted = expected(question)
    assert wanted is not None
    assert wanted.kind == kind


@pytest.mark.parametrize(
    "question",
    [
        "Why did it fall?",
        "What happened when the bridge closed?",
        "How did she justify it when he left?",
        "Which countries signed?",
        "Who were the speakers?",
        "How many marks and how many francs is it worth?",
        "How did prices change between 2021 and 2023?",
        "Jake Sullivan on the war",
        "",
    ],
)
def test_where_several_things_or_an_explanation_are_asked_for_nothing_short_is_expected(question: str) -> None:
    assert expected(question) is None


def test_what_is_counted_is_told() -> None:
    wanted = expected("How many vaccine doses were sent to Ghana?")
    assert wanted is not None
    assert wanted.counted == {"vaccin", "dose"}
