"""Numbers, dates and names as places in a sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.expected import Kind
from rag.typed_spans import _FINDERS, typed_spans


@pytest.mark.parametrize(
    ("kind", "sentence", "found"),
    [
        ("percent", "Profits rose 28.1 percent in 2017, or 30%.", ["28.1 percent", "30%"]),
        ("percent", "two in five people, at least forty per cent", ["two in five", "at least forty per cent"]),
        ("percent", "More than half of them stayed.", ["More than half"]),
        ("money", "They spent $1.2 billion to $1.4 billion, not 5 million dollars.", [
            "$1.2 billion to $1.4 billion", "5 million dollars"]),
        ("count", "some two hundred and fifty people and more than 80,000 kids", [
            "some two hundred and fifty", "more than 80,000"]),
        ("amount", "in 2019 it brought 5.4 grams", ["5.4 grams"]),
        ("duration", "It took nine hours and then a week.", ["nine hours", "a week"]),
        ("duration", "it ran from 1870 to 1939", ["1870 to 1939"]),
        ("length", "two miles, and 26 kilograms of gear", ["two miles"]),
        ("score", "The commission voted 5-0, five to one before, 10-20 percent.", ["5-0", "five to one"]),
        ("clock", "at 7:14 a.m. or noon", ["7:14 a.m.", "noon"]),
        ("year", "in 1996, the 1990s and 12,000 people", ["1996"]),
        ("date", "On 3 March 2021, last Tuesday, two years ago and in June of 2023.", [
            "3 March 2021", "last Tuesday", "two years ago", "June of 2023"]),
        ("date", "they may march on friday in late may", ["friday"]),
        ("date", "Supply runs out in late May.", ["late May"]),
        ("person", "And President Joe Biden met Ann Lee in May.", ["President Joe Biden", "Ann Lee"]),
        ("place", "The first was in Vienna.", ["Vienna"]),
        ("name", "It left on an Ariane 5 of NASA's fleet.", ["Ariane 5", "NASA"]),
        ("name", "THE TELESCOPE LEFT ON AN ARIANE 5.", []),
        ("person", "the president met ann lee", []),
        ("yes or no", "Yes, it is.", ["Yes"]),
        ("yes or no", "No one came.", []),
        ("yes or no", "Noah left.", []),
    ],
)  # fmt: skip
def test_what_may_answer(kind: Kind, sentence: str, found: list[str]) -> None:
    assert [sentence[each.start : each.end] for each in typed_spans(kind, sentence)] == found


@given(st.sampled_from(sorted(_FINDERS)), st.text(max_size=80))
def test_any_text_gives_places_in_it_that_do_not_overlap(kind: Kind, sentence: str) -> None:
    found = typed_spans(kind, sentence)
    assert all(0 <= each.start < each.end <= len(sentence) for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("kind", sorted(_FINDERS))
def test_very_long_runs_are_read_in_time(kind: Kind) -> None:
    for run in (
        "9" * 5000,
        "twenty " * 1000,
        "A of the " * 800,
        "more than " * 800,
        "1,000" * 1000,
        "in May " * 800,
        "one hundred and " * 400,
    ):
        assert all(each.end <= len(run) for each in typed_spans(kind, run))
