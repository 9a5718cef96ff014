"""The text of a quoted answer, and what of it is stated."""

from __future__ import annotations

from rag.cite import cite
from rag.composed import composed, stated
from rag.results import Answer, Citation, Section, Short
from tests.rag.builders import transcript

TALK = transcript(
    [
        ("Q", None, "When will it start?"),
        ("Ellen Ward", "Minister", "In March. It was late."),
        (None, None, "Profits rose 28.1 percent."),
    ]
)


def citation(words: str, marker: int) -> Citation:
    start = TALK.text.index(words)
    return cite(TALK, start, start + len(words), marker)


MARCH, LATE, PROFITS = citation("In March.", 1), citation("It was late.", 2), citation("Profits rose 28.1 percent.", 3)
MARCH_LINE = "Ellen Ward, Minister (asked “When will it start?”): “In March.” [1]"


def answer(*cited: Citation, sections: tuple[Section, ...] = (), short: Short | None = None) -> Answer:
    return Answer("When?", composed(cited, sections, short), cited, (), sections=sections, short=short)


def test_a_quote_stands_with_who_says_it_and_what_was_asked() -> None:
    assert composed([MARCH, LATE, PROFITS]) == (
        f"{MARCH_LINE}\n\nEllen Ward, Minister: “It was late.” [2]\n\n“Profits rose 28.1 percent.” [3]"
    )


def test_the_short_answer_is_a_line_of_its_own_on_top() -> None:
    assert composed([PROFITS], short=Short("28.1 percent", 3)).split("\n\n")[0] == "28.1 percent [3]"


def test_a_section_is_a_heading_and_its_quotes() -> None:
    text = composed([MARCH, PROFITS], [Section("Ellen Ward", (1,)), Section("Harbour News", (3,))])
    assert text == f"Ellen Ward:\n\n{MARCH_LINE}\n\nHarbour News:\n\n“Profits rose 28.1 percent.” [3]"


def test_headings_and_questions_are_not_what_is_stated() -> None:
    told = answer(MARCH, PROFITS, sections=(Section("When will it start", (1,)), Section("Harbour News", (3,))))
    assert stated(told) == "Ellen Ward, Minister: “In March.” [1]\n\n“Profits rose 28.1 percent.” [3]"


def test_a_question_to_somebody_unnamed_is_left_out_too() -> None:
    talk = transcript([("Q", None, "When will it start?"), (None, None, "In March.")])
    cited = cite(talk, talk.turns[1].char_start, talk.turns[1].char_end, 1)
    told = Answer("When?", composed([cited]), (cited,), ())
    assert told.text == "(asked “When will it start?”): “In March.” [1]"
    assert stated(told) == "“In March.” [1]"
