"""Comparison questions taken apart, and all others left whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sides import sides_of


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Compare Psaki and Kirby on Ukraine", ("Psaki on Ukraine", "Kirby on Ukraine")),
        ("Did Psaki and Kirby agree on the no-fly zone?", ("Psaki on the no-fly zone", "Kirby on the no-fly zone")),
        ("Biden versus Trump on tariffs", ("Biden on tariffs", "Trump on tariffs")),
        ("How often did Iran vs Iraq win?", ("How often did Iran win", "How often did Iraq win")),
        (
            "How did inflation change between March 2021 and May 2022?",
            ("How did inflation change in March 2021", "How did inflation change in May 2022"),
        ),
        (
            "What did gas cost in the June 2021 report versus the May 2022 one?",
            ("What did gas cost in the June 2021 report", "gas cost report the May 2022 one"),
        ),
        (
            "How wide is the mirror of Webb, and how wide is that of Hubble?",
            ("How wide is the mirror of Webb", "mirror how wide is that of Hubble"),
        ),
        (
            "How does the home-test supply promised in June compare with what was delivered in May?",
            ("the home-test supply promised in June", "home-test supply promised what was delivered in May"),
        ),
    ],
)
def test_both_sides_can_be_searched_for_alone(text: str, sides: tuple[str, str]) -> None:
    assert sides_of(text) == sides


@pytest.mark.parametrize(
    "text",
    [
        "What did Psaki say about masks and schools?",
        "How many marks and how many francs is one euro worth?",
        "Which deal was made between March and May 2022?",
        "What did he say, and when?",
        "Compare",
        "versus",
        "(a) versus [b] {}",
        "",
    ],
)
def test_what_shows_no_two_sides_is_left_whole(text: str) -> None:
    assert sides_of(text) == ()


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    assert len(sides_of(f"Compare {text} with {text} between 2020 and 2021")) in (0, 2)
