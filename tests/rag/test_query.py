"""Questions as the word index is asked: terms, and what belongs together however it is written."""

from __future__ import annotations

import pytest

from rag.query import content_words, held, read_query


@pytest.mark.parametrize(
    ("question", "terms", "together"),
    [
        ("Who lost 5-0?", ("lost", "5", "0"), [("5", "0"), ("5", "to", "0")]),
        ("profits rose 28.1 percent", ("profit", "rose", "28", "1", "percent"), [("28", "1"), ("28", "1", "percent")]),
        ("a 10% tariff", ("10", "tariff"), [("10", "percent")]),
        ("the F-35 jets", ("35", "jet", "f35"), [("f", "35")]),
        ("COVID-19 cases", ("covid", "19", "case", "covid19"), [("covid", "19")]),
        ("Covid19 cases", ("covid19", "case"), [("covid", "19")]),
        ("the G7 and the G-20", ("g7", "20", "g20"), [("g", "20"), ("g", "7")]),
        ("a $1.9 trillion plan", ("1", "9", "trillion", "plan"), [("1", "9"), ("1", "9", "trillion")]),
        ("1,900 people", ("1", "900", "peopl", "1900"), [("1", "900")]),
        ("12500 troops", ("12500", "troop"), [("12", "500")]),
        ("U.S. policy", ("polici",), [("u", "s")]),
        ("US policy", ("polici",), [("u", "s")]),
        ("what let us down", ("let",), []),
        ("the F.B.I. raid", ("raid", "fbi"), [("f", "b", "i")]),
        ("the FBI raid", ("fbi", "raid"), [("f", "b", "i")]),
        ("AT&T prices", ("price", "att"), [("at", "t")]),
        ("O'Brien spoke", ("brien", "spoke", "obrien"), [("o", "brien")]),
        ("Biden's plan, don't you", ("biden", "plan"), []),
        ("the 21st of the 1990s", ("21st", "1990s"), []),
        ("e-mail", ("mail", "email"), [("e", "mail")]),
    ],
)
def test_what_is_asked(question: str, terms: tuple[str, ...], together: list[tuple[str, ...]]) -> None:
    query = read_query(question)
    assert query.terms == terms
    assert list(query.together) == together


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("the of and to is", ("the", "of", "and", "to", "is")),
        ("", ()),
        ("🙂 ¿?", ()),
        ("为什么 北京", ("为什么", "北京")),
        ("Привет, мир", ("привет", "мир")),
        ("AND OR NOT", ("and", "or", "not")),
        ('title:(budget*) OR "x" ~2 ^5 \\ [0 TO 9] {} || &&', ("titl", "budget", "x", "2", "5", "0", "9")),
        ("x" * 2000, ()),
    ],
)
def test_signs_scripts_and_nothing_at_all(question: str, terms: tuple[str, ...]) -> None:
    assert read_query(question).terms == terms


def test_a_question_full_of_signs_is_not_asked_for_without_end() -> None:
    assert len(read_query(" ".join(f"F-{number}" for number in range(400))).together) == 24
    assert read_query("a-" * 1000).terms == ("a",)


def test_content_words_are_as_they_are_written() -> None:
    assert content_words("What didn't Zelenskyy's team want of O’Brien?") == ["Zelenskyy", "team", "want", "O’Brien"]


def test_the_share_of_phrases_held_word_for_word() -> None:
    text = "He said: “We’ll build\nback — better.”"
    assert held(["build back better"], text) == 1
    assert held(["Build Back Better", "never again"], text) == 1 / 2
    assert held(["back better days"], text) == 0
    assert held(["uild back"], text) == 0
    assert held(["harbour news"], text, "Harbour News") == 1
    assert held([], text) == 0
