"""What a question is about, in phrases of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.topic import joined, names_of, phrases_of, without


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("How large is the mirror of the Webb telescope?", ("mirror of the Webb telescope",)),
        ("What did Psaki say about airmen kicked out in May 2022?", ("Psaki", "airmen kicked", "May 2022")),
        ("Who did Sullivan call on April 9, 2024?", ("Sullivan", "April 9, 2024")),
        ("tell me about the attacks of 9/11", ("attacks of 9/11",)),
        ("What changed?", ("changed",)),
        ("Why?", ()),
    ],
)
def test_what_only_asks_is_taken_off(text: str, phrases: tuple[str, ...]) -> None:
    assert phrases_of(text) == phrases


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Why did the FCC meet Tim Cook?", ("FCC", "Tim Cook")),
        ("what did biden tell ukraine about title 42 and 1mdb", ("biden", "ukraine", "1mdb")),
        ("how many of the 7?", ()),
    ],
)
def test_names_are_known_in_small_letters_too(text: str, names: tuple[str, ...]) -> None:
    assert names_of(text) == names


def test_only_what_adds_to_the_question_is_put_behind_it() -> None:
    assert without(["Webb telescope", "the telescopes", "mirror"], "How old is the mirror?") == ("Webb telescope",)
    assert without([f"word{n}" for n in range(20)], "Why?") == tuple(f"word{n}" for n in range(6))
    assert joined("Why?", ("a", "b")) == "Why? (a; b)"
    assert joined("Why?", ()) == "Why?"


@given(st.text(max_size=300))
def test_phrases_stand_in_the_text(text: str) -> None:
    assert all(phrase in text for phrase in phrases_of(text))
